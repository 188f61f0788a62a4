import type { Queryable } from '#platform/database/database.ts';
import { chinaDay, type Day } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { newId } from '#platform/ids.ts';
import { namePinyin } from './pinyin/rules.ts';
import { listActiveAppointments } from './store.ts';
import type { Actor, BodyKind, Duty, Post, SchoolKind, Stage, Subject } from './vocabulary/contract.ts';

export const longAgo: Day = '2024-01-26';

interface SchoolTraits {
  readonly kind?: SchoolKind;
  readonly stages?: readonly Stage[];
  readonly parentId?: string;
}

export const makeSchool = async (
  db: Queryable,
  name: string,
  { kind = 'primary', stages = ['primary'], parentId }: SchoolTraits = {},
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('organisation.school')
    .values({ id, name, kind, stages: [...stages], parentId: parentId ?? null, activeFrom: longAgo })
    .execute();
  return id;
};

interface PersonTraits {
  readonly schoolId?: string;
  readonly staffNumber?: string;
  readonly phone?: string;
  readonly subjects?: readonly Subject[];
}

export const makePerson = async (
  db: Queryable,
  name: string,
  { schoolId, staffNumber, phone, subjects = [] }: PersonTraits = {},
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('organisation.person')
    .values({
      id,
      name,
      ...namePinyin(name),
      homeSchoolId: schoolId ?? null,
      staffNumber: staffNumber ?? null,
      phone: phone ?? null,
      subjects: [...subjects],
      activeFrom: longAgo,
    })
    .execute();
  return id;
};

interface BodyTraits {
  readonly stage?: Stage;
  readonly subject?: Subject;
  readonly parentId?: string;
  readonly gradeFrom?: number;
  readonly gradeTo?: number;
  readonly topic?: string;
}

export const makeBody = async (
  db: Queryable,
  kind: BodyKind,
  name: string,
  traits: BodyTraits = {},
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('organisation.body')
    .values({ id, kind, name, ...traits, activeFrom: longAgo })
    .execute();
  return id;
};

/** The leading group or the research office, which every district has from its first day. */
export const standingBody = async (
  db: Queryable,
  kind: 'leading-group' | 'research-office',
): Promise<string> => {
  const { id } = await db
    .selectFrom('organisation.body')
    .where('kind', '=', kind)
    .select('id')
    .executeTakeFirstOrThrow();
  return id;
};

interface AppointmentTraits {
  readonly bodyId?: string;
  readonly schoolId?: string;
  readonly subject?: Subject;
  readonly gradeFrom?: number;
  readonly gradeTo?: number;
  readonly activeFrom?: Day;
  readonly activeTo?: Day;
}

export const makeAppointment = async (
  db: Queryable,
  personId: string,
  post: Post,
  { activeFrom = longAgo, ...traits }: AppointmentTraits,
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('organisation.appointment')
    .values({ id, personId, post, ...traits, activeFrom, source: 'test' })
    .execute();
  return id;
};

export const makeHonour = async (
  db: Queryable,
  personId: string,
  kind: string,
  { activeFrom = longAgo, activeTo }: { readonly activeFrom?: Day; readonly activeTo?: Day } = {},
): Promise<void> => {
  await db
    .insertInto('organisation.honour')
    .values({
      id: newId(),
      personId,
      kind,
      issuer: '云溪区教育局',
      level: 'district',
      activeFrom,
      activeTo: activeTo ?? null,
    })
    .execute();
};

export const placeSchool = async (
  db: Queryable,
  consortiumId: string,
  schoolId: string,
  stage: Stage,
  role: 'base' | 'member' = 'member',
): Promise<void> => {
  await db
    .insertInto('organisation.consortiumSchool')
    .values({ id: newId(), consortiumId, schoolId, stage, role, activeFrom: longAgo })
    .execute();
};

/** The person with every post held on a day, as sign-in finds them. */
export const actorOf = async (
  db: Queryable,
  personId: string | null,
  options: { readonly on?: Day; readonly duties?: readonly Duty[] } = {},
): Promise<Actor> => ({
  accountId: newId(),
  personId,
  name: '测试',
  appointments:
    personId === null ? [] : await listActiveAppointments(db, personId, options.on ?? '2026-11-23'),
  duties: options.duties ?? [],
});

/** What an action gets from a route, for a request made at `now`. */
export const contextFor = (
  db: Queryable,
  actor: Actor,
  now = new Date('2026-11-23T01:00:00Z'),
): ActionContext<Actor> => ({
  db,
  actor,
  origin: { accountId: actor.accountId, personId: actor.personId, name: actor.name, address: '127.0.0.1' },
  sessionId: newId(),
  mustChangePassword: false,
  request: {
    endpoint: 'test',
    address: '127.0.0.1',
    device: 'test',
    idempotencyKey: undefined,
    now,
    setSessionToken: () => {},
  },
  now,
  today: chinaDay(now),
});

/** Somebody as permissions see them, with one post and nothing else; no row stands behind it. */
export const holding = (
  post: Post,
  place: { readonly bodyKind?: BodyKind; readonly schoolId?: string },
  personId: string | null = 'person',
): Actor => ({
  accountId: 'account',
  personId,
  name: '某人',
  duties: [],
  appointments: [
    {
      id: 'appointment',
      post,
      bodyId: place.bodyKind === undefined ? null : 'body',
      bodyKind: place.bodyKind ?? null,
      parentBodyId: null,
      schoolId: place.schoolId ?? null,
      stage: null,
      subject: null,
      gradeFrom: null,
      gradeTo: null,
    },
  ],
});
