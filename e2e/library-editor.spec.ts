import { type Browser, expect as expects, type Locator, type Page, test } from '@playwright/test';
import type { DemoRole } from '../src/modules/accounts/demo-sign-in/contract.ts';
import { aWordLesson } from '../src/modules/library/word-start/testing.ts';
import { collectFaults, expectSound, openLine, phone, signInAs } from './support.ts';

test.use({ actionTimeout: 20_000 });
const expect = expects.configure({ timeout: 20_000 });

const pageOf = async (browser: Browser, role: DemoRole, options = {}): Promise<Page> => {
  const page = await (await browser.newContext(options)).newPage();
  await signInAs(page, role);
  return page;
};

const nameOf = async (page: Page): Promise<string> => {
  const answer = await page.request.post('/rpc/accounts/whoAmI', { data: { json: {} } });
  const { json }: { json: { name: string } } = await answer.json();
  return json.name;
};

const textOf = (page: Page, title: string): Locator =>
  page.getByRole('textbox', { name: title, exact: true });
const saved = (page: Page): Promise<void> =>
  expect(page.getByRole('status').filter({ hasText: '已保存' })).toBeVisible();
const sectionOf = (page: Page, title: string): Locator =>
  page.locator('.draft-section').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
const titles = (page: Page): Promise<string[]> => page.locator('.draft-section-head h2').allTextContents();

/** Keys go to the device one after the other: where the last is, all are. No hand closes a page as fast as a spec. */
const isKeptOnDevice = (page: Page, last: string): Promise<boolean> =>
  page.evaluate(async (letter) => {
    const answerOf = <Answer>(request: IDBRequest<Answer>): Promise<Answer> =>
      new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(new Error('the device does not answer')));
      });
    for (const { name = '' } of await indexedDB.databases()) {
      if (!name.startsWith('yanxun-draft:')) continue;
      const database = await answerOf(indexedDB.open(name));
      const updates = await answerOf(database.transaction('updates').objectStore('updates').getAll());
      database.close();
      if (updates.some((bytes: Uint8Array) => new TextDecoder().decode(bytes).includes(letter))) return true;
    }
    return false;
  }, last);

