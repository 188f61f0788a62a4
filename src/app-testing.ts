import { after } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { createTestFiles } from '#platform/files/testing.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { createApp } from './app.ts';

export interface TestApp {
  readonly app: FastifyInstance;
  readonly database: TestDatabase;
}

/** The whole program on a database of the calling test file's own; call it at the top of the file. */
export const startTestApp = async (
  options: { now?: () => Date; demo?: boolean; publicUrl?: string; database?: TestDatabase } = {},
): Promise<TestApp> => {
  const database = options.database ?? (await createTestDatabase());
  const app = await createApp({
    db: database.db,
    files: createTestFiles(),
    webDirectory: null,
    ...(options.now === undefined ? {} : { now: options.now }),
    settings: {
      host: '127.0.0.1',
      port: 0,
      databaseUrl: null,
      dataDirectory: '',
      publicUrl: options.publicUrl ?? null,
      trustedProxies: 0,
      converter: null,
      demo: options.demo ?? false,
    },
  });
  after(() => app.close());
  return { app, database };
};
