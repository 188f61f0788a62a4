import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import { authenticate } from '#modules/accounts/session/actions.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import { type Database, openDatabase } from '#platform/database/database.ts';
import type { DB } from '#platform/database/tables.ts';
import { chinaDay } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';

export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** The SQL that an action runs for the session behind a cookie, by running it once. */
export const learnStatements = async (
  url: string,
  cookie: string,
  act: (context: ActionContext<Actor>) => Promise<void>,
): Promise<Statement[]> => {
  const { pool, db, close } = openDatabase(url, { connections: 1 });
  try {
    const statements: Statement[] = [];
    const listening: Database = new Kysely<DB>({
      dialect: new PostgresDialect({ pool }),
      plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
      log: ({ query }) => {
        statements.push({ sql: query.sql, parameters: query.parameters });
      },
    });
    await act(await contextOf(db, listening, cookie));
    return statements;
  } finally {
    await close();
  }
};

/** As the server makes it for the session behind a cookie. */
const contextOf = async (
  db: Database,
  listening: Database,
  cookie: string,
): Promise<ActionContext<Actor>> => {
  const now = new Date();
  const token = decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1));
  const caller = await authenticate(db)(token, { address: '127.0.0.1', now });
  if (caller === null) throw new Error('the session of the demonstration is not known to its database');
  return {
    db: listening,
    ...caller,
    now,
    today: chinaDay(now),
    request: {
      endpoint: 'bench',
      address: '127.0.0.1',
      device: 'bench',
      idempotencyKey: undefined,
      now,
      setSessionToken: () => {},
    },
  };
};
