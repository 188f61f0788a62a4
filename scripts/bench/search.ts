import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import { searchItems } from '#modules/library/search/actions.ts';
import { mostHits } from '#modules/library/search/vocabulary/contract.ts';
import { type Database, type OpenDatabase, openDatabase } from '#platform/database/database.ts';
import { likeLiteral } from '#platform/database/like.ts';
import { urlsOfRunning } from '#platform/embedded-postgres/socket.ts';
import { type ChildServer, startServer } from '../child-server.ts';
import { callEndpoint, demoSession } from '../demo-session.ts';
import {
  type BenchResult,
  percentile,
  processorTimeOf,
  processorTimeOfChildren,
  rounded,
  timeRuns,
} from './measure.ts';
import { addItems, addSources, wordsOfTexts } from './search-rows.ts';
import { learnStatements, type Statement } from './statements.ts';
import { inTemporaryDirectory } from './temporary-directory.ts';

const scales = [200_000, 1_000_000] as const;
/** To look at every text takes minutes in the larger library: every fourth query has to do there. */
const comparedEvery = [1, 4] as const;
const runs = 15;
const role = 'teacher';

interface Asked {
  readonly q: string;
  /** What stands in the folded text of every hit and of nothing else; null where synonyms find more. */
  readonly exactly: readonly string[] | null;
  readonly filters?: object;
}

const plainly = (q: string, filters?: object): Asked => ({
  q,
  exactly: q.toLowerCase().split(' '),
  ...(filters === undefined ? {} : { filters }),
});

/** Short and long, frequent and rare, several words, letters, 拼音, filters, and what is nowhere. */
const queriesFor = (words: readonly string[]): readonly Asked[] => [
  ...['学生', '教学目标', '核心素养', '的是', '和人中', '情境', '合作交流'].map((q) => plainly(q)),
  ...['两位数乘', '分数的初步认识', '丝绸之路', '家国情', '细胞的结构', '位数乘两'].map((q) => plainly(q)),
  ...[0, 1, 40, 600, 1_500, 2_600, 3_500, 3_990].map((at) => plainly(words[at] ?? '')),
  ...[0x20007, 0x21234, 0x24e1f].map((code) => plainly(`独有${String.fromCodePoint(code)}`)),
  plainly(`${words[3]} ${words[90]}`),
  plainly('丝绸之路 光的折射'),
  plainly('秋天的雨 学生能说出算理 核心素养'),
  plainly('reading for'),
  // First letters of titles too.
  { q: 'est', exactly: null },
  plainly('学生', { subject: 'geography', kind: 'test-paper', grade: 8 }),
  plainly('两位数乘', { subject: 'history', kind: 'showcase', grade: 2 }),
  { q: 'lwsc', exactly: null },
  { q: 'jgqh', exactly: null },
  { q: 'sichouzhilu', exactly: null },
  { q: '分数教案', exactly: null },
  { q: '乘', exactly: null },
  ...[
    '并不存在的词语',
    '学生能说出算理小组合作交流教学目标课堂小结创设情境核心素养学生能说出算理小组',
    'zzqx',
    '龘龖',
  ].map((q) => plainly(q)),
];

const answer = z.object({
  json: z.object({ rows: z.array(z.object({ id: z.string() })), nextCursor: z.string().nullable() }),
});

const call = async (server: ChildServer, cookie: string, input: object): Promise<string> => {
  const response = await callEndpoint(server.url, 'library/searchItems', input, cookie);
  const text = await response.text();
  if (!response.ok) throw new Error(`${JSON.stringify(input)} answered ${response.status}: ${text}`);
  return text;
};

