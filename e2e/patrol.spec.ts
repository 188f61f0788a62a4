import { expect, type Locator, type Page, test } from '@playwright/test';
import type { DemoRole } from '../src/modules/accounts/demo-sign-in/contract.ts';
import { addDays, chinaDay } from '../src/platform/dates.ts';
import { collectFaults, countEffort, expectSound, signInAs } from './support.ts';

// These specs compare sums with rows that others of this file change.
test.describe.configure({ mode: 'default' });

// As on a phone in a corridor; `isMobile` is left out because it scales the page while typing.
test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

interface Corner {
  readonly dayOn: string;
  readonly slot: number;
  readonly rooms: number;
}

/** The latest day and slot on which twelve classrooms of the person's school have a lesson. */
const busyCorner = async (page: Page): Promise<Corner> => {
  const today = chinaDay(new Date());
  for (let back = 0; back < 30; back += 1)
    for (const slot of [2, 3, 4]) {
      const dayOn = addDays(today, -back);
      const answer = await page.request.post('/rpc/classroom/startPatrol', {
        data: { json: { dayOn, slot } },
      });
      const { isTeachingDay, tiles } = (await answer.json()).json;
      const taught = tiles.filter(({ subject }: { subject: string | null }) => subject !== null);
      if (isTeachingDay && taught.length >= 12) return { dayOn, slot, rooms: tiles.length };
    }
  throw new Error('the demonstration has no corridor of twelve rooms in the last 30 days');
};

const openStart = async (page: Page, role: DemoRole): Promise<Corner> => {
  await signInAs(page, role);
  const corner = await busyCorner(page);
  await page.goto('/patrols');
  await page.getByLabel('日期').fill(corner.dayOn);
  await page.getByLabel('节次').selectOption(String(corner.slot));
  await expect(page.getByText(`${corner.rooms} 间教室`)).toBeVisible();
  return corner;
};

const doors = (page: Page): Locator => page.locator('.patrol-tap');
const start = (page: Page): Locator => page.getByRole('button', { name: '开始巡课' });
const end = (page: Page): Locator => page.getByRole('button', { name: '结束巡课' });
const delivered = (page: Page): Locator => page.getByText(/已送达（回执号 \d{4}）/);
const keptHere = (page: Page): Promise<number> =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('patrol:')).length);

test('twelve rooms with one finding take at most 16 taps and no typing', async ({ page }) => {
  const faults = collectFaults(page);
  await openStart(page, 'principal');
  await expectSound(page, 'start of a patrol');
  const { effort, tap } = countEffort(page);
  await tap(start(page));
  for (let room = 0; room < 11; room += 1) await tap(doors(page).nth(room));
  await tap(page.locator('.patrol-note').nth(11));
  await tap(page.getByRole('button', { name: '迟到', exact: true }));
  await expectSound(page, 'sheet');
  await tap(page.getByRole('button', { name: '记好了' }));
  await expect(page.getByText(/已巡 12 \/ \d+ 间，1 间有记录/)).toBeVisible();
  await expectSound(page, 'running patrol');
  await expect(delivered(page)).toBeVisible();
  await tap(end(page));
  expect(effort.taps).toBeLessThanOrEqual(16);
  expect(effort.characters).toBe(0);
  await expect(page.getByRole('heading', { name: '有记录的教室（1）' })).toBeVisible();
  await expect(page.getByText('巡课 12 间，正常 11 间；迟到 1。')).toBeVisible();
  await expect(page.getByText(/回执号 \d{4}/)).toBeVisible();
  await expect.poll(() => keptHere(page)).toBe(0);
  await expectSound(page, 'finished patrol');
  // One tap hands it to the findings, filled in; it cannot be handed over twice.
  await page.getByRole('button', { name: /^转入问题整改/ }).click();
  const passed = page.getByRole('link', { name: '已转入问题整改（待交办）' });
  await expect(passed).toBeVisible();
  await expect(page.getByRole('button', { name: /^转入问题整改/ })).toBeHidden();
  await expectSound(page, 'a stop that was passed on');
  await passed.click();
  await expect(page.getByText(/节巡课，.*：迟到。$/)).toBeVisible();
  await expect(page.getByRole('button', { name: '交办', exact: true })).toBeVisible();
  await expectSound(page, 'the finding of a patrol');
  await page.getByRole('link', { name: '看这次巡课' }).click();
  await expect(passed).toBeVisible();
  expect(faults).toEqual([]);
});