const begin = async (page: Page, title: string): Promise<string> => {
  await page.goto('/library/new');
  await page.getByLabel('标题').fill(title);
  await page.getByLabel('学科').selectOption({ label: '数学' });
  await page.getByLabel('年级').selectOption({ label: '三年级' });
  await page.getByRole('button', { name: '开始编写' }).click();
  await expect(page).toHaveURL(/\/library\/rounds\//u);
  await expect(textOf(page, '学情分析')).toBeVisible();
  return page.url();
};

const docx = {
  name: '教案.docx',
  mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  buffer: aWordLesson(),
};

test('a draft gets sections of its own, remarks on its cells and sections from Word, at a desk and on a phone', async ({
  browser,
}) => {
  const desk = await pageOf(browser, 'core-member');
  const hand = await pageOf(browser, 'core-member', phone);
  const reviewer = await pageOf(browser, 'core-reviewer', phone);
  const officer = await pageOf(browser, 'core-lead');
  const faults = [desk, hand, reviewer].map((page) => collectFaults(page));
  const url = await begin(desk, `编辑器${Date.now().toString(36)}`);

  await test.step('two people add, move and rename sections at once, and lose nothing', async () => {
    await hand.goto(url);
    await desk.getByRole('button', { name: '加自定义栏目' }).click();
    const dialog = desk.getByRole('dialog');
    await dialog.getByLabel(/^名称/u).fill('学情分析');
    await expect(dialog.getByText('已经有同名的部分')).toBeVisible();
    await dialog.getByLabel(/^名称/u).fill('课前三分钟');
    await dialog.getByLabel('放在').selectOption({ label: '“学情分析”之后' });
    await expectSound(desk, 'the dialog for a section of one’s own');
    await dialog.getByRole('button', { name: '加上' }).click();
    await textOf(desk, '课前三分钟').click();
    await desk.keyboard.type('口算接力。');
    await saved(desk);

    const own = sectionOf(hand, '课前三分钟');
    await expect(own.getByRole('textbox')).toContainText('口算接力。');
    await own.getByRole('button', { name: '调整' }).tap();
    await own.getByRole('button', { name: '上移' }).tap();
    await expect
      .poll(async () => (await titles(desk)).indexOf('课前三分钟'))
      .toBe((await titles(desk)).indexOf('学情分析') - 1);
    // The keyboard alone: what was moved keeps the focus.
    await expect(own.getByRole('button', { name: '上移' })).toBeFocused();
    await hand.keyboard.press('Enter');
    await own.getByRole('button', { name: '改名' }).tap();
    await hand.getByRole('dialog').getByLabel(/^名称/u).fill('每日口算');
    await hand.getByRole('dialog').getByRole('button', { name: '改名' }).tap();
    await expect(sectionOf(desk, '每日口算').getByRole('textbox')).toContainText('口算接力。');
    const form = sectionOf(hand, '学情分析');
    await form.getByRole('button', { name: '调整' }).tap();
    await expect(form.getByRole('button', { name: '改名' })).toHaveCount(0);
    await expect(form.getByRole('button', { name: '删除' })).toHaveCount(0);
    await expectSound(hand, 'a draft on the phone with its sections’ tools');

    await sectionOf(hand, '每日口算').getByRole('button', { name: '删除' }).tap();
    await hand.getByRole('dialog').getByRole('button', { name: '删除' }).tap();
    await expect(sectionOf(desk, '每日口算')).toHaveCount(0);
    await desk.getByText('删掉的自定义栏目（1）').click();
    await desk.getByRole('button', { name: '恢复“每日口算”' }).click();
    await expect(sectionOf(hand, '每日口算').getByRole('textbox')).toContainText('口算接力。');
  });

  await test.step('one section is taken from Word, and given back', async () => {
    await textOf(desk, '板书设计').click();
    await desk.keyboard.type('旧板书');
    const board = sectionOf(desk, '板书设计');
    await board.getByRole('button', { name: '调整' }).click();
    await board.getByRole('button', { name: '从 Word 换入' }).click();
    const dialog = desk.getByRole('dialog');
    await dialog.getByLabel(/Word 文件$/u).setInputFiles({ ...docx, buffer: Buffer.from('不是 Word') });
    await expect(dialog.getByRole('alert')).toContainText('.docx');
    await dialog.getByLabel(/Word 文件$/u).setInputFiles(docx);
    await expect(dialog.getByRole('region', { name: '现在' })).toContainText('旧板书');
    await expect(dialog.getByRole('region', { name: '换入以后' }).locator('img')).toHaveCount(1);
    await expectSound(desk, 'what a Word file would put in');
    await dialog.getByRole('button', { name: '换入', exact: true }).click();
    await expect(board.locator('img.design-picture')).toHaveCount(1);
    await expect(textOf(desk, '板书设计')).not.toContainText('旧板书');
    await desk.getByRole('toolbar').getByRole('button', { name: '撤销' }).click();
    await expect(textOf(desk, '板书设计')).toContainText('旧板书');

    const process = sectionOf(hand, '教学过程');
    await process.getByRole('button', { name: '调整' }).tap();
    await process.getByRole('button', { name: '从 Word 换入' }).tap();
    const small = hand.getByRole('dialog');
    await small.getByLabel(/Word 文件$/u).setInputFiles(docx);
    await expect(small.getByRole('region', { name: '换入以后' })).toContainText('出示一个蛋糕。');
    await expectSound(hand, 'what a Word file would put in, on the phone');
    await small.getByRole('button', { name: '换入', exact: true }).tap();
    await expect(process.getByLabel('教师活动')).toHaveValue('出示一个蛋糕。');
    await process.getByRole('button', { name: '撤销' }).tap();
    await expect(process.getByText('还没有一行。')).toBeVisible();
  });

  await test.step('a passage of a cell is remarked on, the reviewer answers and remarks on another', async () => {
    await textOf(desk, '学情分析').click();
    await desk.keyboard.type('学生分过物品。');
    const goals = sectionOf(desk, '教学目标');
    await goals.getByRole('button', { name: '加一行' }).click();
    await goals.getByLabel('目标').fill('能用分数表示一半。');
    const process = sectionOf(desk, '教学过程');
    await process.getByRole('button', { name: '加一行' }).click();
    await process.getByLabel('环节').fill('分一分');
    const teaching = process.getByLabel('教师活动');
    await teaching.fill('出示一个苹果，请学生平均分。');
    await teaching.evaluate((field) => {
      if (field instanceof HTMLTextAreaElement) field.setSelectionRange(2, 6);
    });
    await process.getByRole('button', { name: '批注第 1 行' }).click();
    await expect(process.getByLabel('批注哪一格')).toHaveValue('teacher');
    await expect(process.locator('blockquote')).toHaveText('一个苹果');
    await process.getByRole('textbox', { name: /^批注/u }).fill('换成能折的圆片？');
    await expectSound(desk, 'a remark on a cell');
    await process.getByRole('button', { name: '发出批注' }).click();
    await expect(process.locator('.field.cell-remarked')).toHaveCount(1);
    // The passage moves with what is written before it.
    await teaching.evaluate((field) => {
      if (field instanceof HTMLTextAreaElement) field.setSelectionRange(0, 0);
    });
    await teaching.pressSequentially('先');
    await process.getByRole('button', { name: '一个苹果' }).click();
    expect(
      await teaching.evaluate((field) =>
        field instanceof HTMLTextAreaElement
          ? field.value.slice(field.selectionStart, field.selectionEnd)
          : '',
      ),
    ).toBe('一个苹果');
    await saved(desk);

    await desk.reload();
    await desk.getByRole('button', { name: '送审' }).click();
    const dialog = desk.getByRole('dialog', { name: '送审' });
    await expect(dialog.getByRole('checkbox', { checked: true })).toHaveCount(2);
    for (const box of await dialog.getByRole('checkbox').all()) await box.uncheck();
    for (const page of [reviewer, officer])
      await dialog.getByRole('checkbox', { name: new RegExp(await nameOf(page), 'u') }).check();
    await dialog.getByRole('button', { name: '送审' }).click();
    await expect(desk.getByText('已送审')).toBeVisible();

    await reviewer.goto(url);
    const read = reviewer.locator('#section-process');
    await expect(read.getByText('换成能折的圆片？')).toBeVisible();
    await expect(read.locator('td.cell-remarked')).toHaveText('先出示一个苹果，请学生平均分。');
    await read.getByRole('button', { name: '批注第 1 行' }).tap();
    await read.getByLabel('批注哪一格').selectOption({ label: '环节' });
    await expect(read.locator('blockquote')).toHaveText('分一分');
    await read.getByRole('textbox', { name: /^批注/u }).fill('写清几分钟。');
    await expectSound(reviewer, 'a reviewer’s remark on a cell, on the phone');
    await read.getByRole('button', { name: '发出批注' }).tap();
    await expect(read.locator('td.cell-remarked')).toHaveCount(2);
    await desk.reload();
    await expect(sectionOf(desk, '教学过程').getByText('写清几分钟。')).toBeVisible();
    await expect(sectionOf(desk, '每日口算')).toContainText('口算接力。');
  });
  expect(faults.flat().filter((fault) => !fault.includes('422'))).toEqual([]);
});

test('what is typed without a line and left with a closed page arrives when the draft opens again', async ({
  browser,
}) => {
  const line = await openLine(process.env['YANXUN_E2E_DEMO_URL'] ?? '');
  const context = await browser.newContext({ baseURL: line.url });
  const page = await context.newPage();
  await signInAs(page, 'core-member');
  const title = `断线${Date.now().toString(36)}`;
  const url = await begin(page, title);
  await saved(page);
  await line.cut();
  await textOf(page, '学情分析').click();
  await page.keyboard.type('没有网络时写的。');
  await page.locator('.draft').getByRole('button', { name: '加自定义栏目' }).click();
  await page.getByRole('dialog').getByLabel(/^名称/u).fill('路上写的');
  await page.getByRole('dialog').getByRole('button', { name: '加上' }).click();
  await expect(page.getByText('网络断开，改动留在本机').first()).toBeVisible();
  await page.close();

  await line.mend();
  const again = await context.newPage();
  await again.goto(url);
  await expect(textOf(again, '学情分析')).toContainText('没有网络时写的。');
  await saved(again);
  const other = await pageOf(browser, 'core-lead');
  await other.goto(new URL(url).pathname);
  await expect(textOf(other, '学情分析')).toContainText('没有网络时写的。');
  await expect(sectionOf(other, '路上写的')).toBeVisible();

  await test.step('a draft that was ended meanwhile shows what did not reach it, to be copied', async () => {
    await line.cut();
    await textOf(again, '学情分析').click();
    await again.keyboard.type('来不及送出的！');
    await expect(again.getByText('网络断开，改动留在本机').first()).toBeVisible();
    await expect.poll(() => isKeptOnDevice(again, '！')).toBe(true);
    await again.close();
    const same = await pageOf(browser, 'core-member');
    await same.goto(new URL(url).pathname);
    await same.getByRole('button', { name: '停止这一轮编写' }).click();
    await same.getByRole('dialog').getByRole('button', { name: '停止', exact: true }).click();
    await expect(same).not.toHaveURL(/rounds/u);
    await line.mend();
    const late = await context.newPage();
    await late.goto(`${line.url}/library`);
    const kept = late.getByRole('status').filter({ hasText: '这台设备上还留着' });
    await kept.getByRole('link', { name: title }).click();
    const left = late.locator('.panel').filter({ hasText: '您断网时写的，没有赶上这一版' });
    await expect(left.locator('ins')).toContainText('来不及送出的！');
    await expectSound(late, 'what was left on a device');
    await left.getByRole('button', { name: '不要了，从本机删除' }).click();
    await late.getByRole('dialog').getByRole('button', { name: '删除', exact: true }).click();
    await expect(left).toHaveCount(0);
    await late.goto(`${line.url}/library`);
    await expect(late.locator('h1')).toHaveText('研训资源库');
    await expect(kept).toHaveCount(0);
  });
  await line.cut();
});
