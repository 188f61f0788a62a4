import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { postLabels } from '#modules/organisation/vocabulary/contract.ts';
import { linkTo } from '#web/ui/button.tsx';
import { type Column, DataTable } from '#web/ui/data-table.tsx';
import { Empty } from '#web/ui/states.tsx';
import type { ObserverProgress, TermOfFigures } from '../../contract.ts';
import { percent } from '../../observing/rules.ts';
import { rowsOf } from './observer-figures.tsx';

interface ObserversTableProps {
  readonly observers: readonly ObserverProgress[];
  readonly term: TermOfFigures;
}

const columnsOf = (term: TermOfFigures): Column<ObserverProgress>[] => {
  const opened = (
    progress: ObserverProgress,
    value: ReactNode,
    filter?: Record<string, string>,
  ): ReactNode => {
    const { to, search } = rowsOf({ progress, term }, filter) ?? {
      to: '/progress',
      search: { personId: progress.personId, termId: term.id },
    };
    return <Link {...linkTo(to, search)}>{value}</Link>;
  };
  return [
    {
      title: '姓名',
      lead: true,
      cell: ({ personId, personName, post }) => (
        <>
          <Link {...linkTo('/progress', { personId, termId: term.id })}>{personName}</Link> {postLabels[post]}
        </>
      ),
    },
    { title: '已听', align: 'right', cell: (one) => opened(one, `${one.done} 节`) },
    {
      title: '到今天应听',
      align: 'right',
      cell: ({ expected }) => (expected === null ? '—' : `${Math.round(expected)} 节`),
    },
    {
      title: '目标',
      align: 'right',
      cell: ({ amount, clause }) => (amount === null ? '不设' : `${amount} 节，${clause ?? ''}`),
    },
    {
      title: '涉及',
      cell: (one) => `${one.grades.length} 个年级、${one.subjects.length} 个学科、${one.teachers} 位教师`,
    },
    {
      title: '已反馈',
      align: 'right',
      cell: (one) => {
        const share = percent(one.fedBack, one.records);
        return share === null ? '—' : opened(one, `${one.fedBack} 份（${share}%）`, { fedBack: 'true' });
      },
    },
    { title: '进度', cell: ({ sentence }) => sentence },
  ];
};

/** E4: everybody who leads the school; each number opens its records, or for the district the counts per week. */
export const ObserversTable = ({ observers, term }: ObserversTableProps): ReactNode => {
  return (
    <DataTable
      caption="学校领导本学期听课"
      rows={observers}
      rowKey={({ personId, post }) => `${personId} ${post}`}
      empty={<Empty title="名册里还没有登记本校的校长、教学副校长和教务主任。" />}
      columns={columnsOf(term)}
    />
  );
};