/** All pages of a search. */
const foundBy = async (server: ChildServer, cookie: string, { q, filters }: Asked): Promise<Set<string>> => {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const input: object = { q, ...filters, limit: 100, ...(cursor === null ? {} : { cursor }) };
    const { json } = answer.parse(JSON.parse(await call(server, cookie, input)));
    ids.push(...json.rows.map(({ id }) => id));
    cursor = json.nextCursor;
  } while (cursor !== null);
  if (new Set(ids).size !== ids.length) throw new Error(`"${q}" shows an item twice`);
  return new Set(ids);
};

/** The newest that hold every word, by looking at every text. */
const standsIn = async (db: Database, { exactly, filters }: Asked): Promise<Set<string>> => {
  const conditions = [
    ...(exactly ?? []).map((word) => sql`folded like ${`%${likeLiteral(word)}%`}`),
    ...Object.entries(filters ?? {}).map(([column, value]) => sql`item.${sql.ref(column)} = ${value}`),
  ];
  const { rows } = await sql<{ id: string }>`
    select entry.item_id as id from library.search_entry as entry join library.item as item on item.id = entry.item_id
    where item.shared and ${sql.join(conditions, sql` and `)}
    order by entry.ordinal desc limit ${mostHits}`.execute(db);
  return new Set(rows.map(({ id }) => id));
};

/** By another index than the search's own, which is gone again afterwards: the search is to do without it. */
const allStanding = async (
  { db }: OpenDatabase,
  queries: readonly Asked[],
): Promise<ReadonlyMap<Asked, ReadonlySet<string>>> => {
  await sql`create index bench_by_ordinal on library.search_entry (ordinal)`.execute(db);
  const standing = new Map<Asked, ReadonlySet<string>>();
  for (const query of queries) if (query.exactly !== null) standing.set(query, await standsIn(db, query));
  await sql`drop index library.bench_by_ordinal`.execute(db);
  return standing;
};

const measureRecall = async (
  server: ChildServer,
  cookie: string,
  all: ReadonlyMap<Asked, ReadonlySet<string>>,
): Promise<{ standing: number; found: number; alien: number }> => {
  const sum = { standing: 0, found: 0, alien: 0 };
  for (const [query, standing] of all) {
    const found = await foundBy(server, cookie, query);
    sum.standing += standing.size;
    sum.found += standing.intersection(found).size;
    sum.alien += found.difference(standing).size;
    if (standing.symmetricDifference(found).size > 0)
      console.log(`"${query.q}": ${standing.size} stand there, ${found.size} were found`);
  }
  return sum;
};

/** Of the whole cluster: its backends are children of the postmaster. */
const processorTimeOfPostgres = (directory: string): number => {
  const [postmaster] = readFileSync(join(directory, 'demo', 'postgres', 'postmaster.pid'), 'utf8').split(
    '\n',
  );
  return processorTimeOfChildren(Number(postmaster));
};

const sizeOf = async (db: Database, relation: string): Promise<number> => {
  const { rows } = await sql<{ mebibytes: number }>`
    select pg_total_relation_size(${relation}::regclass) / 1048576 as mebibytes`.execute(db);
  return rows[0]?.mebibytes ?? 0;
};

interface Place {
  readonly server: ChildServer;
  readonly cookie: string;
  readonly directory: string;
  readonly url: string;
  readonly bare: OpenDatabase;
}

