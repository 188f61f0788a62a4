import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { DataTable } from '#web/ui/data-table.tsx';
import { Badge } from '#web/ui/page.tsx';
import type { Backbone } from '../../coverage/contract.ts';
import { honourLabel } from '../../rules.ts';
import { honourLevelLabels, subjectLabels } from '../../vocabulary/contract.ts';

/** Group by group in the order of subjects, and people by name: honours are shown, nobody is ranked. */
export const BackboneTable = ({ backbone }: { backbone: readonly Backbone[] }): ReactNode => (
  <DataTable
    caption="各学科组的骨干"
    rows={backbone}
    rowKey={({ subject }) => subject}
    columns={[
      { title: '学科组', lead: true, cell: ({ subject }) => subjectLabels[subject] },
      { title: '有称号', align: 'right', cell: ({ honoured }) => `${honoured} 人` },
      { title: '成员', align: 'right', cell: ({ members }) => `${members} 人` },
      { title: '名单', cell: (group) => <Members group={group} /> },
    ]}
  />
);

const Members = ({ group: { subject, people } }: { group: Backbone }): ReactNode =>
  people.length === 0 ? (
    <span className="muted">还没有成员</span>
  ) : (
    <details className="org-members">
      <summary>
        看名单<span className="visually-hidden">：{subjectLabels[subject]}学科组</span>
      </summary>
      <ul>
        {people.map(({ personId, name, schoolName, honours }) => (
          <li key={personId}>
            <Link to={`/people/${personId}`}>{name}</Link>
            {schoolName === null ? null : <span className="muted">{schoolName}</span>}
            {honours.map(({ kind, level }) => (
              <Badge key={`${kind} ${level}`} tone="info">
                {honourLabel(kind)}（{honourLevelLabels[level]}）
              </Badge>
            ))}
          </li>
        ))}
      </ul>
    </details>
  );
