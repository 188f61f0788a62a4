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
  await page.getByRole('row').getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: /语文|一年级|上册/ }).first()).toBeVisible();
  await expectSound(page, 'the unit grid on a desk');
  await as(page, 'teacher', '/library/grid');
  await expect(page.getByText('空缺').first()).toBeVisible();
  await expect(page.getByRole('link', { name: '开始编写' })).toHaveCount(0);
});
