import { expect, type Locator, type Page, test } from '@playwright/test';
import { collectFaults, expectSound, openPage, signInAs } from './support.ts';

// These specs compare sums with rows that others of this file change.
test.describe.configure({ mode: 'default' });

const numberIn = (text: string | null): number => Number(/\d+/.exec(text ?? '')?.[0] ?? Number.NaN);

test.describe('on a phone', () => {
  // `isMobile` is left out because it scales the page while typing.
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test('a writing check takes a minute: class, subject, five numbers', async ({ page }) => {
    const faults = collectFaults(page);
    await signInAs(page, 'principal');
    await openPage(page, '/writing-checks');
    await expectSound(page, 'writing checks of the school');
    let taps = 0;
    const tap = async (target: Locator): Promise<void> => {
      taps += 1;
      await target.click();
    };
    await tap(page.getByRole('link', { name: '记一次检查' }));
    const choose = async (label: string, index: number): Promise<void> => {
      taps += 2;
      await page.getByLabel(label, { exact: true }).selectOption({ index });
    };
    await choose('班级', 1);
    await choose('学科', 1);
    const type = async (label: string, text: string): Promise<void> => {
      await tap(page.getByLabel(label, { exact: true }));
      await page.keyboard.type(text);
    };
    await type('抽查人数', '20');
    await type('坐姿端正', '15');
    await type('执笔正确', '21');
    await type('字体规范', '18');
    await type('书写整洁', '17');
    await tap(page.getByRole('button', { name: '登记' }));
    // More than were looked at: said beside the number, nothing typed is lost.
    await expect(page.getByText('不能多于抽查人数 20')).toBeVisible();
    await page.reload();
    await expect(page.getByLabel('执笔正确')).toHaveValue('21');
    await page.getByLabel('执笔正确').fill('12');
    await expectSound(page, 'writing check form');
    await tap(page.getByRole('button', { name: '登记' }));
    await expect(page.getByText('12／20（60%）')).toBeVisible();
    expect(taps).toBeLessThanOrEqual(13);
    await expectSound(page, 'writing check');
    await page.getByRole('button', { name: '撤回' }).click();
    await page.getByLabel('撤回原因').fill('练习登记');
    await page.getByRole('button', { name: '撤回这份检查' }).click();
    await expect(page).toHaveURL(/\/writing-checks$/);
    expect(faults).toEqual([]);
  });

  test('homework: too long a day is said with its sum, grade 2 may take none home', async ({ page }) => {
    await signInAs(page, 'principal');
    await openPage(page, '/homework');
    const chooseGrade = async (pattern: RegExp): Promise<boolean> => {
      const options = await page.getByLabel('班级').locator('option').allTextContents();
      const found = options.find((text) => pattern.test(text));
      if (found === undefined) return false;
      await page.getByLabel('班级').selectOption({ label: found });
      await page.getByRole('heading', { name: new RegExp(found.replaceAll(/[()]/g, '.')) }).waitFor();
      return true;
    };
    const minutes = (subject: string): Locator => page.getByLabel(`${subject}书面作业分钟数`);
    expect(await chooseGrade(/^[五八]年级/)).toBe(true);
    await minutes('语文').fill('45');
    await minutes('数学').fill('45');
    await minutes('英语').fill('30');
    await expect(page.getByRole('status').filter({ hasText: '合计 120 分钟' })).toContainText(
      '（各科单独都没有超过）',
    );
    await expectSound(page, 'homework of a class day');
    await page.getByRole('button', { name: '保存' }).click();
    await expect(page.getByText(/登记，第 1 次/)).toBeVisible();
    await minutes('英语').fill('');
    await page.getByRole('button', { name: '保存' }).click();
    await expect(page.getByText(/登记，第 2 次/)).toBeVisible();
    if (await chooseGrade(/^二年级/)) {
      await minutes('语文').fill('10');
      await page.getByLabel('带回家').first().check();
      await page.getByRole('button', { name: '保存' }).click();
      await expect(page.getByRole('alert')).toContainText('不得布置带回家的书面作业');
      await expect(minutes('语文')).toHaveValue('10');
    }
  });
});

const sumOfColumn = async (page: Page, label: string): Promise<number> => {
  const cells = await page.locator(`td[data-label="${label}"]`).allTextContents();
  return cells.reduce((sum, text) => sum + numberIn(text), 0);
};

