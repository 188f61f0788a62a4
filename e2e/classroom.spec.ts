import { expect, type Locator, type Page, test } from '@playwright/test';
import type { DemoRole } from '../src/modules/accounts/demo-sign-in/contract.ts';
import { addDays, chinaClock, chinaDay } from '../src/platform/dates.ts';
import { collectFaults, countEffort, expectSound, signInAs } from './support.ts';

// As on a phone in a corridor; `isMobile` is left out because it scales the page while typing.
test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

const call = async (page: Page, endpoint: string, input: unknown) => {
  const answer = await page.request.post(`/rpc/classroom/${endpoint}`, { data: { json: input } });
  expect(answer.ok(), `${endpoint}: ${answer.status()}`).toBe(true);
  return (await answer.json()).json;
};

/** Signs in on the latest day on which this slot is taught and the person has not observed in it yet. */
const onTeachingDay = async (page: Page, role: DemoRole): Promise<void> => {
  await signInAs(page, role);
  const today = chinaDay(new Date());
  for (let back = 0; back < 60; back += 1) {
    const dayOn = addDays(today, -back);
    const { isTeachingDay, lessons, slot } = await call(page, 'startObservation', { dayOn });
    const { rows } = await call(page, 'listMyObservations', { from: dayOn, to: dayOn, limit: 50 });
    const taken = rows.some(
      (row: { slotFrom: number; slotTo: number }) => row.slotFrom <= slot && slot <= row.slotTo,
    );
    if (!isTeachingDay || lessons.length === 0 || taken) continue;
    // The hour stays the server's: both propose by the clock.
    await page.clock.setFixedTime(new Date(`${dayOn}T${chinaClock(new Date())}:00+08:00`));
    return;
  }
  throw new Error('the demonstration has no lesson to observe in the last 60 days');
};

const begin = async (page: Page): Promise<void> => {
  await page.goto('/observations');
  await page.getByRole('button', { name: '开始听课' }).click();
  await page.locator('.lesson-choice button').first().click();
  await expect(page.getByText(/^已保存/)).toBeVisible();
};

const localDrafts = (page: Page): Promise<number> =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('observation:')).length);

test('a short record takes at most 14 taps and 40 characters, and comes back as feedback', async ({
  page,
}) => {
  const faults = collectFaults(page);
  await onTeachingDay(page, 'principal');
  await page.goto('/observations');
  await expectSound(page, 'start page');
  const { effort, tap, type } = countEffort(page);
  await tap(page.getByRole('button', { name: '开始听课' }));
  await page.locator('.lesson-choice button').first().click();
  await tap(page.getByLabel('课题'));
  await type('分数的初步认识');
  await tap(page.getByRole('radio', { name: '新授课' }));
  const criterion = (number: number): Locator => page.locator('.criterion').nth(number - 1);
  await tap(criterion(1).getByRole('button', { name: '做得好' }));
  await tap(criterion(4).getByRole('button', { name: '部分做到' }));
  await tap(page.getByLabel('第 4 条的依据'));
  await type('追问“为什么”两次');
  await tap(page.getByLabel('优点'));
  await type('学生能说出理由。');
  await tap(page.getByLabel('建议'));
  await type('多给后排学生机会。');
  await expectSound(page, 'observation form');
  await tap(page.getByRole('button', { name: '完成' }));
  await expect(page.getByRole('button', { name: '反馈给老师' })).toBeVisible();
  expect(effort.taps).toBeLessThanOrEqual(14);
  expect(effort.characters).toBeLessThanOrEqual(40);
  expect(await localDrafts(page)).toBe(0);
  await page.getByRole('button', { name: '反馈给老师' }).click();
  await expect(page.getByRole('heading', { name: '商定的改进' })).toBeVisible();
  await expectSound(page, 'finalised record');
  await page.goto('/observations/mine');
  await expect(page.getByText('《分数的初步认识》').first()).toBeVisible();
  expect(faults).toEqual([]);
});

