import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { useDraft } from '#web/draft.ts';
import { useMe } from '#web/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { SelectField, TextArea } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Problem } from '#web/ui/states.tsx';
import { notify } from '#web/ui/toast.tsx';
import { useAction } from '#web/use-action.ts';
import { useKeptForm } from '#web/use-kept-form.ts';
import { decisionsOn, type KeptDecisions, keeping, typedOn } from '../../merge/kept/rules.ts';
import type { SuggestionDetail } from '../../suggestion/contract.ts';
import { mergeSuggestion } from '../../suggestion/rules.ts';
import { library } from './api.ts';
import { Confirm } from './confirm.tsx';
import { keptDecisions } from './kept-decisions.ts';
import { MergeView } from './merge-view.tsx';
import { cellWords, columnLabel } from './wording.ts';

const sides = { base: '原来一版', ours: '现在的草稿', theirs: '建议的写法' };

/** The core group's answer: into the next version's draft (merged by three texts), together with another, or not. */
export const TakeSuggestion = ({ suggestion }: { suggestion: SuggestionDetail }): ReactNode => {
  const { id, version, kind, section, sectionTitle, before, now, proposed, shown, beside } = suggestion;
  const navigate = useNavigate();
  const { form, set, clear } = useKeptForm(`library-answer:${id}`, { answer: '', partly: '' });
  const me = useMe();
  const kept = useDraft<KeptDecisions>(`library-take:${me.accountId}:${id}`, {}, keptDecisions);
  const merged = useMemo(() => {
    const { body, conflicts } = mergeSuggestion({ before, now, proposed }, { kind, section });
    return {
      sections: [{ key: section, title: sectionTitle, titleConflict: null, body }],
      orderConflict: null,
      conflicts,
    };
  }, [kind, section, sectionTitle, before, now, proposed]);
  const take = useAction(library.client.takeSuggestion, {
    done: '已写入下一版的草稿',
    onDone: ({ roundId }) => {
      clear();
      kept.clear();
      void navigate({ to: '/library/rounds/$roundId', params: { roundId } });
    },
  });
  const [declining, setDeclining] = useState(false);
  const decline = useAction(library.client.declineSuggestion, {
    done: '已答复',
    onDone: () => {
      clear();
      kept.clear();
    },
  });
  const gather = useAction(library.client.gatherSuggestion, {
    onDone: (_, { into }) => notify(into === null ? '已分开' : '已归在一起'),
  });
  const decisions = decisionsOn(kept.value, merged.conflicts);
  const left = merged.conflicts.filter((conflict) => decisions[conflict.id] === undefined).length;
  const [head, setHead] = useState('');
  const heads = beside.filter(
    (row) => row.state === 'waiting' && row.gatheredInto === null && row.id !== suggestion.gatheredInto,
  );
  return (
    <Panel title="中心组处理">
      {now === null ? (
        <p>草稿里没有“{sectionTitle}”这一部分，采纳后按建议的写法加在最后。</p>
      ) : merged.conflicts.length === 0 ? (
        <p>和现在的草稿没有冲突，采纳后直接写入。</p>
      ) : (
        <MergeView
          merged={merged}
          decisions={decisions}
          typed={typedOn(kept.value)}
          onChange={(next) => kept.set(keeping(kept.value, merged.conflicts, next))}
          names={sides}
          label={columnLabel(kind)}
          words={cellWords(kind)}
        />
      )}
      <TextArea
        label="给提出的老师的答复"
        hint="采纳可以不写；不采纳要写明理由。"
        value={form.answer}
        maxLength={500}
        onValue={(answer) => set({ answer })}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={form.partly === 'yes'}
          onChange={(event) => set({ partly: event.target.checked ? 'yes' : '' })}
        />
        只采纳一部分（采纳后在草稿中再改）
      </label>
      <Problem error={take.error ?? gather.error} />
      <div className="row">
        <Button
          variant="primary"
          busy={take.isPending}
          disabled={left > 0}
          onClick={() =>
            take.mutate({ id, version, shown, decisions, partly: form.partly === 'yes', answer: form.answer })
          }
        >
          {left > 0 ? `还有 ${left} 处没有处理` : '采纳，写入下一版草稿'}
        </Button>
        <Button disabled={form.answer.trim() === ''} onClick={() => setDeclining(true)}>
          暂不采纳
        </Button>
      </div>
      {declining ? (
        <Confirm
          title="暂不采纳这条建议"
          action="暂不采纳"
          busy={decline.isPending}
          error={decline.error}
          onConfirm={() => decline.mutate({ id, version, answer: form.answer })}
          onClose={() => setDeclining(false)}
        >
          <p>区级草稿不变，下面的答复会告诉提出的老师；归在一起的建议也一并答复。</p>
          <blockquote>{form.answer}</blockquote>
        </Confirm>
      ) : null}
      {suggestion.gatheredInto === null ? null : (
        <div className="row">
          <span>已和另一条建议归在一起，答复那一条时一并答复。</span>
          <Button busy={gather.isPending} onClick={() => gather.mutate({ id, version, into: null })}>
            分开，单独处理
          </Button>
        </div>
      )}
      {heads.length === 0 ? null : (
        <SelectField
          label="和别的建议说的是一回事？归在一起，一并答复"
          value={head}
          none="不归并"
          choices={heads.map((row) => ({
            value: row.id,
            label: `${row.schoolName} ${row.by.name}：${row.reason}`,
          }))}
          onValue={setHead}
        />
      )}
      {head === '' ? null : (
        <Button busy={gather.isPending} onClick={() => gather.mutate({ id, version, into: head })}>
          归在一起
        </Button>
      )}
    </Panel>
  );
};
