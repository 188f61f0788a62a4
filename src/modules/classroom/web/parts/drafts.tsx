import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chineseDate } from '#platform/dates.ts';
import { draftKeys } from '#web/draft.ts';
import { useMe } from '#web/session.tsx';
import type { ObservationRow } from '../../contract.ts';
import { slotsLabel } from '../../rules.ts';
import { classroom } from './api.ts';

const describe = ({ classLabel, subject, teacherName }: ObservationRow): string =>
  [classLabel, subject === null ? '' : subjectLabels[subject], teacherName]
    .filter((one) => one !== '')
    .join(' ');

/** Records begun and not finished: on the server, and those this phone has not been able to send yet. */
export const Drafts = (): ReactNode => {
  const me = useMe();
  const query = useQuery(
    classroom.query.listMyObservations.queryOptions({
      input: { states: ['draft'], limit: 20, withdrawn: false },
    }),
  );
  const rows = query.data?.rows ?? [];
  const prefix = `observation:${me.accountId}:`;
  const unsent = draftKeys(prefix)
    .map((key) => key.slice(prefix.length))
    .filter((id) => !rows.some((row) => row.id === id));
  if (rows.length + unsent.length === 0) return null;
  return (
    <section className="stack">
      <h2>没有写完的记录</h2>
      <ul className="link-list">
        {unsent.map((id) => (
          <li key={id}>
            <Link to={`/observations/${id}/edit`}>
              <span>只存在这台手机上的记录</span>
              <small>打开后会自动保存</small>
            </Link>
          </li>
        ))}
        {rows.map((row) => (
          <li key={row.id}>
            <Link to={`/observations/${row.id}/edit`}>
              <span>{describe(row) === '' ? '还没有选班级' : describe(row)}</span>
              <small>
                {chineseDate(row.dayOn)} {slotsLabel(row.slotFrom, row.slotTo)}
              </small>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
};