test('a second tap undoes, a long one notes, and what is serious is said at once', async ({ page }) => {
  await openStart(page, 'vice-principal');
  await start(page).click();
  const first = doors(page).first();
  await first.click();
  await expect(first).toHaveAttribute('aria-pressed', 'true');
  await first.click();
  await expect(first).toHaveAttribute('aria-pressed', 'false');
  await expect(page.getByText(/已巡 0/)).toBeVisible();
  await first.click({ delay: 700 });
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: '睡觉' }).click();
  await sheet.getByLabel('睡觉人数').fill('3');
  await sheet.getByRole('button', { name: '异常情况' }).click();
  await expect(sheet.getByText('请立即当面或打电话报告校长。')).toBeVisible();
  await sheet.getByLabel('说明').fill('窗户玻璃碎裂，已请学生离开窗边。');
  await expectSound(page, 'sheet with a serious matter');
  await sheet.getByRole('button', { name: '记好了' }).click();
  await expect(first).toContainText('睡觉 3 人');
  await expect(page.getByText('请立即当面或打电话报告校长。')).toBeVisible();
  // A room with words in it is opened by a tap, not wiped.
  await first.click();
  await expect(sheet.getByLabel('说明')).toHaveValue('窗户玻璃碎裂，已请学生离开窗边。');
  await sheet.getByRole('button', { name: '撤销这一间' }).click();
  await expect(page.getByText(/已巡 0/)).toBeVisible();
});