/** Every query `runs` times through HTTP, then the statements of each straight on the database. */
const measureQueries = async (
  { server, cookie, directory, url, bare }: Place,
  queries: readonly Asked[],
  name: string,
): Promise<BenchResult> => {
  const statements: Statement[][] = [];
  for (const { q, filters } of queries)
    statements.push(
      await learnStatements(url, cookie, async (context) => {
        await searchItems(context, { q, ...filters, limit: 30 });
      }),
    );
  const counts = { warmUp: queries.length, measured: queries.length * runs };
  let before = { server: 0, postgres: 0 };
  const http = await timeRuns(
    counts,
    async (turn) => {
      const { q, filters } = queries[turn % queries.length] ?? {};
      await call(server, cookie, { q, ...filters, limit: 30 });
    },
    () => {
      before = { server: processorTimeOf(server.pid), postgres: processorTimeOfPostgres(directory) };
    },
  );
  const used = processorTimeOf(server.pid) - before.server;
  const usedByPostgres = processorTimeOfPostgres(directory) - before.postgres;
  const direct = await timeRuns(
    counts,
    async (turn) => {
      for (const { sql: text, parameters } of statements[turn % queries.length] ?? [])
        await bare.pool.query(text, [...parameters]);
    },
    () => {},
  );
  const each = queries.map(({ q }, at) => ({
    q,
    p50: percentile(
      http.filter((_, turn) => turn % queries.length === at),
      0.5,
    ),
    statements: statements[at]?.length ?? 0,
  }));
  for (const one of each.toSorted((first, second) => second.p50 - first.p50))
    console.log(`${name} ${rounded(one.p50, 1)} ms, ${one.statements} statements: ${one.q}`);
  return {
    figures: {
      [`http${name}P50Ms`]: rounded(percentile(http, 0.5)),
      [`http${name}P99Ms`]: rounded(percentile(http, 0.99)),
      [`direct${name}P50Ms`]: rounded(percentile(direct, 0.5)),
      [`direct${name}P99Ms`]: rounded(percentile(direct, 0.99)),
      [`slowestQuery${name}P50Ms`]: rounded(Math.max(...each.map(({ p50 }) => p50))),
      [`server${name}ProcessorMs`]: rounded(used / http.length),
      [`postgres${name}ProcessorMs`]: rounded(usedByPostgres / http.length),
    },
    ratios: {
      [`httpToDirect${name}P50`]: rounded(percentile(http, 0.5) / percentile(direct, 0.5)),
      [`httpToDirect${name}P99`]: rounded(percentile(http, 0.99) / percentile(direct, 0.99)),
    },
  };
};

/**
 * Search through HTTP against the very statements it runs, sent by `pg`, in one run over a fixed list of 40 queries;
 * and what is found against what stands in the texts.
 */
export const benchSearch = (): Promise<BenchResult> =>
  inTemporaryDirectory(async (directory) => {
    const server = await startServer({ demo: true, directory });
    const url = urlsOfRunning(join(directory, 'demo', 'postgres')).url('yanxun');
    const owner = openDatabase(url, { connections: 1 });
    const bare = openDatabase(url, { connections: 1 });
    try {
      const queries = queriesFor(wordsOfTexts());
      const figures: Record<string, number> = { queries: queries.length };
      const ratios: Record<string, number> = {};
      await addSources(owner.db);
      let filled = 1;
      for (const [index, scale] of scales.entries()) {
        const name = `At${scale}`;
        const begun = performance.now();
        await addItems(owner.db, filled, scale + 1);
        filled = scale + 1;
        figures[`fill${name}Seconds`] = rounded((performance.now() - begun) / 1000, 0);
        figures[`entries${name}MiB`] = await sizeOf(owner.db, 'library.search_entry');
        const cookie = await demoSession(server.url, role);
        const measured = await measureQueries({ server, cookie, directory, url, bare }, queries, name);
        Object.assign(figures, measured.figures);
        Object.assign(ratios, measured.ratios);
        const compared = queries.filter((_, at) => at % (comparedEvery[index] ?? 1) === 0);
        const recall = await measureRecall(server, cookie, await allStanding(owner, compared));
        figures[`standing${name}`] = recall.standing;
        figures[`alien${name}`] = recall.alien;
        ratios[`recall${name}`] = rounded(recall.found / recall.standing, 4);
      }
      const middle = (scale: number): number => figures[`httpAt${scale}P50Ms`] ?? Number.NaN;
      ratios['p50LargeToSmall'] = rounded(middle(scales[1]) / middle(scales[0]));
      return { figures, ratios };
    } finally {
      await bare.close();
      await owner.close();
      await server.stop();
    }
  });
