import { expect, type Page, test } from '@playwright/test';
import type { DemoRole } from '../src/modules/accounts/demo-sign-in/contract.ts';
import { collectFaults, expectSound, openPage, phone, signInAs } from './support.ts';

const as = async (page: Page, role: DemoRole, path: string): Promise<void> => {
  await signInAs(page, role);
  await openPage(page, path);
};

test.describe('on a phone', () => {
  test.use(phone);

  test('an empty cell starts its design, which is in work from then on and says what is missing', async ({
    page,
  }) => {
    const faults = collectFaults(page);
    await as(page, 'core-lead', '/library/grid');
    await expectSound(page, 'the unit grid on a phone');
    // Which of them is still empty is the demonstration's own affair.
    const start = page.getByRole('link', { name: /^编写.*的(?:单元教学设计|单元质量评价)$/ }).last();
    const label = (await start.getAttribute('aria-label')) ?? '';
    const [, unit = '', part = ''] = /^编写(.*)的(单元教学设计|单元质量评价)$/.exec(label) ?? [];
    await start.click();
    await expect(page.getByLabel('种类')).toHaveValue(
      part === '单元教学设计' ? 'unit-design' : 'unit-assessment',
    );
    const title = `整体设计${Date.now().toString(36)}`;
    await page.getByLabel('标题').fill(title);
    await page.getByRole('button', { name: '开始编写' }).click();
    await page.getByText('教—学—评一致性与时间核对').click();
    await expect(page.getByText(/还没有写目标/)).toBeVisible();
    await expectSound(page, 'the panel of consistency');
    await openPage(page, '/library/grid');
    const row = page.getByRole('row').filter({ hasText: unit });
    await expect(row.getByRole('link', { name: title })).toBeVisible();
    await expect(row.getByText('编写中').first()).toBeVisible();
    expect(faults).toEqual([]);
  });
});

test('the leading group sees every subject in its order, and a teacher the grid without what is being written', async ({
  page,
}) => {
  await as(page, 'leading-group', '/library/grid/subjects');
  await expectSound(page, 'completeness over subjects');
  const [first] = await page.getByRole('row').getByRole('link').allTextContents();
  expect(first).toMatch(/^语文/);
  const listed = page.locator('main a[href^="/library/items/"]');
  const used = page.getByRole('link', { name: /^\d+ 份$/ }).last();
  const outside = Number.parseInt((await used.textContent()) ?? '', 10);
  await used.click();
  await expect(page.getByText('只列在编写人所在学校以外用起来的区级资源')).toBeVisible();
  // Another spec may put one more to use meanwhile.
  await expect.poll(() => listed.count()).toBeGreaterThanOrEqual(outside);
  await page.goBack();
  await page.getByRole('row').getByRole('link').first().click();
  await expect(page.getByLabel('学科')).toHaveValue('chinese');
  await expect(page.getByLabel('年级')).toHaveValue('1');
  await expectSound(page, 'the unit grid on a desk');
  // The figure and the cells it opens are as many, and the way back leads out of it again.
  const empty = page.getByRole('link', { name: /^空缺/ });
  const count = Number(/\d+/.exec((await empty.textContent()) ?? '')?.[0]);
  const cells = page.locator('.grid-cell').getByText('空缺', { exact: true });
  const all = page.locator('.grid-cell');
  await expect(cells).toHaveCount(count);
  const before = await all.count();
  expect(before).toBeGreaterThan(count);
  await empty.click();
  await expect(all).toHaveCount(count);
  await page.goBack();
  await expect(all).toHaveCount(before);
  await as(page, 'teacher', '/library/grid');
  await expect(page.locator('.grid-cell').getByText('空缺', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('link', { name: /^编写(?!中).*的/ })).toHaveCount(0);
});
