import { expect, type Page, test } from '@playwright/test';
import type { DemoRole } from '../src/modules/accounts/demo-sign-in/contract.ts';
import { collectFaults, expectSound, openPage, phone, signInAs } from './support.ts';

const as = async (page: Page, role: DemoRole, path: string): Promise<void> => {
  await signInAs(page, role);
  await openPage(page, path);
};

test('the structure leads to a consortium, a school and a person, and is printed as an appendix', async ({
  page,
}) => {
  const faults = collectFaults(page);
  await as(page, 'teacher', '/organisation');
  await expect(page.getByRole('heading', { name: '初中：区级研训中心组（9）' })).toBeVisible();
  await page.getByText('7 个年级组').click();
  await expect(page.getByText('1-6 思维课')).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '附件1（Word）' }).click();
  expect((await download).suggestedFilename()).toMatch(/^附件1 .*\.docx$/);
  await page.locator('.org-node li a').first().click();
  await expect(page.getByRole('heading', { name: '学区级研训联合体', exact: true })).toBeVisible();
  await expectSound(page, 'a school');
  await page.locator('.plain-rows a[href^="/people/"]').first().click();
  await expect(page.getByRole('heading', { name: '任职' })).toBeVisible();
  await expectSound(page, 'a person');
  await expect(page.getByRole('button', { name: '增加任职' })).toHaveCount(0);
  expect(faults).toEqual([]);
});

test.describe('on a phone', () => {
  test.use(phone);

  test('a principal puts a teacher forward for an empty cell; the head of a consortium accepts', async ({
    page,
  }) => {
    await as(page, 'principal', '/coverage');
    await page.getByRole('row').filter({ hasText: '我的' }).getByRole('link').first().click();
    await expectSound(page, 'the coverage matrix');
    const backbone = page.getByRole('table', { name: '各学科组的骨干' });
    await backbone.getByText('看名单').first().click();
    await expect(backbone.locator('li a[href^="/people/"]').first()).toBeVisible();
    await expectSound(page, 'the backbone of a subject group');
    await page
      .getByRole('button', { name: /空缺，推荐成员$/ })
      .first()
      .click();
    await page.getByLabel('只看教').uncheck();
    const candidate = page.getByRole('dialog').getByRole('button', { name: /^推荐/ }).first();
    const name = (await candidate.getAttribute('aria-label'))?.replace('推荐', '') ?? '';
    await expectSound(page, 'the dialog to nominate');
    await candidate.click();
    await expect(page.getByText('已推荐，等学科组长接受。')).toBeVisible();
    await openPage(page, '/coverage');
    const own = page.getByRole('listitem').filter({ hasText: name });
    await expect(own).toHaveCount(1);

    await as(page, 'subject-lead', '/coverage');
    await expect(page.getByText('没有这样的推荐。')).toBeVisible();

    await as(page, 'consortium-head', '/coverage');
    await expect(page.getByRole('button', { name: '接受', exact: true }).first()).toBeVisible();
    const rows = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('button', { name: '接受', exact: true }) });
    const before = await rows.count();
    await rows.first().getByRole('button', { name: '接受', exact: true }).click();
    await expect(page.getByText('已接受，成为学科组成员。')).toBeVisible();
    await expect(rows).toHaveCount(before - 1);

    await as(page, 'principal', '/coverage');
    await own.getByRole('button', { name: '撤回' }).click();
    await expect(own).toHaveCount(0);
  });

  test('people are found by initials', async ({ page }) => {
    await as(page, 'teacher', '/people');
    const first = page.locator('td.cell-lead a').first();
    const name = (await first.textContent()) ?? '';
    await page.getByLabel('查找').fill(name.slice(0, 1));
    await expect(page.locator('td.cell-lead').first()).toContainText(name.slice(0, 1));
    await page.getByLabel('查找').fill('没有这个人的名字');
    await expect(page.getByText('没有找到这样的人。')).toBeVisible();
  });
});

