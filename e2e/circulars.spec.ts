import { expect, type Page, test } from '@playwright/test';
import type { DemoRole } from '../src/modules/accounts/demo-sign-in/contract.ts';
import { collectFaults, expectSound, openPage, phone, signInAs } from './support.ts';

const as = async (page: Page, role: DemoRole, path: string): Promise<void> => {
  await signInAs(page, role);
  await openPage(page, path);
};

test('a notice goes from draft to the reader: written, checked by another, signed, numbered, read', async ({
  page,
}) => {
  const title = `关于报送研训工作计划的通知（${Date.now()}）`;
  await as(page, 'research-officer', '/circulars');
  await page.getByRole('button', { name: '拟通知' }).click();
  await page.getByLabel('标题').fill(title);
  await page.getByRole('button', { name: '开始写' }).click();
  await expect(page.getByRole('heading', { name: '修改公文' })).toBeVisible();
  await page.getByLabel('正文').first().fill('请各校于月底前报送。');
  await page.getByRole('button', { name: '加标题' }).click();
  await page.getByLabel('标题文字').fill('报送要求');
  await expectSound(page, 'the editor');
  // Nothing typed is lost by a reload.
  await page.reload();
  await expect(page.getByLabel('标题文字')).toHaveValue('报送要求');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByRole('heading', { name: '一、报送要求' })).toBeVisible();
  await expect(page.getByText('（草稿，印发时编号）')).toBeVisible();
  await expect(page.getByRole('button', { name: '核稿通过' })).toHaveCount(0);
  const address = new URL(page.url()).pathname;

  await as(page, 'core-lead', address);
  await page.getByRole('button', { name: '核稿通过' }).click();
  await expect(page.getByText('已核稿，待签发')).toBeVisible();

  await as(page, 'leading-group', address);
  await page.getByRole('button', { name: '签发', exact: true }).click();
  await page.getByRole('button', { name: '编号印发' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '编号印发' }).click();
  await expect(page.getByText(/云教研字〔\d{4}〕\d+号/)).toBeVisible();
  await expectSound(page, 'an issued circular');
  for (const [kind, type] of [
    ['docx', 'officedocument.wordprocessingml'],
    ['pdf', 'application/pdf'],
  ]) {
    const file = await page.request.get(`/files${address}/${kind}`);
    expect(file.status(), kind).toBe(200);
    expect(file.headers()['content-type'], kind).toContain(type);
  }

  await as(page, 'principal', '/');
  await page.getByRole('link', { name: title }).click();
  await expect(page.getByText('您已阅读')).toBeVisible();
  await as(page, 'teacher', address);
  await expect(page.getByRole('alert')).toBeVisible();
});

test('a second bulletin of a month leads to the first', async ({ page }) => {
  const faults = collectFaults(page);
  await as(page, 'research-officer', '/circulars');
  await page.getByRole('button', { name: '拟本月通报' }).click();
  await page.getByRole('button', { name: '生成草稿' }).click();
  await page.getByRole('link', { name: '打开已有的这一份' }).click();
  await expect(page.getByRole('heading', { name: /校长听课分析指导情况的通报$/ }).first()).toBeVisible();
  await expect(page.getByRole('heading', { name: /典型问题$/ })).toBeVisible();
  expect(faults.filter((fault) => !fault.includes('409'))).toEqual([]);
});

test('a term’s bulletin on findings is drafted from the figures and opens their rows', async ({ page }) => {
  const faults = collectFaults(page);
  await as(page, 'research-officer', '/circulars');
  await page.getByRole('button', { name: '拟本月通报' }).click();
  await page.getByRole('radio', { name: '问题整改' }).click();
  await page.getByRole('radio', { name: '所在学期' }).click();
  await expectSound(page, 'the dialog of a new bulletin');
  await page.getByRole('button', { name: '生成草稿' }).click();
  await expect(page.getByRole('heading', { name: '修改公文' })).toBeVisible();
  await page.getByRole('link', { name: '回到公文' }).click();
  await expect(page.getByRole('heading', { name: /学期问题整改情况的通报$/ }).first()).toBeVisible();
  await expect(page.getByRole('region', { name: '各校问题整改情况' })).toBeVisible();
  await expectSound(page, 'the bulletin on findings');
  await page.getByRole('link', { name: '打开计入统计的问题，核对数字' }).click();
  await expect(page.getByText(/^只列：/)).toBeVisible();
  expect(faults).toEqual([]);
});

test.describe('on a phone', () => {
  test.use(phone);

  test('a principal reads the bulletin', async ({ page }) => {
    await as(page, 'principal', '/circulars');
    await page
      .getByRole('link', { name: /校长听课分析指导情况的通报$/ })
      .first()
      .click();
    await expect(page.locator('.paper-number')).toHaveText(/^云教研字〔\d{4}〕\d+号$/);
    await expectSound(page, 'the bulletin on a phone');
  });
});