test('the district sees schools in its usual order, no class, and each number opens its rows', async ({
  page,
}) => {
  const faults = collectFaults(page);
  await signInAs(page, 'research-officer');
  await openPage(page, '/writing-checks');
  await expectSound(page, 'writing checks of the district');
  await expect(page.getByText('只有本校能看到班级')).toHaveCount(0);
  const total = numberIn(await page.locator('.figure-value').first().textContent());
  const schools = page.locator('section', { has: page.getByRole('heading', { name: '各校' }) });
  const cells = await schools.locator('td[data-label="检查"]').allTextContents();
  expect(cells.reduce((sum, text) => sum + numberIn(text), 0)).toBe(total);
  await page.locator('.figure-link').first().click();
  await expect(page.getByText(`共 ${total} 次`)).toBeVisible();
  await expectSound(page, 'rows of writing checks');
  await openPage(page, '/homework/term');
  await expectSound(page, 'homework of the term');
  const over = page.locator('.figure-link').nth(1);
  const overDays = numberIn(await over.locator('.figure-value').textContent());
  await over.click();
  await expect(page.getByText(`共 ${overDays} 班·天`)).toBeVisible();
  await expectSound(page, 'rows of homework');
  expect(await sumOfColumn(page, '合计')).toBeGreaterThan(0);
  expect(faults).toEqual([]);
});

/** The first row of a list of the module that fits. */
const findRow = async (
  page: Page,
  endpoint: string,
  fits: (row: { id: string; faults: string[]; madeAs: string }) => boolean,
): Promise<string> => {
  const answer = await page.request.post(`/rpc/classroom/${endpoint}`, { data: { json: { limit: 100 } } });
  const { rows } = (await answer.json()).json;
  return rows.find(fits).id;
};

test.describe('what a check found is handed to the findings with one tap', () => {
  test.describe('on a phone', () => {
    test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

    test('by the school, inside the school', async ({ page }) => {
      const faults = collectFaults(page);
      await signInAs(page, 'principal');
      const id = await findRow(
        page,
        'listWritingChecks',
        (row) => row.faults.length > 0 && row.madeAs === 'school',
      );
      await openPage(page, `/writing-checks/${id}`);
      await page.getByRole('button', { name: /^转入问题整改/ }).click();
      const passed = page.getByRole('link', { name: '已转入问题整改（待交办）' });
      await expect(passed).toBeVisible();
      await expectSound(page, 'a check that was passed on');
      await page.reload();
      await passed.click();
      await expect(page.getByText(/规范书写检查，.*典型问题：/)).toBeVisible();
      await expect(page.getByRole('link', { name: '看这次书写检查' })).toBeVisible();
      // What is inside the school is unknown above it.
      await signInAs(page, 'research-officer');
      await openPage(page, `/writing-checks/${id}`);
      await expect(page.getByText('典型问题：')).toBeVisible();
      await expect(page.getByText('已转入问题整改')).toHaveCount(0);
      await expect(page.getByRole('button', { name: /^转入问题整改/ })).toHaveCount(0);
      expect(faults).toEqual([]);
    });
  });

  test('by the district, to the school', async ({ page }) => {
    const faults = collectFaults(page);
    await signInAs(page, 'research-officer');
    await openPage(page, '/homework/list?kind=spot&over=true');
    await page
      .getByRole('button', { name: /^转入问题整改/ })
      .first()
      .click();
    await page.getByRole('link', { name: '已转入问题整改（待交办）' }).first().click();
    await expect(page.getByText(/作业抽查，/)).toBeVisible();
    await expect(page.getByRole('button', { name: '交办', exact: true })).toBeVisible();
    await expectSound(page, 'the finding of a spot check');
    expect(faults).toEqual([]);
  });
});

test('a bulletin on handwriting is drafted from the counts', async ({ page }) => {
  await signInAs(page, 'research-officer');
  await openPage(page, '/circulars');
  await page
    .getByRole('link', { name: /规范书写情况的通报$/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: /典型问题$/ })).toBeVisible();
  await page.getByRole('link', { name: '打开书写检查记录，核对数字' }).click();
  await expect(page.getByRole('heading', { name: '书写检查记录' })).toBeVisible();
});

