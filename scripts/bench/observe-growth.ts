import { sql } from 'kysely';
import type { Database, OpenDatabase } from '#platform/database/database.ts';
import type { ChildServer } from '../child-server.ts';
import { callEndpoint, demoSession } from '../demo-session.ts';
import { type BenchResult, percentile, rounded, timeRuns } from './measure.ts';

const counts = { warmUp: 5, measured: 60 };
/** So many terms of observations lie in the table; the newest is the demonstration's own. */
const scales = [1, 10, 100] as const;
const daysBetweenCopies = 364;

interface Page {
  readonly name: string;
  readonly role: string;
  readonly endpoint: string;
  readonly input: object;
}

const pages: readonly Page[] = [
  { name: 'myList', role: 'principal', endpoint: 'classroom/listMyObservations', input: { limit: 30 } },
  {
    name: 'schoolList',
    role: 'principal',
    endpoint: 'classroom/listObservationsOfSchool',
    input: { limit: 30 },
  },
  { name: 'feedbackToMe', role: 'teacher', endpoint: 'classroom/listFeedbackToMe', input: { limit: 30 } },
  { name: 'ledger', role: 'principal', endpoint: 'classroom/myLedger', input: {} },
  { name: 'progress', role: 'principal', endpoint: 'evaluation/principalProgress', input: {} },
  { name: 'districtProgress', role: 'leading-group', endpoint: 'evaluation/districtProgress', input: {} },
  { name: 'districtLedgers', role: 'leading-group', endpoint: 'evaluation/districtLedgers', input: {} },
];

/** Copies the demonstration's finished observations with their criteria into earlier terms, `from` to `to − 1` back. */
const addEarlierTerms = async (db: Database, from: number, to: number): Promise<void> => {
  await sql`
    create table if not exists public.bench_source as
    select o.* from classroom.observation as o where o.finalised_at is not null and o.withdrawn_at is null
  `.execute(db);
  for (let back = from; back < to; back += 1) {
    const shift = back * daysBetweenCopies;
    const copyOf = (id: string) => sql`overlay(overlay(md5(${sql.ref(id)}::text || ${String(back)})
      placing '7' from 13 for 1) placing '8' from 17 for 1)::uuid`;
    await sql`
      insert into classroom.observation (id, observer_id, capacity, observer_school_id, rubric_id, day_on,
        slot_from, slot_to, school_id, class_label, grade, subject, teacher_id, teacher_name, topic,
        lesson_type, occasion, announced, mode, off_day_reason, strengths, to_improve, suggestion, agreed_change,
        state, late, away, version, content_number, created_at, saved_at, finalised_at, fed_back_at)
      select ${copyOf('id')}, observer_id, capacity, observer_school_id, rubric_id, day_on - ${shift}::integer,
        slot_from, slot_to, school_id, class_label, grade, subject, teacher_id, teacher_name, topic,
        lesson_type, occasion, announced, mode, off_day_reason, strengths, to_improve, suggestion, agreed_change,
        state, late, away, version, content_number, created_at, saved_at, finalised_at, fed_back_at
      from public.bench_source
    `.execute(db);
    await sql`
      insert into classroom.observation_criterion (observation_id, code, step, evidence)
      select ${copyOf('observation_id')}, code, step, evidence
      from classroom.observation_criterion
      where observation_id in (select id from public.bench_source)
    `.execute(db);
  }
  await sql`vacuum analyze classroom.observation`.execute(db);
  await sql`vacuum analyze classroom.observation_criterion`.execute(db);
};

const open = async (server: ChildServer, page: Page, cookie: string): Promise<void> => {
  const response = await callEndpoint(server.url, page.endpoint, page.input, cookie);
  const text = await response.text();
  if (!response.ok) throw new Error(`${page.endpoint} answered ${response.status}: ${text}`);
};

const countRows = async (db: Database): Promise<number> => {
  const { rows } = await sql<{ rows: number }>`select count(*) as rows from classroom.observation`.execute(
    db,
  );
  return rows[0]?.rows ?? 0;
};

/** The same pages over a growing table: what they cost is to follow the page, so that the ratios stay near 1. */
export const measureGrowth = async (server: ChildServer, { db }: OpenDatabase): Promise<BenchResult> => {
  const figures: Record<string, number> = {};
  const ratios: Record<string, number> = {};
  const first = new Map<string, number>();
  let filled = 1;
  for (const scale of scales) {
    await addEarlierTerms(db, filled, scale);
    filled = scale;
    figures[`rowsAt${scale}x`] = await countRows(db);
    for (const page of pages) {
      const cookie = await demoSession(server.url, page.role);
      const times = await timeRuns(
        counts,
        () => open(server, page, cookie),
        () => {},
      );
      const middle = percentile(times, 0.5);
      figures[`${page.name}At${scale}xP50Ms`] = rounded(middle);
      figures[`${page.name}At${scale}xP99Ms`] = rounded(percentile(times, 0.99));
      const base = first.get(page.name);
      if (base === undefined) first.set(page.name, middle);
      else ratios[`${page.name}${scale}xTo1x`] = rounded(middle / base);
    }
  }
  return { figures, ratios };
};
