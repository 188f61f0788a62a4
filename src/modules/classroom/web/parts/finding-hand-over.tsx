import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useMe } from '#web/session.tsx';
import { DayField, SelectField } from '#web/ui/field.tsx';
import type { HandOver } from '../../finding/contract.ts';
import { type FindingKind, findingRoleLabels, responsiblePosts } from '../../finding/vocabulary/contract.ts';
import { classroom } from './api.ts';

/** As typed: who is responsible is `post:…` or a person's id, empty while nothing is chosen. */
export interface HandOverDraft {
  readonly responsible: string;
  readonly checkerId: string;
  readonly deadlineOn: string;
}

export const toHandOver = ({ responsible, checkerId, deadlineOn }: HandOverDraft): HandOver | null => {
  if (responsible === '' || deadlineOn === '') return null;
  const post = responsiblePosts.find((one) => responsible === `post:${one}`) ?? null;
  return {
    deadlineOn,
    responsiblePost: post,
    responsibleId: post === null ? responsible : null,
    checkerId: checkerId === '' ? null : checkerId,
  };
};

interface FieldsProps {
  readonly kind: FindingKind;
  readonly schoolId: string;
  readonly value: HandOverDraft;
  readonly onValue: (value: HandOverDraft) => void;
}

/** To whom, by when, and who looks again; above the school only the post is chosen. */
export const HandOverFields = ({ kind, schoolId, value, onValue }: FieldsProps): ReactNode => {
  const me = useMe();
  const query = useQuery(
    classroom.query.proposeForFinding.queryOptions({ input: { kind, schoolId }, staleTime: 60_000 }),
  );
  const { people = [], checkers = [], leaderPosts = [] } = query.data ?? {};
  const posts = kind === 'district' && leaderPosts.length === 0 ? (['principal'] as const) : leaderPosts;
  const isMe =
    value.responsible === me.personId ||
    me.appointments.some((held) => held.schoolId === schoolId && value.responsible === `post:${held.post}`);
  return (
    <>
      <SelectField
        label={kind === 'district' ? '交办给学校的' : '交办给'}
        required
        value={value.responsible}
        none="请选择"
        hint={kind === 'district' ? '区级只定到职务，由学校自己落实到人。' : undefined}
        choices={[
          ...posts.map((post) => ({ value: `post:${post}`, label: findingRoleLabels[post] })),
          ...people.map(({ id, name, initials }) => ({ value: id, label: `${name}（${initials}）` })),
        ]}
        onValue={(responsible) => onValue({ ...value, responsible })}
      />
      <DayField
        label="整改期限"
        required
        value={value.deadlineOn}
        onValue={(deadlineOn) => onValue({ ...value, deadlineOn })}
      />
      <SelectField
        label="谁来回头看"
        value={value.checkerId}
        none="由我回头看"
        error={isMe && value.checkerId === '' ? '您负责整改，请另选一位来回头看' : undefined}
        choices={checkers
          .filter(({ id }) => id !== me.personId && id !== value.responsible)
          .map(({ id, name }) => ({ value: id, label: name }))}
        onValue={(checkerId) => onValue({ ...value, checkerId })}
      />
    </>
  );
};
