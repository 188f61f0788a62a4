import { expect, type Page, test } from '@playwright/test';
import type { DemoRole } from '../src/modules/accounts/demo-sign-in/contract.ts';
import { addDays } from '../src/platform/dates.ts';
import { collectFaults, expectSound, openPage, phone, signInAs } from './support.ts';

const as = async (page: Page, role: DemoRole, path: string): Promise<void> => {
  await signInAs(page, role);
  await openPage(page, path);
};

/** Goes on to the next day with lessons, whatever day the demonstration is looked at. */
const openDayWithLessons = async (page: Page): Promise<void> => {
  const day = page.getByLabel('日期');
  const lessons = page.getByRole('button', { name: /^(?:改|撤销)第\d+节$/ });
  for (let step = 0; step < 80 && (await lessons.count()) === 0; step += 1) {
    const next = addDays(await day.inputValue(), 1);
    const answer = page.waitForResponse(
      (response) =>
        response.url().endsWith('/listDayLessons') && (response.request().postData() ?? '').includes(next),
    );
    await day.fill(next);
    const { json } = await (await answer).json();
    if (json.lessons.length > 0) await lessons.first().waitFor();
  }
};

test('a timetable is pasted, looked at, decided and written once', async ({ page }) => {
  const faults = collectFaults(page);
  await as(page, 'principal', '/timetable');
  await expectSound(page, 'the page to import a timetable');
  const rows = [
    '班级\t星期\t节次\t学科\t教师',
    '三(1)班\t周六\t1\t语文\t查无此人',
    '三(1)班\t周六\t2\t数学\t',
    '三(1)班\t周日\t99\t语文\t',
  ].join('\n');
  await page.getByLabel('或把表格粘贴到这里').fill(rows);
  await page.getByRole('button', { name: '看预览' }).click();
  await expect(page.getByText('以下是预览，还没有写入。')).toBeVisible();
  await expect(page.getByText(/看不出星期或节次/)).toBeVisible();
  await expectSound(page, 'the preview of a timetable');
  const answer = page.getByLabel(/^决定：本校没有叫“查无此人”的教师/);
  await answer.selectOption({ index: 2 });
  await page.getByRole('button', { name: '按决定重新预览' }).click();
  await expect(page.getByText('已按您的决定重新预览。')).toBeVisible();
  await expect(page.getByText(/查无此人/)).toHaveCount(0);
  await page.getByRole('button', { name: /^导入这 \d+ 节$/ }).click();
  await expect(page.getByText(/^已写入：新增 \d+/)).toBeVisible();
  await expect(page.getByRole('button', { name: '没有要写入的' })).toBeDisabled();
  expect(faults).toEqual([]);
});

test('what is no timetable is refused with the reason, and what was pasted stays', async ({ page }) => {
  await as(page, 'principal', '/timetable');
  await page.getByLabel('或把表格粘贴到这里').fill('甲\t乙\n1\t2');
  await page.getByRole('button', { name: '看预览' }).click();
  await expect(page.getByRole('alert')).toContainText('没有找到课表');
  await expect(page.getByLabel('或把表格粘贴到这里')).toHaveValue('甲\t乙\n1\t2');
});

test.describe('on a phone', () => {
  test.use(phone);

  test('a lesson is given to somebody else for a day, and taken back', async ({ page }) => {
    await as(page, 'principal', '/substitutions');
    const change = page.getByRole('button', { name: /^改第\d+节$/ });
    await openDayWithLessons(page);
    await change.first().click();
    const dialog = page.getByRole('dialog');
    await expectSound(page, 'the dialog of a substitution');
    await dialog.getByRole('radio', { name: '和另一节对调' }).check({ force: true });
    const other = dialog.getByLabel('和哪一节对调');
    await expect(other.locator('option')).not.toHaveCount(1);
    await dialog.getByRole('radio', { name: '换教师或学科' }).check({ force: true });
    const staff = dialog.getByLabel('上课教师');
    const registered = page.getByText('已登记代课。');
    const count = await staff.locator('option').count();
    for (let index = 1; index < count && !(await registered.isVisible()); index += 1) {
      await staff.selectOption({ index });
      await dialog.getByRole('button', { name: '登记' }).click();
      await expect(registered.or(dialog.getByRole('alert')).first()).toBeVisible();
    }
    await expect(page.getByText(/^原为/).first()).toBeVisible();
    await expectSound(page, 'the page of substitutions');
    await page
      .getByRole('button', { name: /^撤销第\d+节$/ })
      .first()
      .click();
    await expect(page.getByText('已撤销，恢复原来的课。')).toBeVisible();
  });
});
