import { connect, createServer, type Server, type Socket } from 'node:net';
import { expect, type Locator, type Page } from '@playwright/test';
import axe from 'axe-core';
import type { DemoRole } from '../src/modules/accounts/demo-sign-in/contract.ts';

const fromEnvironment = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run the specs with npm run e2e`);
  return value;
};

/** The server that was started for the first time on the notice's data. */
export const firstStart = () => ({
  url: fromEnvironment('YANXUN_E2E_FIRST_URL'),
  administrator: fromEnvironment('YANXUN_E2E_ADMIN_NAME'),
  oneTimePassword: fromEnvironment('YANXUN_E2E_ADMIN_PASSWORD'),
});

/** A name of this machine that a browser does not trust as it trusts `localhost`: plain HTTP in a school's network. */
export const nameInTheLan = 'yanxun.test';

/** For `test.use(phone)`; without it a spec runs at 1440 × 900. */
export const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const;

/** Enters the demonstration as one of its roles; the page is not opened yet. */
export const signInAs = async (page: Page, role: DemoRole): Promise<void> => {
  const answer = await page.request.post('/rpc/demoSignIn/signInAsDemo', { data: { json: { role } } });
  expect(answer.ok(), `signing in as ${role}: ${answer.status()}`).toBe(true);
};

/** Every page the signed-in person's navigation leads to, the first screen and the own account included. */
export const pagesInNavigation = async (page: Page): Promise<string[]> => {
  await page.goto('/');
  const links = page.locator('nav[aria-label="主导航"] a');
  await links.first().waitFor({ state: 'attached' });
  const paths = await links.evaluateAll((anchors) =>
    anchors.map((anchor) => anchor.getAttribute('href') ?? '/'),
  );
  return [...new Set(['/', ...paths, '/account'])];
};

/** Opens a page and waits until nothing on it is loading. */
export const openPage = async (page: Page, path: string): Promise<void> => {
  await page.goto(path);
  await page.locator('main').waitFor();
  await page.waitForLoadState('networkidle');
};

/** Collects what the browser complains about from now on: errors of the console and of scripts. */
export const collectFaults = (page: Page): string[] => {
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => faults.push(error.message));
  return faults;
};

/** Counts what a piece of work asks of a person: taps, and characters typed. */
export const countEffort = (page: Page) => {
  const effort = { taps: 0, characters: 0 };
  return {
    effort,
    tap: async (target: Locator): Promise<void> => {
      effort.taps += 1;
      await target.click();
    },
    type: async (text: string): Promise<void> => {
      effort.characters += text.length;
      await page.keyboard.type(text);
    },
  };
};

/** The page itself does not scroll sideways. */
export const expectToFit = async (page: Page, where: string): Promise<void> => {
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wider, `${where} scrolls sideways by`).toBeLessThanOrEqual(0);
};

/** Axe objects to nothing on the page as it stands. No page has frames. Its code is brought in once for a page. */
const expectAccessible = async (page: Page, where: string): Promise<void> => {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const inPage = await page.evaluateHandle<typeof axe>('axe');
  const violations = await inPage.evaluate(async (here) => {
    const answer = await here.run(document, { resultTypes: ['violations'] });
    return answer.violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ target, html }) => ({ target: target.map(String), html })),
    }));
  });
  const found = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ target, html }) => `${target.join(' ')} ${html}`).join('\n  ')}`,
  );
  expect(found, where).toEqual([]);
};

export const expectSound = async (page: Page, where: string): Promise<void> => {
  await page.locator('h1').first().waitFor();
  await expectToFit(page, where);
  await expectAccessible(page, where);
};

const widths = [
  { width: 360, height: 740 },
  { width: 1440, height: 900 },
] as const;

/** The page as it stands is sound at the width of a phone and at that of a desk; it is left as it was. */
export const expectSoundAtBothWidths = async (page: Page, where: string): Promise<void> => {
  const before = page.viewportSize();
  for (const size of widths) {
    await page.setViewportSize(size);
    await expectSound(page, `${where} at ${size.width} px`);
  }
  if (before !== null) await page.setViewportSize(before);
};

export interface Line {
  /** On this machine, so that a browser trusts it as it trusts HTTPS. */
  readonly url: string;
  /** From now on nothing is answered, and nobody is there to be asked. */
  readonly cut: () => Promise<void>;
  readonly mend: () => Promise<void>;
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

/** A line to the server that can be cut, as in a corridor without a network. */
export const openLine = async (to: string): Promise<Line> => {
  const target = new URL(to);
  const sockets = new Set<Socket>();
  const keep = (socket: Socket, other: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      other.destroy();
    });
  };
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    keep(near, far);
    keep(far, near);
    near.pipe(far);
    far.pipe(near);
  });
  await listen(server, 0);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    cut: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
    mend: () => listen(server, port),
  };
};
