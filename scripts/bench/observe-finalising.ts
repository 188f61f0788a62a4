import { sql } from 'kysely';
import { insertSession } from '#modules/accounts/session/store.ts';
import type { ObservationContent } from '#modules/classroom/contract.ts';
import type { Subject } from '#modules/organisation/contract.ts';
import type { Database, OpenDatabase } from '#platform/database/database.ts';
import { chinaDay, type Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import { newSecretToken, secretTokenHash } from '#platform/secret-token.ts';
import type { ChildServer } from '../child-server.ts';
import { type BenchResult, percentile, processorTimeOf, rounded } from './measure.ts';

const clients = 200;
const minutes = 2;
const recordsPerMinute = 500;
const records = minutes * recordsPerMinute;
const recordsPerClient = records / clients;

interface Observer {
  readonly accountId: string;
  readonly schoolId: string;
  readonly grade: number;
  readonly subject: Subject;
  readonly teacherId: string;
  readonly teacherName: string;
}

/** People who have observed nothing yet, each with a lesson of a colleague; so that no two records overlap. */
const chooseObservers = async (db: Database, today: Day): Promise<Observer[]> => {
  const { rows } = await sql<Observer>`
    select distinct on (person.id) account.id as account_id, lesson.school_id, lesson.grade,
      lesson.subject, teacher.id as teacher_id, teacher.name as teacher_name
    from organisation.person
    join accounts.account on account.person_id = person.id and not account.must_change_password
    join organisation.term on ${today} between term.starts_on and term.ends_on
    join organisation.teaching_assignment as lesson
      on lesson.school_id = person.home_school_id and lesson.term_id = term.id and lesson.person_id <> person.id
    join organisation.person as teacher on teacher.id = lesson.person_id
    where not exists (select from classroom.observation where observer_id = person.id)
    order by person.id, lesson.id
    limit ${clients}
  `.execute(db);
  if (rows.length < clients) throw new Error(`the demonstration has only ${rows.length} idle observers`);
  return rows;
};

/** The newest days on which somebody observed: teaching days. */
const chooseDays = async (db: Database): Promise<Day[]> => {
  const { rows } = await sql<{ dayOn: Day }>`
    select distinct day_on from classroom.observation where finalised_at is not null
    order by day_on desc limit ${recordsPerClient}
  `.execute(db);
  return rows.map(({ dayOn }) => dayOn);
};

const signIn = async (db: Database, { accountId }: Observer): Promise<string> => {
  const token = newSecretToken();
  const now = new Date();
  await insertSession(db, {
    accountId,
    tokenHash: secretTokenHash(token),
    idleMinutes: 60,
    expiresAt: new Date(now.getTime() + 3_600_000),
    address: '127.0.0.1',
    device: 'bench',
    now,
  });
  return `yanxun=${token}`;
};

const contentOf = (observer: Observer, dayOn: Day): ObservationContent => ({
  capacity: 'teacher',
  dayOn,
  slotFrom: 1,
  slotTo: 1,
  schoolId: observer.schoolId,
  classId: null,
  classLabel: '压测班',
  grade: observer.grade,
  subject: observer.subject,
  teacherId: observer.teacherId,
  teacherName: observer.teacherName,
  topic: '压测用的课题',
  lessonType: 'new-lesson',
  occasion: 'ordinary',
  announced: false,
  mode: 'live',
  offDayReason: '',
  criteria: [
    { code: 'K1', step: 'seen-well', evidence: '先听学生说完再追问' },
    { code: 'K4', step: 'partly', evidence: '追问停在是什么' },
    { code: 'K9', step: 'not-seen', evidence: '' },
  ],
  strengths: '任务清楚，学生动手的时间够。',
  toImprove: '板书没有跟上学生的回答。',
  suggestion: '留一栏给学生生成的想法。',
});

/** A write as a page makes it, with a key of its own. */
const post = async (
  server: ChildServer,
  endpoint: string,
  cookie: string,
  input: object,
): Promise<string> => {
  const response = await fetch(`${server.url}/rpc/classroom/${endpoint}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, 'idempotency-key': newId() },
    body: JSON.stringify({ json: input }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${endpoint} answered ${response.status}: ${text}`);
  return text;
};

interface Load {
  readonly times: readonly number[];
  readonly errors: readonly string[];
  readonly seconds: number;
}

/** One piece of work each `60 s ÷ perMinute`, whether the one before is done or not; times count from the plan. */
const offer = async (
  count: number,
  perMinute: number,
  work: (index: number) => Promise<void>,
): Promise<Load> => {
  const begun = performance.now();
  const times: number[] = [];
  const errors: string[] = [];
  await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const due = begun + (index * 60_000) / perMinute;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
      try {
        await work(index);
        times.push(performance.now() - due);
      } catch (error) {
        errors.push(String(error));
      }
    }),
  );
  return { times, errors, seconds: (performance.now() - begun) / 1000 };
};

