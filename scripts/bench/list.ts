import { join } from 'node:path';
import { listMyObservations } from '#modules/classroom/actions.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import { searchPeople } from '#modules/organisation/people/actions.ts';
import { openDatabase } from '#platform/database/database.ts';
import { urlsOfRunning } from '#platform/embedded-postgres/socket.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { type ChildServer, startServer } from '../child-server.ts';
import { callEndpoint, demoSession } from '../demo-session.ts';
import {
  type BenchResult,
  ownProcessorTime,
  percentile,
  processorTimeOf,
  rounded,
  timeRuns,
} from './measure.ts';
import { learnStatements, type Statement } from './statements.ts';
import { inTemporaryDirectory } from './temporary-directory.ts';

const counts = { warmUp: 200, measured: 1000 };

interface List {
  readonly name: string;
  readonly role: string;
  readonly endpoint: string;
  readonly input: object;
  /** The action behind the endpoint, run once here to learn its SQL. */
  readonly act: (context: ActionContext<Actor>) => Promise<{ readonly rows: readonly unknown[] }>;
}

const lists: readonly List[] = [
  {
    name: 'people',
    role: 'research-officer',
    endpoint: 'organisation/searchPeople',
    input: { limit: 50 },
    act: (context) => searchPeople(context, { text: '', limit: 50 }),
  },
  {
    name: 'peopleByPinyin',
    role: 'research-officer',
    endpoint: 'organisation/searchPeople',
    input: { text: 'wang', limit: 50 },
    act: (context) => searchPeople(context, { text: 'wang', limit: 50 }),
  },
  {
    name: 'observations',
    role: 'principal',
    endpoint: 'classroom/listMyObservations',
    input: { limit: 30 },
    act: (context) => listMyObservations(context, { limit: 30, withdrawn: false }),
  },
];

interface Measured {
  readonly p50: number;
  readonly p99: number;
  readonly processor: number;
}

/**
 * Each list through HTTP (session, permission, JSON) against the very statements its action runs, sent by `pg`
 * with the same parameters, in turns in one run. Processor time is of the server's and of this process; what
 * PostgreSQL itself uses is the same in both and not counted.
 */
export const benchList = (): Promise<BenchResult> =>
  inTemporaryDirectory(async (directory) => {
    const server = await startServer({ demo: true, directory });
    try {
      const url = urlsOfRunning(join(directory, 'demo', 'postgres')).url('yanxun');
      const figures: Record<string, number> = {};
      const ratios: Record<string, number> = {};
      for (const list of lists) {
        const cookie = await demoSession(server.url, list.role);
        const statements = await learnStatements(url, cookie, async (context) => {
          const { rows } = await list.act(context);
          if (rows.length === 0) throw new Error(`the demonstration shows no ${list.name}`);
        });
        const http = await throughHttp(server, list, cookie);
        const direct = await straightOnDatabase(url, statements);
        for (const [way, measured] of [
          ['Http', http],
          ['Direct', direct],
        ] as const) {
          figures[`${list.name}${way}P50Ms`] = rounded(measured.p50);
          figures[`${list.name}${way}P99Ms`] = rounded(measured.p99);
          figures[`${list.name}${way}ProcessorMs`] = rounded(measured.processor, 3);
        }
        figures[`${list.name}Statements`] = statements.length;
        ratios[`${list.name}P50`] = rounded(http.p50 / direct.p50);
        ratios[`${list.name}P99`] = rounded(http.p99 / direct.p99);
        ratios[`${list.name}Processor`] = rounded(http.processor / direct.processor);
      }
      return { figures, ratios };
    } finally {
      await server.stop();
    }
  });

const throughHttp = async (server: ChildServer, list: List, cookie: string): Promise<Measured> => {
  let before = 0;
  const times = await timeRuns(
    counts,
    async () => {
      const response = await callEndpoint(server.url, list.endpoint, list.input, cookie);
      const text = await response.text();
      if (!response.ok) throw new Error(`${list.endpoint} answered ${response.status}: ${text}`);
    },
    () => {
      before = processorTimeOf(server.pid);
    },
  );
  return summed(times, processorTimeOf(server.pid) - before);
};

const straightOnDatabase = async (url: string, statements: readonly Statement[]): Promise<Measured> => {
  const { pool, close } = openDatabase(url, { connections: 1 });
  try {
    let before = 0;
    const times = await timeRuns(
      counts,
      async () => {
        for (const { sql, parameters } of statements) await pool.query(sql, [...parameters]);
      },
      () => {
        before = ownProcessorTime();
      },
    );
    return summed(times, ownProcessorTime() - before);
  } finally {
    await close();
  }
};

const summed = (times: readonly number[], processor: number): Measured => ({
  p50: percentile(times, 0.5),
  p99: percentile(times, 0.99),
  processor: processor / times.length,
});
