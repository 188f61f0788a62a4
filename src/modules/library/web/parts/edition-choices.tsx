import type { InferContractRouterOutputs } from '@orpc/contract';
import { type ReactNode, useState } from 'react';
import { gradeLabels, subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { Badge, Panel } from '#web/ui/page.tsx';
import { Empty, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { editionChoiceContract } from '../../edition-choice/contract.ts';
import { schoolYearName } from '../../edition-choice/rules.ts';
import { editionName } from '../../textbook/rules.ts';
import { library } from './api.ts';

type Row = InferContractRouterOutputs<typeof editionChoiceContract>['listEditionChoices']['rows'][number];

interface EditionChoicesProps {
  readonly schoolYear: number;
  readonly rows: readonly Row[];
}

/** Which edition each grade uses in a school year; last year's is proposed until somebody confirms it. */
export const EditionChoices = ({ schoolYear, rows }: EditionChoicesProps): ReactNode => {
  const [editing, setEditing] = useState<Row | null>(null);
  const confirm = useAction(library.client.confirmProposals, { done: '已确认。' });
  const proposals = rows.flatMap(({ subject, grade, version, proposal, may }) =>
    proposal === null || proposal.withdrawnOn !== null || !may.edit
      ? []
      : [{ subject, grade, version, editionId: proposal.id }],
  );
  const open = rows.filter(({ chosen }) => chosen === null).length;
  return (
    <Panel
      title={`${schoolYearName(schoolYear)}使用的版本`}
      lead={open === 0 ? undefined : `还有 ${open} 个年级没有确定。`}
      actions={
        proposals.length < 2 ? undefined : (
          <Button
            variant="primary"
            busy={confirm.isPending}
            onClick={() => confirm.mutate({ schoolYear, rows: proposals })}
          >
            沿用上学年的 {proposals.length} 个年级
          </Button>
        )
      }
    >
      <Problem error={confirm.error} />
      {rows.length === 0 ? (
        <Empty title="这个学段没有开设这个学科，也没有它的教材目录。" />
      ) : (
        <ul className="choice-rows">
          {rows.map((row) => (
            <li key={row.grade}>
              <strong>{gradeLabels[row.grade]}</strong>
              <State row={row} />
              {row.may.edit ? (
                <span className="choice-buttons">
                  {row.proposal === null || row.proposal.withdrawnOn !== null ? null : (
                    <Button
                      size="small"
                      aria-label={`${gradeLabels[row.grade]}沿用上学年的版本`}
                      busy={confirm.isPending}
                      onClick={() =>
                        confirm.mutate({
                          schoolYear,
                          rows: proposals.filter(({ grade }) => grade === row.grade),
                        })
                      }
                    >
                      沿用
                    </Button>
                  )}
                  <Button
                    size="small"
                    aria-label={`${gradeLabels[row.grade]}${row.chosen === null ? '选择' : '改选'}版本`}
                    onClick={() => setEditing(row)}
                  >
                    {row.chosen === null ? '选择' : '改选'}
                  </Button>
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {editing === null ? null : (
        <ChooseDialog schoolYear={schoolYear} row={editing} onClose={() => setEditing(null)} />
      )}
    </Panel>
  );
};

const State = ({ row: { chosen, proposal, newer } }: { row: Row }): ReactNode => (
  <span className="choice-state">
    {chosen === null ? null : <span>{editionName(chosen)}</span>}
    {chosen === null && proposal === null ? <Badge tone="warn">未确定</Badge> : null}
    {proposal === null ? null : (
      <>
        <span className="muted">上学年：{editionName(proposal)}</span>
        {proposal.withdrawnOn === null ? (
          <Badge tone="warn">待确认</Badge>
        ) : (
          <Badge tone="bad">已停用，请另选</Badge>
        )}
      </>
    )}
    {chosen?.withdrawnOn == null ? null : (
      <Badge tone="warn">{`${chineseDate(chosen.withdrawnOn)}停用`}</Badge>
    )}
    {newer === null ? null : <Badge tone="info">有{newer.revisionYear}年修订版</Badge>}
  </span>
);

interface ChooseDialogProps extends Pick<EditionChoicesProps, 'schoolYear'> {
  readonly row: Row;
  readonly onClose: () => void;
}

const ChooseDialog = ({ schoolYear, row, onClose }: ChooseDialogProps): ReactNode => {
  const { subject, grade, version, chosen, proposal, choices, chosenBy, chosenAt } = row;
  const [editionId, setEditionId] = useState((chosen ?? proposal)?.id ?? '');
  const choose = useAction(library.client.chooseEdition, { done: '已保存。', onDone: onClose });
  return (
    <Dialog title={`${gradeLabels[grade]}${subjectLabels[subject]}用哪个版本`} onClose={onClose}>
      <p>{schoolYearName(schoolYear)}。只影响这个学年，以前学年的照旧。</p>
      {choices.length === 0 ? (
        <p className="notice notice-warn">目录里还没有这个年级可用的版本，请先导入教材目录。</p>
      ) : (
        <SelectField
          label="版本"
          value={editionId}
          onValue={setEditionId}
          none="还没有确定"
          choices={choices.map((edition) => ({ value: edition.id, label: editionName(edition) }))}
        />
      )}
      {chosenBy === null || chosenAt === null ? null : (
        <p className="muted small">
          上次由{chosenBy}于{chineseDate(chinaDay(new Date(chosenAt)))}确定。
        </p>
      )}
      <Problem error={choose.error} />
      <Button
        variant="primary"
        busy={choose.isPending}
        disabled={choices.length === 0 || editionId === (chosen?.id ?? '')}
        onClick={() =>
          choose.mutate({
            schoolYear,
            subject,
            grade,
            version,
            editionId: editionId === '' ? null : editionId,
          })
        }
      >
        保存
      </Button>
    </Dialog>
  );
};
