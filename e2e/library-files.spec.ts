import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import type { DemoRole } from '../src/modules/accounts/demo-sign-in/contract.ts';
import { aWordLesson } from '../src/modules/library/word-start/testing.ts';
import { makePng } from '../src/platform/word/testing.ts';
import { collectFaults, expectSound, openPage, phone, signInAs } from './support.ts';

const as = async (page: Page, role: DemoRole, path: string): Promise<void> => {
  await signInAs(page, role);
  await openPage(page, path);
};

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Presses a download and gives what comes. */
const downloaded = async (page: Page, name: string): Promise<{ name: string; bytes: Buffer }> => {
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name, exact: true }).click();
  const download = await coming;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
};

test('a lesson in Word is brought, looked at, begun, written on and taken home again', async ({ page }) => {
  const faults = collectFaults(page);
  const title = `分数的初步认识${Date.now().toString(36)}`;
  await as(page, 'core-member', '/library/new');
  const file = page.getByLabel('Word 文件', { exact: true });
  await file.setInputFiles({ name: '旧教案.docx', mimeType: docx, buffer: Buffer.from('不是 Word') });
  await expect(page.getByRole('alert')).toContainText('.docx');
  await file.setInputFiles({ name: '教案.docx', mimeType: docx, buffer: aWordLesson({ title }) });
  await expect(page.getByRole('heading', { name: '读到的内容：教案.docx' })).toBeVisible();
  await expect(page.getByLabel('标题')).toHaveValue(title);
  await expect(page.getByLabel('学科')).toHaveValue('mathematics');
  await expect(page.getByLabel('年级')).toHaveValue('3');
  await page.getByText('看全文').click();
  await expect(page.locator('details .katex').first()).toBeVisible();
  await expectSound(page, 'the preview of a Word file');
  await page.getByLabel('“课前三分钟”放到').selectOption({ label: '板书设计' });
  await page.getByRole('button', { name: '开始编写' }).click();

  await expect(page).toHaveURL(/\/library\/rounds\//u);
  const board = page.locator('#section-board');
  const pictures = board.locator('img.design-picture');
  await expect(pictures).toHaveCount(1);
  await expect
    .poll(() => pictures.first().evaluate((shown) => shown instanceof HTMLImageElement && shown.naturalWidth))
    .toBe(60);
  await expect(board).toContainText('口算接力');
  await expect(page.locator('.draft .katex').first()).toBeVisible();
  await board.getByRole('textbox').click();
  await page
    .locator('input[type=file][accept^="image/png"]')
    .setInputFiles({ name: '新图.png', mimeType: 'image/png', buffer: makePng(30, 30) });
  await expect(pictures).toHaveCount(2);

  const word = await downloaded(page, '下载 Word');
  expect(word.name).toBe(`${title}.docx`);
  expect(word.bytes.subarray(0, 2).toString()).toBe('PK');
  const pdf = await downloaded(page, '下载 PDF');
  expect(pdf.name).toBe(`${title}.pdf`);
  expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
});

test('what a printed design holds otherwise than the page is said where it was asked for', async ({
  page,
}) => {
  const faults = collectFaults(page);
  await as(page, 'core-member', '/library');
  const started = await page.request.post('/rpc/library/startItem', {
    headers: { 'idempotency-key': crypto.randomUUID(), origin: new URL(page.url()).origin },
    data: {
      json: {
        kind: 'lesson-design',
        title: '写错的公式',
        stage: 'primary',
        subject: 'mathematics',
        grade: 3,
        volumeId: null,
        unitId: null,
        lessonId: null,
        schoolId: null,
        shared: true,
        content: {
          sections: [
            {
              key: 'board',
              title: '板书设计',
              body: {
                form: 'text',
                blocks: [
                  {
                    type: 'paragraph',
                    content: [
                      { type: 'inlineMath', attrs: { latex: '\\frac{1' } },
                      { type: 'picture', attrs: { file: '0'.repeat(64), alt: '', width: null } },
                    ],
                  },
                ],
              },
            },
          ],
        },
      },
    },
  });
  expect(started.status(), await started.text()).toBe(200);
  const { json } = await started.json();
  await openPage(page, `/library/rounds/${json.roundId}`);
  const word = await downloaded(page, '下载 Word');
  expect(word.name).toBe('写错的公式.docx');
  const said = page.getByRole('status').filter({ hasText: '文件已下载' });
  await expect(said).toContainText('1 个公式写法有误');
  await expect(said).toContainText('1 张图片找不到');
  await expectSound(page, 'a download with something to say');
  expect(faults.filter((fault) => !fault.includes('404'))).toEqual([]);
});

test.describe('on a phone', () => {
  test.use(phone);

  test('files and netdisk links hang on an item, are looked at and taken away', async ({ page }) => {
    const faults = collectFaults(page);
    await as(page, 'core-member', '/library/new');
    await page.getByLabel('标题').fill(`带附件的设计${Date.now().toString(36)}`);
    await page.getByLabel('学科').selectOption({ label: '数学' });
    await page.getByLabel('年级').selectOption({ label: '三年级' });
    await page.getByRole('button', { name: '开始编写' }).click();
    await page.getByRole('link', { name: '‹ 资源' }).click();
    await expect(page).toHaveURL(/\/library\/items\//u);
    const panel = page.locator('section.panel').filter({ hasText: /^附件/u });
    const name = `学习单${Date.now().toString(36)}.png`;
    await panel
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'image/png', buffer: makePng(40, 30) });
    await expect(panel.getByRole('link', { name })).toBeVisible();
    const shown = panel.getByRole('img', { name });
    await shown.evaluate((picture) => picture.scrollIntoView({ block: 'center' }));
    await expect(shown).toBeVisible();
    await panel.getByRole('button', { name: '添加网盘链接' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('名称').fill('课堂实录');
    await dialog.getByLabel(/^链接/u).fill('https://pan.baidu.com/s/1abc 提取码: ab12');
    await expectSound(page, 'the dialog for a netdisk link');
    await dialog.getByRole('button', { name: '添加' }).click();
    await expect(panel.getByText('提取码 ab12')).toBeVisible();
    await expectSound(page, 'an item with attachments');
    for (const gone of [name, '课堂实录']) {
      await panel.getByRole('button', { name: `移除 ${gone}` }).click();
      await page.getByRole('dialog').getByRole('button', { name: '移除', exact: true }).click();
      await expect(panel.getByRole('link', { name: gone })).toHaveCount(0);
    }
    expect(faults).toEqual([]);
  });
});
