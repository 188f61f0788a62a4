import type { ReactNode } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Badge } from '#web/ui/page.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { TestItem } from '../../picking/contract.ts';
import { type Column, templates } from '../../template/contract.ts';
import { library } from './api.ts';
import { CellText } from './rows-view.tsx';

const columns: readonly Column[] = templates['test-item'].flatMap((section) => section.columns ?? []);

/** The choices of a column of the item's form, by key. */
export const optionsOf = (key: string): Readonly<Record<string, string>> => {
  const column = columns.find((one) => one.key === key);
  return column?.type === 'choice' ? column.options : {};
};

const said = (cells: TestItem['cells'], key: string): string => {
  const text = cells[key] ?? '';
  return optionsOf(key)[text] ?? text;
};

interface TestItemCardProps {
  readonly roundId: string;
  readonly item: TestItem;
  readonly mayPick: boolean;
}

/** A test item as it would stand in the paper, and one tap to take it; or why it cannot be taken. */
export const TestItemCard = ({ roundId, item, mayPick }: TestItemCardProps): ReactNode => {
  const { id, number, title, cells, names, schoolName, papers, here, refusal } = item;
  const pick = useAction(library.client.pickTestItem, { done: '已选入试卷' });
  const labels = ['type', 'difficulty', 'level', 'competency'].flatMap((key) => {
    const text = said(cells, key);
    return text === '' ? [] : [key === 'difficulty' ? `难度${text}` : text];
  });
  const people = [
    ['来源', [said(cells, 'source'), cells['sourceNote'] ?? ''].filter((one) => one !== '').join('，')],
    ['命题', cells['author'] ?? ''],
    ['审题', cells['reviewer'] ?? ''],
  ].filter(([, text]) => text !== '');
  return (
    <li className="pick-card" aria-label={title}>
      <p className="row">
        {labels.map((label) => (
          <Badge key={label}>{label}</Badge>
        ))}
        {cells['points'] === undefined ? null : <Badge>{cells['points']} 分</Badge>}
        {schoolName === null ? null : <Badge>{schoolName}</Badge>}
        {here.length === 0 ? null : <Badge tone="good">已选为{here.join('、')}</Badge>}
      </p>
      <div className="pick-stem">
        <CellText text={cells['stem'] ?? ''} />
      </div>
      {cells['answer'] === undefined ? null : (
        <details>
          <summary>答案</summary>
          <CellText text={cells['answer']} />
        </details>
      )}
      <p className="muted small">
        {[title, names.unit ?? '', names.lesson ?? ''].filter((one) => one !== '').join(' · ')}
        {people.map(([label, text]) => ` · ${label}：${text}`).join('')}
        {papers === 0 ? '' : ` · 用在 ${papers} 份试卷里`}
      </p>
      {refusal === null ? null : <p className="notice notice-warn">不能选入：{refusal}</p>}
      <Problem error={pick.error} />
      {mayPick && refusal === null ? (
        <div className="row">
          <Button
            variant={here.length === 0 ? 'primary' : 'plain'}
            busy={pick.isPending}
            onClick={() => pick.mutate({ roundId, itemId: id, number })}
          >
            {here.length === 0 ? '选入' : '再选一次'}
          </Button>
        </div>
      ) : null}
    </li>
  );
};
