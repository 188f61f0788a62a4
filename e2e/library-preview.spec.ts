import { expect, type Page, test } from '@playwright/test';
import type { DemoRole } from '../src/modules/accounts/demo-sign-in/contract.ts';
import { aWordLesson } from '../src/modules/library/word-start/testing.ts';
import { makePdf, makeRtf } from '../src/platform/preview/testing.ts';
import { collectFaults, countEffort, expectSound, openPage, phone, signInAs } from './support.ts';

const as = async (page: Page, role: DemoRole, path: string): Promise<void> => {
  await signInAs(page, role);
  await openPage(page, path);
};

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

test.describe('on a phone', () => {
  test.use(phone);

  test('a teacher adds a file with four fields and three taps, reads it in the page and finds it', async ({
    page,
  }) => {
    const faults = collectFaults(page);
    const { effort, tap } = countEffort(page);
    const title = `分数墙${Date.now().toString(36)}`;
    await as(page, 'teacher', '/library');
    await tap(page.getByRole('link', { name: '加一个文件' }));
    const form = page.locator('main form');
    await form.waitFor();
    expect(await form.locator('input, select, textarea').count()).toBeLessThanOrEqual(4);
    await expectSound(page, 'adding a file');
    const choosing = page.waitForEvent('filechooser');
    await tap(form.getByLabel('文件'));
    await (await choosing).setFiles({
      name: `${title}.docx`,
      mimeType: docx,
      buffer: aWordLesson({ title }),
    });
    await expect(form.getByLabel('标题')).toHaveValue(title);
    await expect(form.getByText('已传完')).toBeVisible();
    await tap(form.getByRole('button', { name: '保存' }));
    await expect(page).toHaveURL(/\/library\/items\//u);
    expect(effort).toEqual({ taps: 3, characters: 0 });

    await page.getByRole('button', { name: `在本页看 ${title}.docx` }).click();
    const text = page.getByRole('region', { name: `${title}.docx 的内容` });
    await expect(text).toContainText('口算接力');
    await expect(text.locator('img')).toHaveAttribute('src', /^data:image\/png/u);
    await expectSound(page, 'a Word file read in the page');

    await openPage(page, `/library?subject=all&q=${encodeURIComponent(title)}`);
    await expect(page.getByRole('link', { name: new RegExp(title, 'u') })).toBeVisible();
    await expectSound(page, 'what was added, found');
    expect(faults).toEqual([]);
  });
});

test('a PDF has a picture of its first page; an Office file says how far its pages are', async ({ page }) => {
  const faults = collectFaults(page);
  await as(page, 'core-member', '/library');
  await page.locator('main a[href^="/library/items/"]').first().click();
  const panel = page.locator('section.panel').filter({ hasText: /^附件/u });
  const stamp = Date.now().toString(36);
  const [pdf, rtf] = [`学习单${stamp}.pdf`, `课件${stamp}.rtf`];
  await panel.locator('input[type=file]').setInputFiles([
    { name: pdf, mimeType: 'application/pdf', buffer: makePdf() },
    { name: rtf, mimeType: 'application/rtf', buffer: makeRtf(`good ${stamp}`) },
  ]);
  const rowOf = (name: string) => panel.locator('li').filter({ has: page.getByRole('link', { name }) });
  await expect(rowOf(pdf)).toBeVisible();
  // With LibreOffice it is on its way or there; without it, the page says that the machine has none.
  await expect(
    rowOf(rtf)
      .getByText(/等待转换|转换中|本机未安装文档转换程序/u)
      .or(rowOf(rtf).getByRole('button', { name: `在本页看 ${rtf}` })),
  ).toBeVisible();
  await expect
    .poll(
      async () => {
        await page.reload();
        await panel.waitFor();
        return rowOf(pdf).locator('img.cover').count();
      },
      { timeout: 45_000, intervals: [2_000] },
    )
    .toBe(1);
  await expect
    .poll(() =>
      rowOf(pdf)
        .locator('img.cover')
        .evaluate((shown) => shown instanceof HTMLImageElement && shown.naturalHeight),
    )
    .toBe(480);
  await expectSound(page, 'attachments with their first pages');
  expect(faults).toEqual([]);
});
