import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import type { Holder } from '../../shapes/contract.ts';
import type { Post } from '../../vocabulary/contract.ts';

interface PeopleNamesProps {
  readonly holders: readonly Holder[];
  /** Only these posts; all when absent. */
  readonly posts?: readonly Post[];
  readonly withSchool?: boolean;
  readonly none?: string;
}

/** Names as links to the people, with their schools where asked. */
export const PeopleNames = ({
  holders,
  posts,
  withSchool = false,
  none = '未定',
}: PeopleNamesProps): ReactNode => {
  const shown = holders.filter(({ post }) => posts === undefined || posts.includes(post));
  if (shown.length === 0) return <span className="muted">{none}</span>;
  return shown.map((one, index) => (
    <Fragment key={one.appointmentId}>
      {index === 0 ? null : '、'}
      <Link to={`/people/${one.personId}`}>{one.name}</Link>
      {withSchool && one.schoolName !== null ? (
        <span className="muted">（{one.schoolShortName ?? one.schoolName}）</span>
      ) : null}
    </Fragment>
  ));
};
