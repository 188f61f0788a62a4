import { expect, type Page, test } from '@playwright/test';
import type { DemoRole } from '../src/modules/accounts/demo-sign-in/contract.ts';
import { makeXlsx } from '../src/platform/spreadsheet/testing.ts';
import { collectFaults, expectSound, openPage, phone, signInAs } from './support.ts';

const as = async (page: Page, role: DemoRole, path: string): Promise<void> => {
  await signInAs(page, role);
  await openPage(page, path);
};

/** As people make it: merged cells, and what is the same as above left out. */
const book = (publisher: string, lastHours: string): Buffer =>
  makeXlsx([
    {
      name: '三年级上册',
      rows: [
        ['小学数学教材目录'],
        ['科目', '年级', '版本', '修订年', '册次', '单元', '课序号', '课题', '课时'],
        ['数学', '三年级', publisher, '2025', '上', '第一单元 时分秒', '1', '秒的认识', '1'],
        ['', '', '', '', '', '', '2', '时间的计算', '2课时'],
        ['', '', '', '', '', '第二单元 测量', '1', '毫米、分米', lastHours],
      ],
      merges: ['A3:A5', 'B3:B5', 'C3:C5'],
    },
  ]);

const bring = async (page: Page, name: string, buffer: Buffer): Promise<void> => {
  await page.getByLabel('教材目录文件').setInputFiles({
    name,
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer,
  });
  await expect(page.getByText('以下是预览，还没有写入。')).toBeVisible();
};

test.describe('on a phone', () => {
  test.use(phone);

  test('a list of textbooks is looked at, written, chosen for a school year and seen in the tree', async ({
    page,
  }) => {
    const faults = collectFaults(page);
    const publisher = `某版${Date.now().toString(36)}`;
    await as(page, 'core-lead', '/textbooks/import');
    await expectSound(page, 'the page to import textbooks');
    await bring(page, '目录.xlsx', book(publisher, '一两'));
    await expect(page.getByText(/没有看懂课时“一两”，请写成整数/).first()).toBeVisible();
    await expectSound(page, 'a preview with a question');
    await page.getByRole('button', { name: '放弃这份目录' }).click();
    await expect(page.getByText('已放弃。')).toBeVisible();

    await bring(page, '目录.xlsx', book(publisher, '3'));
    await page.getByRole('button', { name: '导入这 7 项' }).click();
    await expect(page.getByText('已写入：新增 7，变更 0，停用 0。')).toBeVisible();
    await openPage(page, '/textbooks/import');
    await bring(page, '又一次.xlsx', book(publisher, '3'));
    await expect(page.getByRole('button', { name: '没有要写入的' })).toBeDisabled();

    await openPage(page, '/textbooks');
    await page.getByLabel('学年').selectOption({ index: 0 });
    await expect(page.getByText('待确认').first()).toBeVisible();
    await page.getByRole('button', { name: '三年级选择版本' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('版本').selectOption({ label: `${publisher}（2025年修订）` });
    await expectSound(page, 'the dialog to choose an edition');
    await dialog.getByRole('button', { name: '保存' }).click();
    await expect(page.getByText('已保存。')).toBeVisible();
    await page.getByRole('button', { name: '一年级沿用上学年的版本' }).click();
    await expect(page.getByText('已确认。')).toBeVisible();
    const volume = page.locator('details').filter({ hasText: `${publisher}（2025年修订）该学年使用` });
    await volume.locator('summary').first().click();
    const unit = volume.locator('details').filter({ hasText: '第一单元 时分秒' });
    await unit.locator('summary').click();
    await expect(unit.getByText('第2课 时间的计算')).toBeVisible();
    await expect(unit.getByText('3 课时')).toBeVisible();
    await expectSound(page, 'the tree of textbooks');
    expect(faults).toEqual([]);
  });
});

test('an edition is withdrawn with its reason and restored; others only read', async ({ page }) => {
  // An edition of its own: what it withdraws nobody else uses.
  const publisher = `停用版${Date.now().toString(36)}`;
  await as(page, 'core-lead', '/textbooks/import');
  await bring(page, '要停用的目录.xlsx', book(publisher, '3'));
  await page.getByRole('button', { name: '导入这 7 项' }).click();
  await expect(page.getByText('已写入：新增 7，变更 0，停用 0。')).toBeVisible();
  await openPage(page, '/textbooks');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '下载目录表' }).click();
  expect((await download).suggestedFilename()).toBe('教材目录.xlsx');
  const name = `${publisher}（2025年修订）`;
  await page.getByRole('button', { name: `停用${name}` }).click();
  await page.getByRole('dialog').getByLabel('原因').fill('改用新的修订版');
  await expectSound(page, 'the dialog to withdraw an edition');
  await page.getByRole('dialog').getByRole('button', { name: '停用', exact: true }).click();
  await expect(page.getByText('改用新的修订版')).toBeVisible();
  await page.getByRole('button', { name: `恢复${name}` }).click();
  await expect(page.getByText('已恢复使用。')).toBeVisible();

  await as(page, 'teacher', '/textbooks');
  await expect(page.getByRole('heading', { name: /使用的版本$/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /版本$|^停用|^恢复/ })).toHaveCount(0);
  await expect(page.getByRole('link', { name: '导入目录' })).toHaveCount(0);
});

test('competencies by subject; a later standard is added beside the one of 2022', async ({ page }) => {
  await as(page, 'teacher', '/competencies');
  await expect(page.getByRole('heading', { name: '小学的表现（11）' })).toBeVisible();
  await page.getByLabel('学科').selectOption({ label: '音乐' });
  await expect(page.getByText('音乐属于艺术课程标准，核心素养见“艺术”。')).toBeVisible();
  await expect(page.getByRole('button', { name: '登记新的版本' })).toHaveCount(0);

  await as(page, 'core-lead', '/competencies');
  await page.getByRole('button', { name: '登记新的版本' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('学科').selectOption({ label: '数学' });
  await dialog.getByLabel('课程标准的年份').fill('2022');
  await expectSound(page, 'the dialog to add competencies');
  await dialog.getByRole('button', { name: '登记', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('已登记的版本不改');
  await dialog.getByLabel('课程标准的年份').fill('2031');
  await dialog.getByRole('button', { name: '登记', exact: true }).click();
  await expect(page.getByText('已登记。')).toBeVisible();
  await page.getByLabel('学科').selectOption({ label: '数学' });
  await expect(page.getByRole('heading', { name: '数学（2031年版）' })).toBeVisible();
  await expect(page.getByText('旧版')).toBeVisible();
});
