import { expect, test } from '@playwright/test';
import { collectFaults, expectSound, openPage, phone, signInAs } from './support.ts';

test.use(phone);

test('an item is found by a part of its title, by first letters and from what is offered, and opened', async ({
  page,
}) => {
  const faults = collectFaults(page);
  const mark = Date.now().toString(36);
  const title = `两位数乘丹顶鹤${mark}`;
  await signInAs(page, 'core-lead');
  await openPage(page, '/library/new');
  await page.getByLabel('标题').fill(title);
  await page.getByLabel('学科').selectOption({ index: 1 });
  await page.getByLabel('年级').selectOption({ index: 1 });
  await page.getByRole('button', { name: '开始编写' }).click();
  await page.waitForURL(/\/library\/rounds\//);

  await openPage(page, '/library');
  const field = page.getByLabel('找资源');
  await field.fill('没有这样的题目');
  await field.press('Enter');
  await expect(page.getByText('没有找到“没有这样的题目”。')).toBeVisible();
  await expectSound(page, 'a search without hits');
  await page.getByRole('button', { name: '清除' }).click();
  await expect(field).toHaveValue('');

  await field.fill(`丹顶鹤${mark}`);
  const offered = page.getByRole('option', { name: title });
  await expect(offered).toBeVisible();
  await expectSound(page, 'titles that are offered');
  await field.press('ArrowDown');
  await expect(offered).toHaveAttribute('aria-selected', 'true');
  await field.press('Enter');
  await expect(field).toHaveValue(title);
  await expect(offered).toBeHidden();
  await expect(page.getByText('找到 1 份，最相符的在前。')).toBeVisible();

  await field.fill(`教案 ${mark}`);
  await page.getByRole('button', { name: '搜索' }).click();
  const found = page.getByRole('link', { name: new RegExp(title) });
  await expect(found.locator('mark')).toHaveText([mark]);
  await expectSound(page, 'a search with a hit');
  // What was typed stands in the address: the way back leads to it.
  await found.click();
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
  await page.goBack();
  await expect(field).toHaveValue(`教案 ${mark}`);
  await field.fill('lwscdd');
  await field.press('Enter');
  await expect(page.getByRole('link', { name: new RegExp(title) })).toBeVisible();
  expect(faults).toEqual([]);
});

test('a published design is found by its text, by what teachers call it and by its letters; the subject is one’s own', async ({
  page,
}) => {
  const faults = collectFaults(page);
  const title = '两位数乘两位数（第1课时）';
  await signInAs(page, 'teacher');
  await openPage(page, '/library');
  const field = page.getByLabel('找资源');
  const found = page.getByRole('link', { name: title });
  const search = async (typed: string): Promise<void> => {
    await field.fill(typed);
    await field.press('Enter');
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe(typed);
  };
  // One's own subject comes first; it is one of the filters, and may be let go.
  await search('左边点子图');
  const own = page.getByRole('button', { name: /^不限“/ });
  await expect(own).toHaveCount(1);
  await own.click();
  await expect(page).toHaveURL(/subject=all/);
  // Of the text alone: the words around the hit are shown.
  await expect(found.locator('.excerpt mark')).toHaveText('左边点子图');
  for (const typed of ['教案 左边点子图', '教学设计 左边点子图', 'liangweishucheng', 'lwscl']) {
    await search(typed);
    await expect(found, typed).toBeVisible();
  }
  await search('试卷 左边点子图');
  await expect(page.getByText('没有找到“试卷 左边点子图”。')).toBeVisible();
  // The way back leads through what was looked for.
  await page.goBack();
  await expect(field).toHaveValue('lwscl');
  expect(faults).toEqual([]);
});