test('a roster is looked at, decided and written once', async ({ page }) => {
  const faults = collectFaults(page);
  const number = `E${Date.now()}`;
  await as(page, 'system', '/schools');
  const school = (await page.locator('td.cell-lead a').first().textContent()) ?? '';
  // On a slow line too, what is pressed next is pressed on what the last press made of the roster.
  await page.route('**/rpc/organisation/getRosterImport', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 700));
    await route.continue();
  });
  const list = [
    '姓名\t工号\t学校\t年级\t学科\t职务',
    `顾长风\t${number}1\t${school}\t三年级\t语文\t教导主任`,
    `顾长云\t${number}2\t查无此校小学\t三年级\t数学\t副校长`,
  ].join('\n');
  await openPage(page, '/roster');
  await page.getByLabel('或把表格粘贴到这里').fill(list);
  await page.getByRole('button', { name: '看预览' }).click();
  await expect(page.getByText('以下是预览，还没有写入。')).toBeVisible();
  await expect(page.getByText(`顾长风：${school} 教务主任`)).toBeVisible();
  await expect(page.getByText(/“副校长”没有写明是不是分管教学/)).toBeVisible();
  await expectSound(page, 'the preview of a roster');
  await page.getByLabel('“查无此校小学”是').selectOption({ label: `就是${school}` });
  await page.getByRole('button', { name: '按决定重新预览' }).click();
  await expect(page.getByText('已按您的决定重新预览。')).toBeVisible();
  await page.getByRole('button', { name: /^导入这 \d+ 项$/ }).click();
  await expect(page.getByText(/^已写入：新增 \d+/)).toBeVisible();
  await expect(page.getByRole('button', { name: '没有要写入的' })).toBeDisabled();
  await openPage(page, '/people');
  await page.getByLabel('查找').fill(number);
  await expect(page.locator('td.cell-lead')).toHaveText(['顾长风', '顾长云']);
  expect(faults).toEqual([]);
});

test('a file that is no roster is refused with the reason, and what was pasted stays', async ({ page }) => {
  await as(page, 'system', '/roster');
  await page.getByLabel('或把表格粘贴到这里').fill('甲\t乙\n1\t2');
  await page.getByRole('button', { name: '看预览' }).click();
  await expect(page.getByRole('alert')).toContainText('没有找到认得的名单');
  await expect(page.getByLabel('或把表格粘贴到这里')).toHaveValue('甲\t乙\n1\t2');
});

test('what ends with an appointment is shown before it is saved', async ({ page }) => {
  await as(page, 'system', '/organisation');
  await page.locator('.org-node p a[href^="/people/"]').first().click();
  await page.getByRole('button', { name: '结束任职' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('从哪天起不再担任').fill('2099-01-01');
  await expect(dialog.getByText(/不再可以|没有负责的人|没有别的影响/).first()).toBeVisible();
  await expectSound(page, 'the dialog to end an appointment');
});

test('what ends with a school is shown before it is closed', async ({ page }) => {
  await as(page, 'system', '/organisation');
  await page.locator('.org-node li').filter({ hasText: '研训基地校' }).getByRole('link').first().click();
  await page.getByRole('button', { name: '撤并' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('从哪天起不再办学').fill('2099-01-01');
  await expect(dialog.getByText(/没有研训基地校，请另行确定|请先撤并/).first()).toBeVisible();
  await expectSound(page, 'the dialog to close a school');
  await dialog.getByRole('button', { name: '关闭' }).click();
  await as(page, 'principal', '/organisation');
  await page.locator('.org-node li a').first().click();
  await expect(page.getByRole('heading', { name: '人员', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: '撤并' })).toHaveCount(0);
});

test('the research office keeps the calendar and the table of subjects', async ({ page }) => {
  await as(page, 'research-officer', '/calendar');
  const day = page.getByRole('button', { name: /：上课，修改$/ }).last();
  await day.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('原因').fill('期末放假');
  await expectSound(page, 'the dialog of a day');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('校历已修改。')).toBeVisible();
  await page.getByRole('button', { name: /期末放假，修改$/ }).click();
  await page.getByRole('button', { name: '恢复正常' }).click();
  await expect(page.getByRole('button', { name: /期末放假，修改$/ })).toHaveCount(0);
  await openPage(page, '/curriculum');
  await expect(page.getByRole('button', { name: /：已开设，修改$/ })).toHaveCount(44);
});

test('bells that somebody else saved meanwhile are not overwritten, and what was typed stays', async ({
  page,
  context,
}) => {
  await as(page, 'research-officer', '/calendar');
  const other = await context.newPage();
  await openPage(other, '/calendar');
  const dialogOf = async (tab: Page, time: string) => {
    await tab.locator('section', { hasText: '小学作息' }).getByRole('button', { name: '修改' }).click();
    await tab.getByRole('dialog').getByLabel('第7节结束').fill(time);
    return tab.getByRole('dialog');
  };
  const mine = await dialogOf(page, '16:25');
  const theirs = await dialogOf(other, '16:22');
  await theirs.getByRole('button', { name: '保存' }).click();
  await expect(theirs).toHaveCount(0);
  await mine.getByRole('button', { name: '保存' }).click();
  await expect(mine.getByRole('alert')).toContainText('刚刚被别人改过');
  await expect(mine.getByText('您填写期间，别处改过这份资料。')).toBeVisible();
  await expect(mine.getByLabel('第7节结束')).toHaveValue('16:25');
  await expectSound(page, 'the bells somebody else changed');
  await mine.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText(/第7节 15:40–16:25/)).toBeVisible();
});
