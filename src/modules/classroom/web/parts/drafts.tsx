import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chineseDate } from '#platform/dates.ts';
import type { ObservationRow } from '../../contract.ts';
import { slotsLabel } from '../../rules.ts';
import { classroom } from './api.ts';
import { useObservationOutbox } from './observation-outbox.ts';

const describe = ({ classLabel, subject, teacherName }: ObservationRow): string =>
  [classLabel, subject === null ? '' : subjectLabels[subject], teacherName]
    .filter((one) => one !== '')
    .join(' ');

/** Records begun and not finished that the server has; what is only here stands in its own list. */
export const Drafts = (): ReactNode => {
  const { parcels } = useObservationOutbox();
  const query = useQuery(
    classroom.query.listMyObservations.queryOptions({
      input: { states: ['draft'], limit: 20, withdrawn: false },
    }),
  );
  const rows = (query.data?.rows ?? []).filter(({ id }) => !parcels.has(id));
  if (rows.length === 0) return null;
  return (
    <section className="stack">
      <h2>没有写完的记录</h2>
      <ul className="link-list">
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
