import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { ChangedElsewhere } from '#web/ui/changed-elsewhere.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DayField } from '#web/ui/field.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { gradeLabels, grades, type Subject, subjectLabels, subjects } from '../vocabulary/contract.ts';
import { organisation } from './parts/api.ts';
import './organisation.css';

interface Change {
  readonly grade: number;
  readonly subject: Subject;
  readonly offered: boolean;
}

export const Page = (): ReactNode => {
  const [on, setOn] = useState(todayHere());
  const [change, setChange] = useState<Change | null>(null);
  const [showAll, setShowAll] = useState(false);
  const query = useQuery(organisation.query.getOffer.queryOptions({ input: on === '' ? {} : { on } }));
  return (
    <Frame
      title="开设学科表"
      lead="哪个年级开设哪些设有学科组的学科。联合体学科组的覆盖按这张表计算，小学、初中各 22 格为默认。"
    >
      <Panel
        actions={
          <Button onClick={() => setShowAll(!showAll)}>{showAll ? '只看已开设' : '看全部学科'}</Button>
        }
      >
        <div className="filters">
          <DayField label="截至" value={on} onValue={setOn} />
        </div>
        <Loaded query={query}>
          {({ rows, may }) => (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
            <div className="table-frame" tabIndex={0} role="region" aria-label="开设学科表">
              <table className="matrix">
                <caption className="visually-hidden">各年级开设的学科</caption>
                <thead>
                  <tr>
                    <td />
                    {grades.map((grade) => (
                      <th key={grade} scope="col">
                        {gradeLabels[grade]}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {subjects
                    .filter((subject) => showAll || rows.some((row) => row.subject === subject))
                    .map((subject) => (
                      <tr key={subject}>
                        <th scope="row">{subjectLabels[subject]}</th>
                        {grades.map((grade) => (
                          <td key={grade}>
                            <OfferCell
                              change={{
                                grade,
                                subject,
                                offered: rows.some((row) => row.grade === grade && row.subject === subject),
                              }}
                              mayEdit={may.edit}
                              onChange={setChange}
                            />
                          </td>
                        ))}
                      </tr>
                    ))}
                </tbody>
              </table>
            </div>
          )}
        </Loaded>
      </Panel>
      {change === null || query.data === undefined ? null : (
        <OfferDialog change={change} version={query.data.version} onClose={() => setChange(null)} />
      )}
    </Frame>
  );
};

const OfferCell = ({
  change,
  mayEdit,
  onChange,
}: {
  change: Change;
  mayEdit: boolean;
  onChange: (change: Change) => void;
}): ReactNode => {
  const { grade, subject, offered } = change;
  const text = offered ? '开设' : '—';
  if (!mayEdit) return <span className={offered ? 'matrix-cell matrix-covered' : 'matrix-none'}>{text}</span>;
  return (
    <button
      type="button"
      className={`matrix-cell ${offered ? 'matrix-covered' : ''}`}
      aria-label={`${gradeLabels[grade]}${subjectLabels[subject]}：${offered ? '已开设' : '未开设'}，修改`}
      onClick={() => onChange(change)}
    >
      {text}
    </button>
  );
};

const OfferDialog = ({
  change,
  version,
  onClose,
}: {
  change: Change;
  version: string;
  onClose: () => void;
}): ReactNode => {
  const { grade, subject, offered } = change;
  const [from, setFrom] = useState(todayHere());
  const save = useAction(organisation.client.setOffer, { done: '已保存。', onDone: onClose });
  return (
    <Dialog
      title={`${gradeLabels[grade]}${subjectLabels[subject]}：${offered ? '不再开设' : '开设'}`}
      onClose={onClose}
    >
      <DayField
        label="从哪天起"
        value={from}
        onValue={setFrom}
        required
        hint="之前的日子仍按原来的表计算覆盖。"
      />
      <ChangedElsewhere version={version} opens="/curriculum" />
      <Problem error={save.error} />
      <Button
        variant="primary"
        busy={save.isPending}
        disabled={from === ''}
        onClick={() => save.mutate({ grade, subject, offered: !offered, from, version })}
      >
        保存
      </Button>
    </Dialog>
  );
};
