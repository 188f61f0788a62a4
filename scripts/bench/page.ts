import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from '@playwright/test';
import { contextWith, deskScreen, phoneScreen, withBrowser } from '../browser.ts';
import { startServer } from '../child-server.ts';
import { demoSession } from '../demo-session.ts';
import { type BenchResult, median, rounded } from './measure.ts';
import { inTemporaryDirectory } from './temporary-directory.ts';

const runs = 3;
/** What the issue allows, in bytes of JavaScript, gzip. */
const allowed = { phoneFirstScreen: 200_000, observationForm: 260_000 };

/** Slow 4G as Lighthouse applies it to a browser: 150 ms round trip, 1.6 Mbit/s down, 0.75 up. */
const slow4g = {
  offline: false,
  latency: 562.5,
  downloadThroughput: (1.6 * 1_000_000 * 0.9) / 8,
  uploadThroughput: (0.75 * 1_000_000 * 0.9) / 8,
};

interface Screen {
  readonly name: string;
  readonly role: string;
  readonly path: string;
  readonly screen: typeof phoneScreen | typeof deskScreen;
}

/** A record nobody knows yet: the form opens empty. */
const newObservation = '/observations/0193583f-0000-7000-8000-000000000001/edit?new=1';

const screens: readonly Screen[] = [
  { name: 'principal', role: 'principal', path: '/', screen: phoneScreen },
  { name: 'observationForm', role: 'principal', path: newObservation, screen: phoneScreen },
  { name: 'teacher', role: 'teacher', path: '/', screen: phoneScreen },
  { name: 'subjectLead', role: 'subject-lead', path: '/', screen: phoneScreen },
  { name: 'researchOfficer', role: 'research-officer', path: '/', screen: deskScreen },
  { name: 'leadingGroup', role: 'leading-group', path: '/', screen: deskScreen },
  { name: 'administrator', role: 'system', path: '/', screen: deskScreen },
];

interface Visit {
  readonly scripts: ReadonlySet<string>;
  readonly paintedSeconds: number;
}

/** First visits with an empty cache: JavaScript in bytes (gzip), and the largest paint at 4× slower CPU on slow 4G. */
export const benchPage = (): Promise<BenchResult> =>
  inTemporaryDirectory(async (directory) => {
    const server = await startServer({ demo: true, directory });
    try {
      return await withBrowser(async (browser) => {
        const figures: Record<string, number> = {};
        const kilobytes = new Map<string, number>();
        for (const one of screens) {
          const cookie = await demoSession(server.url, one.role);
          const visits: Visit[] = [];
          for (let run = 0; run < runs; run += 1)
            visits.push(await visit(browser, one, { url: server.url, cookie }));
          const bytes = [...new Set(visits.flatMap(({ scripts }) => [...scripts]))]
            .map(gzipSize)
            .reduce((sum, size) => sum + size, 0);
          kilobytes.set(one.name, bytes);
          figures[`${one.name}ScriptKB`] = rounded(bytes / 1000, 1);
          figures[`${one.name}LcpSeconds`] = rounded(
            median(visits.map(({ paintedSeconds }) => paintedSeconds)),
          );
        }
        return {
          figures,
          ratios: {
            phoneFirstScreenToAllowed: rounded((kilobytes.get('principal') ?? 0) / allowed.phoneFirstScreen),
            observationFormToAllowed: rounded(
              (kilobytes.get('observationForm') ?? 0) / allowed.observationForm,
            ),
          },
        };
      });
    } finally {
      await server.stop();
    }
  });

const visit = async (
  browser: Browser,
  { path, screen }: Screen,
  session: { readonly url: string; readonly cookie: string },
): Promise<Visit> => {
  const context = await contextWith(browser, screen, session);
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', slow4g);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    const scripts = new Set<string>();
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.add(new URL(response.url()).pathname);
    });
    const quiet = whenQuiet(page);
    await page.goto(`${session.url}${path}`, { timeout: 60_000 });
    await page.locator('main h1').first().waitFor({ timeout: 60_000 });
    await quiet();
    return { scripts, paintedSeconds: (await largestPaint(page)) / 1000 };
  } finally {
    await context.close();
  }
};

const quietFor = 2000;

/** Resolves once nothing has been asked for or answered for a while: a slowed page pauses between its requests. */
const whenQuiet = (page: Page): (() => Promise<void>) => {
  let open = 0;
  let changedAt = performance.now();
  const change = (by: number) => () => {
    open += by;
    changedAt = performance.now();
  };
  page.on('request', change(1));
  page.on('requestfinished', change(-1));
  page.on('requestfailed', change(-1));
  const deadline = performance.now() + 60_000;
  return async () => {
    for (;;) {
      if (open === 0 && performance.now() - changedAt > quietFor) return;
      if (performance.now() > deadline) throw new Error(`${page.url()} never came to rest`);
      await page.waitForTimeout(100);
    }
  };
};

const largestPaint = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        });
      }),
  );

const gzipSize = (path: string): number => {
  const file = join('dist/web', path);
  return existsSync(`${file}.gz`)
    ? readFileSync(`${file}.gz`).length
    : gzipSync(readFileSync(file), { level: 9 }).length;
};
