import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { gradeLabels, subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { TextField } from '#web/ui/field.tsx';
import { Badge, Facts, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { WritingCheck } from '../writing-check/contract.ts';
import { shareText } from '../writing-check/rules.ts';
import { aspectLabels, aspects, faultLabels, makerLabels } from '../writing-check/vocabulary/contract.ts';
import { classroom } from './parts/api.ts';
import { PassOn } from './parts/pass-on.tsx';
import { WritingCheckForm } from './parts/writing-form.tsx';
import './classroom.css';
import './checks.css';

export const Page = (): ReactNode => {
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const query = useQuery(
    classroom.query.getWritingCheck.queryOptions({ input: { id: params['checkId'] ?? '' } }),
  );
  return (
    <Frame title="书写检查" back={{ to: '/writing-checks', label: '规范书写' }} width="narrow">
      <Loaded query={query}>{(check) => <Check key={check.version} check={check} />}</Loaded>
    </Frame>
  );
};

const Check = ({ check }: { check: WritingCheck }): ReactNode => {
  const [changing, setChanging] = useState<'correct' | 'withdraw' | null>(null);
  return (
    <>
      <Panel
        title={`${check.schoolName} ${check.classLabel ?? gradeLabels[check.grade] ?? ''} ${subjectLabels[check.subject]}`}
        actions={<Badge tone="info">{makerLabels[check.madeAs]}</Badge>}
      >
        <Facts
          items={[
            ['日期', chineseDate(check.dayOn)],
            ['登记人', check.checkedByName],
            ['抽查', `${check.sample} 人`],
            ...aspects.map(
              (aspect) => [aspectLabels[aspect], shareText(check[aspect], check.sample)] as const,
            ),
          ]}
        />
        {check.faults.length === 0 ? null : (
          <p>典型问题：{check.faults.map((fault) => faultLabels[fault]).join('、')}</p>
        )}
        {check.faultNote === '' ? null : <p>说明：{check.faultNote}</p>}
        {check.advice === '' ? null : <p>建议：{check.advice}</p>}
        <PassOn source="handwriting-check" sourceId={check.id} about="这次书写检查" />
        {check.corrections.map(({ version, reason, at }) => (
          <p key={version} className="muted small">
            {chineseDate(chinaDay(new Date(at)))}更正：{reason}
          </p>
        ))}
      </Panel>
      {check.may.correct && changing === null ? (
        <div className="row">
          <Button onClick={() => setChanging('correct')}>更正</Button>
          <Button onClick={() => setChanging('withdraw')}>撤回</Button>
        </div>
      ) : null}
      {changing === 'correct' ? <Correct check={check} onDone={() => setChanging(null)} /> : null}
      {changing === 'withdraw' ? <Withdraw check={check} /> : null}
    </>
  );
};

const Correct = ({ check, onDone }: { check: WritingCheck; onDone: () => void }): ReactNode => {
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const correct = useAction(classroom.client.correctWritingCheck, { done: '已更正' });
  return (
    <Panel title="更正" lead="原来的内容保留备查。">
      <WritingCheckForm
        kept={`writing-check:${check.id}:${check.version}`}
        initial={{
          schoolId: check.schoolId,
          dayOn: check.dayOn,
          classId: check.classId ?? '',
          grade: String(check.grade),
          subject: check.subject,
          sample: String(check.sample),
          posture: String(check.posture),
          grip: String(check.grip),
          form: String(check.form),
          neat: String(check.neat),
          faults: check.faults.join(','),
          faultNote: check.faultNote,
          advice: check.advice,
        }}
        schoolFixed
        tried={tried}
        onTry={() => setTried(true)}
        onSend={(_schoolId, content, clear) => {
          if (reason.trim() === '') return;
          correct.mutate(
            { id: check.id, version: check.version, content, reason: reason.trim() },
            {
              onSuccess: () => {
                clear();
                onDone();
              },
            },
          );
        }}
        busy={correct.isPending}
        error={correct.error}
        label="保存更正"
      >
        <TextField
          label="更正原因"
          required
          maxLength={200}
          value={reason}
          error={tried && reason.trim() === '' ? '请写明更正的原因' : undefined}
          onValue={setReason}
        />
      </WritingCheckForm>
    </Panel>
  );
};

const Withdraw = ({ check }: { check: WritingCheck }): ReactNode => {
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  const withdraw = useAction(classroom.client.withdrawWritingCheck, {
    done: '已撤回',
    onDone: () => void navigate({ to: '/writing-checks', replace: true }),
  });
  return (
    <Panel title="撤回" lead="撤回后不再计入，记录仍保留备查。">
      <TextField label="撤回原因" required maxLength={200} value={reason} onValue={setReason} />
      <Problem error={withdraw.error} />
      <div className="row">
        <Button
          variant="danger"
          busy={withdraw.isPending}
          disabled={reason.trim() === ''}
          onClick={() => withdraw.mutate({ id: check.id, version: check.version, reason: reason.trim() })}
        >
          撤回这份检查
        </Button>
      </div>
    </Panel>
  );
};