test('what is missing is said where it is missing, and nothing is lost', async ({ page }) => {
  await onTeachingDay(page, 'vice-principal');
  await begin(page);
  await page.getByLabel('优点').fill('开课目标清楚。');
  await page.getByRole('button', { name: '完成' }).click();
  await expect(page.getByText('请填写课题', { exact: true })).toBeVisible();
  await expect(page.getByText('请选择课型', { exact: true })).toBeVisible();
  await expect(page.getByText(/至少 2 项各写一句话/).last()).toBeVisible();
  await expect(page.getByLabel('优点')).toHaveValue('开课目标清楚。');
  await page.getByRole('button', { name: '删去这份草稿' }).click();
  await expect(page).toHaveURL(/\/observations$/);
});

test('a dead line keeps the text on the phone, over a reload, until the server has it', async ({ page }) => {
  await onTeachingDay(page, 'vice-principal');
  await begin(page);
  await expect(page).toHaveURL(/\/edit$/);
  const dead = '**/rpc/classroom/saveDraft';
  await page.route(dead, (route) => route.abort());
  await page.getByLabel('建议').fill('线路断了也要留住这句话。');
  await expect(page.getByText(/尚未保存，正在重试/)).toBeVisible();
  expect(await localDrafts(page)).toBe(1);
  await page.reload();
  await expect(page.getByLabel('建议')).toHaveValue('线路断了也要留住这句话。');
  await page.unroute(dead);
  await expect(page.getByText(/^已保存/)).toBeVisible({ timeout: 15_000 });
  expect(await localDrafts(page)).toBe(0);
  await page.reload();
  await expect(page.getByLabel('建议')).toHaveValue('线路断了也要留住这句话。');
  await page.getByRole('button', { name: '删去这份草稿' }).click();
});

test('an ended session asks to sign in on the spot and the text stays', async ({ page, context }) => {
  await onTeachingDay(page, 'vice-principal');
  await begin(page);
  await context.clearCookies();
  await page.getByLabel('不足').fill('讲得略多，学生活动不足。');
  await expect(page.getByRole('dialog', { name: '登录已过期' })).toBeVisible();
  await signInAs(page, 'vice-principal');
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(page.getByLabel('不足')).toHaveValue('讲得略多，学生活动不足。');
  await expect(page.getByText(/^已保存/)).toBeVisible();
  await page.getByRole('button', { name: '删去这份草稿' }).click();
});

test('a copy changed elsewhere is shown and not overwritten', async ({ page, context }) => {
  await onTeachingDay(page, 'vice-principal');
  await begin(page);
  await expect(page).toHaveURL(/\/edit$/);
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByLabel('优点').fill('平板上写的这一句。');
  await expect(other.getByText(/^已保存/)).toBeVisible();
  await page.getByLabel('优点').fill('手机上写的那一句。');
  await expect(page.getByRole('button', { name: '以本页为准' })).toBeVisible();
  await expect(page.getByText('平板上写的这一句。')).toBeVisible();
  await expect(page.getByLabel('优点')).toHaveValue('手机上写的那一句。');
  await expectSound(page, 'conflict');
  await page.getByRole('button', { name: '以本页为准' }).click();
  await expect(page.getByText(/^已保存/)).toBeVisible();
  await other.close();
  await page.getByRole('button', { name: '删去这份草稿' }).click();
});

test('a teacher reads what was said and replies', async ({ page }) => {
  await signInAs(page, 'teacher');
  await page.goto('/observations/feedback');
  await page.locator('main .link-list a').first().click();
  await page.getByLabel('我的回复').fill('谢谢，下周先写再说。');
  await expectSound(page, 'feedback');
  await page.getByRole('button', { name: '送出回复' }).click();
  await expect(page.getByText('谢谢，下周先写再说。').first()).toBeVisible();
  await expect(page.getByLabel('我的回复')).toHaveValue('');
});
