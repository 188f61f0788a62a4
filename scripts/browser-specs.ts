import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureWebBuilt } from '#platform/web-build.ts';
import { type ChildServer, startServer } from './child-server.ts';
import { requireChromium } from './chromium.ts';
import { inSteps, run } from './steps.ts';

/**
 * Runs the browser specs against two servers of their own: one started for the first time on the
 * notice's data, one on the demonstration district. True when all passed.
 */
export const browserSpecs = async (files: readonly string[] = []): Promise<boolean> => {
  const directory = mkdtempSync(join(tmpdir(), 'yanxun-e2e-'));
  const servers: ChildServer[] = [];
  const start = async (demo: boolean): Promise<ChildServer> => {
    const server = await startServer({ demo, directory: join(directory, demo ? 'demo' : 'first') });
    servers.push(server);
    return server;
  };
  try {
    return await inSteps([
      [
        'browser specs',
        async () => {
          const chromium = requireChromium();
          // Both would build it at the same time.
          await ensureWebBuilt('.', console.log);
          const [first, demo] = await both(start(false), start(true));
          await run('playwright', ['test', '-c', 'e2e/playwright.config.ts', ...files], {
            CHROMIUM_PATH: chromium,
            YANXUN_E2E_DEMO_URL: demo.url,
            YANXUN_E2E_FIRST_URL: first.url,
            ...firstAdministrator(first.output()),
          });
        },
      ],
    ]);
  } finally {
    for (const server of servers) await server.stop();
    rmSync(directory, { recursive: true, force: true });
  }
};

/** Waits for both also when one fails: what has started is stopped. */
const both = async <Value>(one: Promise<Value>, other: Promise<Value>): Promise<[Value, Value]> => {
  await Promise.allSettled([one, other]);
  return [await one, await other];
};

const firstAdministrator = (output: string): Record<string, string> => {
  const [, name, password] = /系统管理员：(\S+)\s+一次性密码：([^（\s]+)/u.exec(output) ?? [];
  if (name === undefined || password === undefined)
    throw new Error(`the first start named no administrator:\n${output}`);
  return { YANXUN_E2E_ADMIN_NAME: name, YANXUN_E2E_ADMIN_PASSWORD: password };
};
