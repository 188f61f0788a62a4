/**
 * `node scripts/screenshots.ts` writes the README's pictures into docs/images; with `--all DIR`, every page of
 * every role at both widths into DIR instead. Starts a demonstration of its own, or takes the running one of
 * `--url ADDRESS`.
 */
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from '@playwright/test';
import { demoRoles } from '#modules/accounts/demo-sign-in/contract.ts';
import { inTemporaryDirectory } from './bench/temporary-directory.ts';
import { contextWith, deskScreen, phoneScreen, withBrowser } from './browser.ts';
import { startServer } from './child-server.ts';
import { demoSession } from './demo-session.ts';

interface Picture {
  readonly file: string;
  readonly role: string;
  readonly path: string;
  /** Which link of the page to follow first. */
  readonly follow?: string;
  readonly screen: typeof phoneScreen | typeof deskScreen;
}

const readmePictures: readonly Picture[] = [
  { file: 'principal-phone.png', role: 'principal', path: '/', screen: phoneScreen },
  { file: 'unit-grid.png', role: 'research-officer', path: '/library/grid', screen: deskScreen },
  { file: 'district-progress.png', role: 'leading-group', path: '/progress/district', screen: deskScreen },
  {
    file: 'coverage-matrix.png',
    role: 'research-officer',
    path: '/coverage',
    follow: 'main a[href^="/coverage/"]',
    screen: deskScreen,
  },
];
const largestPicture = 200_000;
/** Of one role at one width. */
const mostPages = 60;

const settle = async (page: Page, address: string): Promise<void> => {
  await page.goto(address, { waitUntil: 'networkidle' });
  await page.locator('h1').first().waitFor();
  await page.evaluate(async () => {
    await document.fonts.ready;
  });
};

const takeForReadme = async (browser: Browser, url: string): Promise<void> => {
  mkdirSync('docs/images', { recursive: true });
  for (const { file, role, path, follow, screen } of readmePictures) {
    const target = join('docs/images', file);
    const cookie = await demoSession(url, role);
    // As sharp as the limit allows.
    for (const sharpness of [2, 1.5, 1]) {
      const context = await contextWith(browser, screen, { url, cookie }, sharpness);
      const page = await context.newPage();
      await settle(page, `${url}${path}`);
      if (follow !== undefined) {
        const link = await page.locator(follow).first().getAttribute('href');
        await settle(page, `${url}${link ?? path}`);
      }
      await page.screenshot({ path: target, animations: 'disabled' });
      await context.close();
      if (statSync(target).size <= largestPicture) break;
    }
    const { size } = statSync(target);
    if (size > largestPicture) throw new Error(`${target} is ${size} bytes, more than ${largestPicture}`);
    console.log(`${target} ${Math.round(size / 1000)} kB`);
  }
};

const idPattern = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Of the links on a page, one of each kind: what differs only in an id is one page. */
const linksOnPage = async (page: Page): Promise<string[]> => {
  const links = await page
    .locator('main a[href^="/"]:not([href^="/files/"])')
    .evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute('href') ?? '/'));
  return [...new Map(links.map((link) => [link.split('?')[0]?.replace(idPattern, ''), link])).values()];
};

const pathsOf = async (page: Page, url: string): Promise<string[]> => {
  await settle(page, url);
  const links = await page
    .locator('nav[aria-label="主导航"] a')
    .evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute('href') ?? '/'));
  return [...new Set(['/', ...links, '/account'])];
};

const takeAll = async (browser: Browser, url: string, directory: string): Promise<void> => {
  mkdirSync(directory, { recursive: true });
  for (const role of demoRoles)
    for (const [width, screen] of [
      [360, phoneScreen],
      [1440, deskScreen],
    ] as const) {
      const context = await contextWith(browser, screen, { url, cookie: await demoSession(url, role) });
      const page = await context.newPage();
      const paths = await pathsOf(page, url);
      const taken = new Set<string>();
      for (const path of paths) {
        const kind = path.split('?')[0]?.slice(1).replace(idPattern, 'one').replaceAll('/', '-') ?? '';
        if (taken.has(kind) || taken.size >= mostPages) continue;
        taken.add(kind);
        await page.setViewportSize(screen.viewport);
        await settle(page, `${url}${path}`);
        paths.push(...(await linksOnPage(page)));
        const name = kind === '' ? 'home' : kind;
        // A window as high as the page, so that what is fixed to its edges stays there.
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        await page.setViewportSize({ ...screen.viewport, height: Math.max(height, screen.viewport.height) });
        await page.screenshot({ path: join(directory, `${role}-${name}-${width}.png`), fullPage: true });
      }
      await context.close();
      console.log(`${role} at ${width} px`);
    }
};

const { values } = parseArgs({ options: { all: { type: 'string' }, url: { type: 'string' } } });

const take = (url: string): Promise<void> =>
  withBrowser((browser) =>
    values.all === undefined ? takeForReadme(browser, url) : takeAll(browser, url, values.all),
  );

if (values.url === undefined)
  await inTemporaryDirectory(async (directory) => {
    const server = await startServer({ demo: true, directory });
    try {
      await take(server.url);
    } finally {
      await server.stop();
    }
  });
else await take(values.url);