/** What the same disk asks for one durable row of the same size, at the same rate. */
const measureFloor = async ({ pool }: OpenDatabase, content: string): Promise<Load> => {
  await pool.query(
    'create table if not exists public.bench_floor (id uuid primary key, content jsonb not null)',
  );
  const load = await offer(records / 4, recordsPerMinute, async () => {
    await pool.query('insert into public.bench_floor values ($1, $2)', [newId(), content]);
  });
  await pool.query('drop table public.bench_floor');
  return load;
};

export const measureFinalising = async (
  server: ChildServer,
  database: OpenDatabase,
): Promise<BenchResult> => {
  const { db } = database;
  const observers = await chooseObservers(db, chinaDay(new Date()));
  const days = await chooseDays(db);
  const cookies: string[] = [];
  for (const observer of observers) cookies.push(await signIn(db, observer));
  const [sample] = observers;
  if (sample === undefined) throw new Error('nobody observes');
  const floor = await measureFloor(database, JSON.stringify(contentOf(sample, days[0] ?? '')));

  const ids = Array.from({ length: records }, () => newId());
  const saves: number[] = [];
  const before = processorTimeOf(server.pid);
  const load = await offer(records, recordsPerMinute, async (index) => {
    const observer = observers[index % clients];
    const cookie = cookies[index % clients];
    const dayOn = days[Math.floor(index / clients)];
    const id = ids[index];
    if (observer === undefined || cookie === undefined || dayOn === undefined || id === undefined)
      throw new Error('a record without its client');
    const content = contentOf(observer, dayOn);
    const begun = performance.now();
    await post(server, 'saveDraft', cookie, { id, version: 0, content });
    saves.push(performance.now() - begun);
    await post(server, 'finaliseObservation', cookie, { id, version: 1, content });
  });
  const processor = processorTimeOf(server.pid) - before;
  for (const error of load.errors.slice(0, 3)) console.error(error);

  const { rows } = await sql<{ kept: number; versions: number }>`
    select count(*) as kept, (
      select count(*) from classroom.observation_version where observation_id = any(${ids}::uuid[])) as versions
    from classroom.observation where id = any(${ids}::uuid[]) and finalised_at is not null
  `.execute(db);
  return {
    figures: {
      clients,
      records,
      finalisedPerMinute: rounded((load.times.length / load.seconds) * 60, 0),
      errors: load.errors.length,
      keptInDatabase: rows[0]?.kept ?? 0,
      versionsInDatabase: rows[0]?.versions ?? 0,
      draftP50Ms: rounded(percentile(saves, 0.5)),
      draftP99Ms: rounded(percentile(saves, 0.99)),
      draftAndFinaliseP50Ms: rounded(percentile(load.times, 0.5)),
      draftAndFinaliseP99Ms: rounded(percentile(load.times, 0.99)),
      serverProcessorMsPerRecord: rounded(processor / records),
      floorInsertP50Ms: rounded(percentile(floor.times, 0.5)),
      floorInsertP99Ms: rounded(percentile(floor.times, 0.99)),
    },
    ratios: {
      finaliseToTwoInsertsP50: rounded(percentile(load.times, 0.5) / (2 * percentile(floor.times, 0.5))),
      finaliseToTwoInsertsP99: rounded(percentile(load.times, 0.99) / (2 * percentile(floor.times, 0.99))),
    },
  };
};
