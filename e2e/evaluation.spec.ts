import { expect, type Page, test } from '@playwright/test';
import { expectSound, openPage, phone, signInAs } from './support.ts';

const numberIn = (text: string | null): number => Number(/\d+/.exec(text ?? '')?.[0] ?? Number.NaN);

const allRows = async (page: Page): Promise<void> => {
  const more = page.getByRole('button', { name: '再看一些' });
  const rows = page.locator('tbody tr');
  await rows.first().waitFor();
  while ((await more.count()) > 0) {
    const before = await rows.count();
    await more.click();
    await expect.poll(() => rows.count()).toBeGreaterThan(before);
    await page.waitForLoadState('networkidle');
  }
};

test.describe('on a phone', () => {
  test.use(phone);

  test('the principal’s number opens the records that make it', async ({ page }) => {
    await signInAs(page, 'principal');
    // Other specs finalise records of the same principal: number and rows are of one moment or read again.
    await expect(async () => {
      await openPage(page, '/');
      await expect(page.getByText('/ 170 节')).toBeVisible();
      const number = page.locator('.count-number a').first();
      const done = numberIn(await number.textContent());
      await number.click();
      await allRows(page);
      await expect(page.getByText(`合计 ${done} 节`)).toBeVisible();
    }).toPass({ timeout: 120_000 });
    await expectSound(page, 'the rows behind a figure');
    await page.locator('tbody a').first().click();
    await expect(page).toHaveURL(/\/observations\//);
  });

  test('each week, grade and subject sums to the whole', async ({ page }) => {
    await signInAs(page, 'principal');
    await openPage(page, '/progress');
    const done = numberIn(await page.locator('.count-number').first().textContent());
    for (const title of ['按年级', '按学科']) {
      const lessons = await page
        .locator('div', { has: page.locator(`> h3:text("${title}")`) })
        .last()
        .getByRole('link')
        .allTextContents();
      expect(
        lessons.reduce((sum, text) => sum + numberIn(text), 0),
        title,
      ).toBe(done);
    }
    await page.getByText('看数字').click();
    const weeks = await page.locator('.bars table a').allTextContents();
    expect(weeks.reduce((sum, text) => sum + Number(text), 0)).toBe(done);
  });
});

test('the school’s ten items: numbers only where records stand behind them', async ({ page }) => {
  await signInAs(page, 'principal');
  await openPage(page, '/evaluation');
  await expect(page.locator('.item-anchor')).toHaveCount(10);
  await expect(page.getByText('有数据来源', { exact: true })).toHaveCount(4);
  await expect(page.locator('#E4').getByText('170 节，五(一)4')).toBeVisible();
  for (const code of ['E2', 'E5', 'E9']) await expect(page.locator(`#${code} td`)).toHaveCount(0);
  await expect(page.locator('#E9')).toContainText('不计算、不显示学校之间的排名');
});

test('the district’s total is the sum of its units, which stand by name', async ({ page }) => {
  await signInAs(page, 'leading-group');
  await openPage(page, '/progress/district');
  await expect(page.locator('tbody tr', { has: page.locator('td.cell-lead') })).toHaveCount(39);
  const total = numberIn(await page.locator('.figure-value').first().textContent());
  const units = await page.locator('tbody td[data-label="已听"]').allTextContents();
  expect(units.reduce((sum, text) => sum + Number(text), 0)).toBe(total);
  await page.locator('tbody td[data-label="校长"] a').first().click();
  await expect(page.getByText('区级只看节数，不看听课内容')).toBeVisible();
  await expect(page.locator('.count-number a')).toHaveCount(0);
});

test('a target set for one principal is seen, and ended again', async ({ page }) => {
  await signInAs(page, 'leading-group');
  await openPage(page, '/progress/district');
  const name = (await page.locator('tbody td[data-label="校长"] a').last().textContent()) ?? '';
  await openPage(page, '/targets');
  await page.getByRole('button', { name: '设定目标' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /^校长/ }).fill(name);
  await dialog
    .getByRole('button', { name: new RegExp(`^${name}（.*校长`) })
    .first()
    .click();
  await dialog.getByLabel('每学期听课节数').fill('80');
  await dialog.getByLabel('依据').fill('领导小组决定');
  await dialog.getByRole('button', { name: '设定', exact: true }).click();
  const row = page.locator('tbody tr', { hasText: name });
  await expect(row).toContainText('每学期80 节');
  await row.getByRole('button', { name: '取消单独目标' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '取消单独目标' }).click();
  await expect(page.locator('tbody tr', { hasText: name })).toHaveCount(0);
});
