import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, expect, type Page, test } from '@playwright/test';
import { chromiumFlags, requireChromium } from '../scripts/chromium.ts';
import { addDays, chinaDay } from '../src/platform/dates.ts';
import { collectFaults, expectSound, type Line, openLine, signInAs } from './support.ts';

// One phone through all of it: what one test leaves on it, the next one finds.
test.describe.configure({ mode: 'serial' });

const slots = [1, 2, 3, 4];
const role = 'subject-lead';
let line: Line;
let profile: string;
let phone: BrowserContext;
let day: string;

const call = async (page: Page, endpoint: string, input: unknown) => {
  const answer = await page.request.post(`/rpc/classroom/${endpoint}`, { data: { json: input } });
  expect(answer.ok(), `${endpoint}: ${answer.status()}`).toBe(true);
  return (await answer.json()).json;
};

/** Starts the browser of the phone, with whatever its last run left on it. */
const startPhone = async (): Promise<Page> => {
  phone = await chromium.launchPersistentContext(profile, {
    executablePath: requireChromium(),
    args: [...chromiumFlags],
    baseURL: line.url,
    serviceWorkers: 'allow',
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
  });
  if (day !== undefined) await phone.clock.setFixedTime(new Date(`${day}T00:20:00Z`));
  return phone.pages()[0] ?? phone.newPage();
};

const restartPhone = async (): Promise<Page> => {
  await phone.close();
  return startPhone();
};

/** The latest day whose first four slots are all taught, and in which the person has not observed yet. */
const freeMorning = async (page: Page): Promise<string> => {
  const today = chinaDay(new Date());
  for (let back = 0; back < 60; back += 1) {
    const dayOn = addDays(today, -back);
    const { isTeachingDay } = await call(page, 'startObservation', { dayOn });
    if (!isTeachingDay) continue;
    const { rows } = await call(page, 'listMyObservations', { from: dayOn, to: dayOn, limit: 50 });
    const taught = await Promise.all(
      slots.map(async (slot) => (await call(page, 'startObservation', { dayOn, slot })).lessons.length > 0),
    );
    if (rows.length === 0 && taught.every(Boolean)) return dayOn;
  }
  throw new Error('the demonstration has no morning of four lessons in the last 60 days');
};

const write = async (page: Page, topic: string): Promise<void> => {
  await page.locator('.lesson-choice button').first().click();
  await page.getByLabel('课题').fill(topic);
  await page.getByRole('radio', { name: '新授课' }).click();
  await page.locator('.criterion').first().getByRole('button', { name: '做得好' }).click();
  await page.getByLabel('优点').fill('学生能说出理由。');
  await page.getByLabel('建议').fill('多给后排学生机会。');
};
const finish = (page: Page): Promise<void> => page.getByRole('button', { name: '完成', exact: true }).click();
const onlyHere = (page: Page) => page.locator('.outbox').getByText('仅在本机', { exact: true });

test.beforeAll(async () => {
  line = await openLine(process.env['YANXUN_E2E_DEMO_URL'] ?? '');
  profile = mkdtempSync(join(tmpdir(), 'yanxun-phone-'));
});
test.afterAll(async () => {
  await phone.close();
  await line.cut();
  rmSync(profile, { recursive: true, force: true });
});