test.describe('rooms on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test('a booking is the record: booked, refused to the next, held, cancelled', async ({ page }) => {
    const faults = collectFaults(page);
    await signInAs(page, 'principal');
    await openPage(page, '/rooms');
    await page.getByLabel('场所', { exact: true }).selectOption({ label: '实验室' });
    const slots = await page.getByLabel('节次').locator('option').allTextContents();
    const free = slots.findIndex((text) => text.startsWith('第') && !text.includes('已约'));
    expect(free).toBeGreaterThan(0);
    await page.getByLabel('节次').selectOption({ index: free });
    await page.getByRole('radio', { name: '实验', exact: true }).click();
    const listed = page.getByLabel('做哪个实验');
    if ((await listed.count()) > 0) await listed.selectOption('other');
    await page.getByLabel('实验名称').fill('自制小孔成像');
    await expectSound(page, 'rooms of a day');
    await page.getByRole('button', { name: '预约', exact: true }).click();
    const item = page.getByRole('listitem').filter({ hasText: '自制小孔成像' });
    await expect(item).toContainText('待登记是否开出');
    // The same slot again: refused by name, and what was chosen stays.
    await page.getByLabel('节次').selectOption({ index: free });
    await page.getByRole('button', { name: '预约', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText('请另选节次或场所');
    await item.getByRole('button', { name: /^已开出/ }).click();
    await expect(item).not.toContainText('待登记是否开出');
    await expect(item).toContainText('已开出');
    await item.getByRole('button', { name: /^取消/ }).click();
    await item.getByLabel('取消原因').fill('练习预约');
    await item.getByRole('button', { name: '确定' }).click();
    await expect(item).toContainText('取消原因：练习预约');
    expect(faults.filter((fault) => !fault.includes('409'))).toEqual([]);
  });

  test('money: an amount planned, an entry, its withdrawal', async ({ page }) => {
    await signInAs(page, 'principal');
    await openPage(page, '/training-budget');
    await expectSound(page, 'budget of the school');
    const note = `外出听课（${Date.now()}）`;
    await page.getByLabel('说明').fill(note);
    await page.getByLabel('金额（元）').fill('12.345');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await expect(page.getByText(/最多两位小数/)).toBeVisible();
    await page.getByLabel('金额（元）').fill('1200.5');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    const row = page.getByRole('row').filter({ hasText: note });
    await expect(row).toContainText('1,200.50 元');
    await row.getByRole('button', { name: /^撤销/ }).click();
    await page.getByRole('dialog').getByLabel('原因').fill('练习登记');
    await page.getByRole('dialog').getByRole('button', { name: '撤销' }).click();
    await expect(row).toContainText('已撤销');
  });
});

test('rooms, experiments and money of the district open their rows', async ({ page }) => {
  const faults = collectFaults(page);
  await signInAs(page, 'research-officer');
  await openPage(page, '/rooms/term');
  await expectSound(page, 'rooms of the district');
  const total = numberIn(await page.locator('.figure-value').first().textContent());
  const cells = await page.locator('td[data-label="使用"]').allTextContents();
  expect(cells.reduce((sum, text) => sum + numberIn(text), 0)).toBe(total);
  await page.locator('.figure-link').first().click();
  await expect(page.getByText(`共 ${total} 次。`)).toBeVisible();
  await expectSound(page, 'rows of room uses');
  await openPage(page, '/experiments');
  await page.getByLabel('实验名称').fill(`观察月相（${Date.now()}）`);
  await page.getByRole('button', { name: '加入' }).click();
  await expect(page.getByText('已加入')).toBeVisible();
  await expectSound(page, 'required experiments');
  await openPage(page, '/training-budget');
  await expect(page.getByRole('heading', { name: '各校' })).toBeVisible();
  await expect(page.getByRole('heading', { name: '支出明细' })).toHaveCount(0);
  await expectSound(page, 'budget of the district');
  expect(faults).toEqual([]);
});

test('the evaluation shows what rooms, homework and handwriting came to', async ({ page }) => {
  await signInAs(page, 'principal');
  await openPage(page, '/evaluation');
  await expect(page.locator('#E3')).toContainText('开出率');
  await expect(page.locator('#E3')).toContainText('图书室');
  await expect(page.locator('#E10')).toContainText('书写检查');
  await page.locator('#E10 .figure-link').first().click();
  await expect(page.getByRole('heading', { name: '书写检查记录' })).toBeVisible();
  await openPage(page, '/rooms/setup');
  await expectSound(page, 'rooms of a school');
});
