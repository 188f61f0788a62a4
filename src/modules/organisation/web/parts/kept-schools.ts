import { useQuery } from '@tanstack/react-query';
import { useMe } from '#web/session.tsx';
import type { SchoolRow } from '../../schools/contract.ts';
import type { Post } from '../../vocabulary/contract.ts';
import { organisation } from './api.ts';

const leaderPosts: readonly Post[] = ['principal', 'vice-principal', 'dean'];

/** Schools whose teaching the person keeps: those led, and all of them for the system administrator. */
export const useKeptSchools = (): readonly SchoolRow[] => {
  const me = useMe();
  const schools = useQuery(organisation.query.listSchools.queryOptions({ input: {} }));
  const led = me.appointments.flatMap(({ post, bodyId, schoolId }) =>
    leaderPosts.includes(post) && bodyId === null && schoolId !== null ? [schoolId] : [],
  );
  return (schools.data?.rows ?? []).filter(({ id }) => me.duties.includes('system') || led.includes(id));
};