test('four lessons in a row without a network, the browser restarted in between', async () => {
  let page = await startPhone();
  await signInAs(page, role);
  day = await freeMorning(page);
  await phone.clock.setFixedTime(new Date(`${day}T00:20:00Z`));
  const worker = await page.request.get('/service-worker.js');
  expect(worker.headers()['cache-control']).toBe('no-cache');
  expect(worker.headers()['content-security-policy']).toContain("default-src 'self'");
  expect((await page.request.get('/manifest.webmanifest')).headers()['content-type']).toContain('manifest');
  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect
    .poll(() => page.evaluate(() => Object.keys(localStorage).some((key) => key.includes('copy:pocket'))))
    .toBe(true);

  await line.cut();
  page = await restartPhone();
  await page.goto('/observations');
  await page.getByRole('button', { name: '开始听课' }).click();
  for (const slot of slots) {
    await write(page, `离线第${slot}节`);
    await finish(page);
    await expect(page.getByRole('heading', { name: '已完成，仅在本机' })).toBeVisible();
    if (slot === 1) await expectSound(page, 'finished without a network');
    if (slot < 4) await page.getByRole('button', { name: `下一节（第${slot + 1}节）` }).click();
  }
  await page.getByRole('link', { name: '回到听课' }).click();
  await expect(onlyHere(page)).toHaveCount(4);
  await expectSound(page, 'list of what is only here');

  await page.getByRole('link', { name: /离线第2节/ }).click();
  await page.getByRole('button', { name: '继续修改' }).click();
  await page.getByLabel('不足').fill('讲得略多。');
  await finish(page);
  await expect(page.getByRole('heading', { name: '已完成，仅在本机' })).toBeVisible();

  page = await restartPhone();
  await page.goto('/');
  await expect(onlyHere(page)).toHaveCount(4);
  await expect(page.getByText('离线第4节')).toBeVisible();
  await expect(page.getByText('没有网络：听课照常记在本机')).toBeVisible();
  await expectSound(page, 'first screen without a network');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('the line comes back to an ended session: nothing is lost, and each record arrives once', async () => {
  const page = phone.pages()[0] ?? (await phone.newPage());
  await phone.clearCookies();
  await line.mend();
  const expired = page.getByRole('dialog', { name: '登录已过期' });
  await expect(async () => {
    // The page may have tried by itself already.
    if (!(await expired.isVisible()))
      await page.getByRole('button', { name: '全部立即重试' }).click({ timeout: 1000 });
    await expect(expired).toBeVisible({ timeout: 2000 });
  }).toPass();
  await expect(onlyHere(page)).toHaveCount(4);
  await signInAs(page, role);
  await page.reload();
  await expect(page.getByText(/^已收到（回执号 \d+）$/)).toHaveCount(4, { timeout: 20_000 });
  await expect(onlyHere(page)).toHaveCount(0);
  await expectSound(page, 'receipts');
  const { rows } = await call(page, 'listMyObservations', { from: day, to: day, limit: 50 });
  expect(
    rows.map(({ topic, state }: { topic: string; state: string }) => `${topic} ${state}`).sort(),
  ).toEqual(slots.map((slot) => `离线第${slot}节 finalised`));
  expect(new Set(rows.map(({ receipt }: { receipt: number }) => receipt)).size).toBe(4);
  const second = rows.find(({ slotFrom }: { slotFrom: number }) => slotFrom === 2);
  expect((await call(page, 'getObservation', { id: second.id })).content.toImprove).toBe('讲得略多。');
  await page.goto(`/observations/${second.id}`);
  await expect(page.getByText(`已收到（回执号 ${second.receipt}）`)).toBeVisible();
});

test('a record that is refused says why and stays; as a file it reaches the district, and goes singly', async ({
  page: desk,
}) => {
  const page = phone.pages()[0] ?? (await phone.newPage());
  const faults = collectFaults(desk);
  await page.goto('/observations');
  await page.getByRole('button', { name: '开始听课' }).click();
  // The server proposes by its own clock; in an hour without lessons the slot is asked for at once.
  await page.getByText(/^核对或更正/).click();
  await page.getByLabel('节次').first().selectOption('1');
  await write(page, '又记了一次第1节');
  await expect(page.getByText(/已收到（回执号 \d+）/)).toBeVisible();
  await line.cut();
  await page.getByLabel('不足').fill('断网后补的一句。');
  await finish(page);
  await expect(page.getByRole('heading', { name: '已完成，仅在本机' })).toBeVisible();
  await page.getByRole('button', { name: '下一节（第2节）' }).click();
  await write(page, '还没有写完');
  await page.getByRole('link', { name: '‹ 听课' }).click();
  await expect(onlyHere(page)).toHaveCount(2);
  const unsent = page.locator('.outbox li', { hasText: '还没有写完' });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    unsent.getByRole('button', { name: '导出成文件' }).click(),
  ]);
  const file = readFileSync(await download.path(), 'utf8');
  expect(JSON.parse(file)).toMatchObject({
    kind: 'yanxun-observation',
    record: { content: { topic: '还没有写完' } },
  });
  await unsent.getByRole('button', { name: '删去本机这一份' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '删去', exact: true }).click();
  await expect(onlyHere(page)).toHaveCount(1);
  await line.mend();
  await page.getByRole('button', { name: '立即重试' }).click();
  await expect(page.getByText(/同一节课不能记两次/)).toBeVisible();
  await expect(page.getByText('仅在本机，没有被收下')).toBeVisible();
  await expectSound(page, 'a refused record');

  await signInAs(desk, 'system');
  await desk.setViewportSize({ width: 360, height: 740 });
  await desk.goto('/observations/import');
  const choose = (text: string): Promise<void> =>
    desk
      .getByLabel('从手机导出的文件（.json）')
      .setInputFiles({ name: 'record.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await choose(file.slice(0, 100));
  await expect(desk.getByText(/已损坏或不完整/)).toBeVisible();
  await choose(file);
  await expectSound(desk, 'preview of a stuck record');
  await desk.getByRole('button', { name: '导入为草稿' }).click();
  await expect(desk.getByText(/已导入为.+的草稿，已收到（回执号 \d+）/)).toBeVisible();
  await choose(file);
  await choose(`${file}\n`);
  await expect(desk.getByText(/已经收到（回执号 \d+），不必再导入/)).toBeVisible();
  expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);

  await page.goto('/observations');
  await page.getByRole('button', { name: '删去本机这一份' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '删去', exact: true }).click();
  await expect(page.locator('.outbox')).toHaveCount(0);
  const { rows } = await call(page, 'listMyObservations', {
    from: day,
    to: day,
    states: ['draft'],
    limit: 50,
  });
  expect(rows.map(({ topic }: { topic: string }) => topic).sort()).toEqual(
    ['又记了一次第1节', '还没有写完'].sort(),
  );
});

test('a walk along the corridor begins and ends without a network', async () => {
  let page = phone.pages()[0] ?? (await phone.newPage());
  day = chinaDay(new Date());
  await phone.clock.setFixedTime(new Date(`${day}T00:20:00Z`));
  await signInAs(page, 'vice-principal');
  await page.goto('/');
  await expect(page.getByText('教学副校长').first()).toBeVisible();
  // The others of this phone walk nowhere: theirs holds no classroom.
  await expect
    .poll(() =>
      page.evaluate(() =>
        Object.entries(localStorage).some(
          ([key, value]) => key.includes('copy:patrol-start') && String(value).includes('classLabel'),
        ),
      ),
    )
    .toBe(true);

  await line.cut();
  page = await restartPhone();
  await page.goto('/patrols');
  const begin = page.getByRole('button', { name: '开始巡课' });
  await expect(begin).toBeVisible({ timeout: 20_000 });
  const reason = page.getByLabel('这一天按校历不上课，巡课的原因');
  if (await reason.isVisible()) await reason.fill('周末补课班巡查');
  await begin.click();
  const doors = page.locator('.patrol-tap');
  for (const room of [0, 1, 2]) await doors.nth(room).click();
  await expect(page.getByText(/只在本机（3 间待发送/)).toBeVisible();
  await page.getByRole('button', { name: '结束巡课' }).click();
  await expect(page.getByText(/只在本机/)).toBeVisible();
  await expectSound(page, 'a patrol without a network');
  await line.mend();
  await page.goto('/patrols');
  await expect(page.getByText(/巡课 3 间，0 间有记录/).first()).toBeVisible({ timeout: 30_000 });
});