test('a cut line and a reload lose nothing, and the receipt comes when the line is back', async ({
  page,
  context,
}) => {
  await openStart(page, 'vice-principal');
  await page.waitForLoadState('networkidle');
  await context.setOffline(true);
  await start(page).click();
  for (const room of [0, 1, 2]) await doors(page).nth(room).click();
  await page.locator('.patrol-note').nth(3).click();
  await page.getByLabel('说明').fill('后门上锁，已请人打开。');
  await page.getByRole('button', { name: '记好了' }).click();
  await expect(page.getByText(/只在本机（4 间待发送/)).toBeVisible();
  expect(await keptHere(page)).toBe(1);
  // The page itself needs the line to load again; the server stays out of reach.
  const dead = '**/rpc/classroom/savePatrol';
  await page.route(dead, (route) => route.abort());
  await context.setOffline(false);
  await page.reload();
  await expect(page.getByText(/已巡 4 \//)).toBeVisible();
  await expect(page.getByText('后门上锁，已请人打开。')).toBeVisible();
  await expect(page.getByText(/只在本机（4 间待发送/)).toBeVisible();
  await end(page).click();
  await expect(page.getByText(/只在本机/)).toBeVisible();
  await page.goto('/patrols');
  await expect(page.getByRole('heading', { name: '本机上的巡课' })).toBeVisible();
  await expectSound(page, 'start with an unsent patrol');
  await page.unroute(dead);
  await page.reload();
  await expect.poll(() => keptHere(page), { timeout: 15_000 }).toBe(0);
  await expect(page.getByRole('heading', { name: '本机上的巡课' })).toBeHidden();
  await page
    .getByText(/巡课 4 间，1 间有记录/)
    .first()
    .click();
  await expect(page.getByText('后门上锁，已请人打开。')).toBeVisible();
  await page.getByText('撤回这次巡课').click();
  await page.getByLabel('撤回的原因').fill('试用');
  await page.getByRole('button', { name: '撤回', exact: true }).click();
  await expect(page.getByText('已撤回，不计入周汇总。原因：试用')).toBeVisible();
});

test('a patrol begun on another device is walked on here, and an ended session asks to sign in', async ({
  page,
  context,
}) => {
  await openStart(page, 'vice-principal');
  await start(page).click();
  await doors(page).first().click();
  await expect(delivered(page)).toBeVisible();
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await expect(page.getByText('还没有结束')).toBeVisible();
  await page.getByRole('button', { name: '接着巡' }).click();
  await expect(page.getByText(/已巡 1 \//)).toBeVisible();
  await context.clearCookies();
  await doors(page).nth(1).click();
  await expect(page.getByRole('dialog', { name: '登录已过期' })).toBeVisible();
  await expect(page.getByText('只在本机：登录已过期，登录后自动发送')).toBeVisible();
  await signInAs(page, 'vice-principal');
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(page.getByText(/已巡 2 \//)).toBeVisible();
  await expect(delivered(page)).toBeVisible();
});

test('a day off needs a reason, and a day to come is refused', async ({ page }) => {
  await openStart(page, 'principal');
  const today = chinaDay(new Date());
  await page.getByLabel('日期').fill(addDays(today, 1));
  await expect(start(page)).toBeEnabled();
  await start(page).click();
  await expect(page.getByText('巡课日期不能晚于今天，请核对日期。')).toBeVisible();
  const sunday = [1, 2, 3, 4, 5, 6, 7]
    .map((back) => addDays(today, -back))
    .find((day) => new Date(`${day}T00:00:00Z`).getUTCDay() === 0);
  await page.getByLabel('日期').fill(sunday ?? today);
  const reason = page.getByLabel(/巡课的原因/);
  await expect(reason).toBeVisible();
  await start(page).click();
  await expect(page.getByText('这一天按校历不上课，请写明巡课的原因。')).toBeVisible();
  await reason.fill('周日返校自习');
  await start(page).click();
  await expect(doors(page).first()).toBeVisible();
  await page.getByRole('button', { name: '不巡了，删去' }).click();
  await expect(page).toHaveURL(/\/patrols$/);
});

test('each figure of the week opens its rows; rota and corridor are kept by the school', async ({ page }) => {
  const faults = collectFaults(page);
  await signInAs(page, 'principal');
  await page.goto('/patrols/week');
  await page.getByRole('button', { name: '上一周' }).click();
  const figure = page.locator('.figure', { hasText: '有记录' });
  await expect(figure).toBeVisible();
  await expectSound(page, 'week');
  const count = Number.parseInt((await figure.locator('.figure-value').innerText()).trim(), 10);
  await figure.click();
  await expect(page.getByRole('heading', { name: '巡课明细' })).toBeVisible();
  await expect(page.locator('tbody tr')).toHaveCount(Math.min(60, count));
  await expectSound(page, 'rows of the week');
  await page.goto('/patrols/setup');
  await page.getByLabel('人员').selectOption({ index: 1 });
  await page.getByLabel('星期').selectOption('6');
  await page.getByRole('button', { name: '排进值班表' }).click();
  await page.getByRole('button', { name: /^移出 周六上午/ }).click();
  await expect(page.getByRole('button', { name: /^移出 周六上午/ })).toBeHidden();
  await page.getByRole('button', { name: /^下移/ }).first().click();
  await page.getByRole('button', { name: '保存路线' }).click();
  await expect(page.getByText('路线已保存')).toBeVisible();
  await expectSound(page, 'setup');
  expect(faults).toEqual([]);
});

test('a teacher who is not on the rota is told whom to ask', async ({ page }) => {
  await signInAs(page, 'teacher');
  await page.goto('/patrols');
  await expect(page.getByText('您不在本校的巡课值班表上。')).toBeVisible();
  await expectSound(page, 'patrols of a teacher');
});
