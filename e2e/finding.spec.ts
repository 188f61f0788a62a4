import { type Browser, expect, type Page, test } from '@playwright/test';
import type { DemoRole } from '../src/modules/accounts/demo-sign-in/contract.ts';
import { collectFaults, countEffort, expectSound, signInAs } from './support.ts';

// As on a phone in a corridor; `isMobile` is left out because it scales the page while typing.
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true };

// All of them are about the same school.
test.describe.configure({ mode: 'default' });

const pageOf = async (browser: Browser, role: DemoRole, options = {}): Promise<Page> => {
  const page = await (await browser.newContext(options)).newPage();
  await signInAs(page, role);
  return page;
};

/** The name of the demonstration principal's school. */
const schoolOf = async (page: Page): Promise<string> => {
  const answer = await page.request.post('/rpc/classroom/startFinding', { data: { json: {} } });
  const { kinds } = (await answer.json()).json;
  return kinds.find(({ kind }: { kind: string }) => kind === 'school').schools[0].name;
};

/** Opens the dialog of an act, writes the text, confirms. */
const act = async (page: Page, name: string, text?: string): Promise<void> => {
  await page.getByRole('button', { name, exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  if (text !== undefined) await dialog.getByRole('textbox').first().fill(text);
  await dialog.getByRole('button', { name, exact: true }).click();
  await expect(dialog).toBeHidden();
};

test.describe('inside a school, on a phone', () => {
  test.use(phone);

  test('a finding takes at most 12 taps and 40 characters, and goes to a teacher', async ({ page }) => {
    const faults = collectFaults(page);
    await signInAs(page, 'principal');
    await page.goto('/findings');
    await expect(page.getByRole('heading', { name: '我校待办' })).toBeVisible();
    await expectSound(page, 'findings of the school');
    const { effort, tap, type } = countEffort(page);
    await tap(page.getByRole('link', { name: '记一个问题' }));
    await tap(page.getByRole('radio', { name: '教学常规' }));
    await tap(page.getByLabel('发现了什么问题'));
    await type('二楼有两个班预备铃后没有教师候课。');
    await tap(page.getByLabel('建议怎么改'));
    await type('值周领导每天看一次候课。');
    // A native select takes two taps: it opens, and one is chosen.
    const responsible = page.getByLabel('交办给');
    effort.taps += 2;
    await responsible.selectOption({ index: 8 });
    await expectSound(page, 'new finding');
    await tap(page.getByRole('button', { name: '登记并交办' }));
    await expect(page).toHaveURL(/\/findings\/[0-9a-f-]{36}$/);
    await expect(page.getByText('待认领').first()).toBeVisible();
    expect(effort.taps).toBeLessThanOrEqual(12);
    expect(effort.characters).toBeLessThanOrEqual(40);
    await expectSound(page, 'one finding');
    expect(faults).toEqual([]);
  });

  test('what was typed survives a reload and a refused line', async ({ page }) => {
    await signInAs(page, 'principal');
    await page.goto('/findings/new');
    await page.getByLabel('发现了什么问题').fill('实验室使用记录缺两周。');
    await page.reload();
    await expect(page.getByLabel('发现了什么问题')).toHaveValue('实验室使用记录缺两周。');
    await page.getByRole('radio', { name: '教学常规' }).click();
    await page.getByLabel('交办给').selectOption({ index: 8 });
    await page.route('**/rpc/classroom/registerFinding', (route) => route.abort());
    await page.getByRole('button', { name: '登记并交办' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(page.getByLabel('发现了什么问题')).toHaveValue('实验室使用记录缺两周。');
    await page.unroute('**/rpc/classroom/registerFinding');
    await page.getByRole('button', { name: '登记并交办' }).click();
    await expect(page).toHaveURL(/\/findings\/[0-9a-f-]{36}$/);
  });
});

/** What an officer fills in of a finding for a school, up to handing it over. */
const fillFinding = async (
  officer: Page,
  school: string,
  { type, found, advice }: { type: string; found: string; advice: string },
): Promise<void> => {
  await officer.goto('/findings/new');
  await officer.getByLabel('学校').selectOption({ label: school });
  await officer.getByRole('radio', { name: type }).click();
  await officer.getByLabel('发现了什么问题').fill(found);
  await officer.getByLabel('建议怎么改').fill(advice);
};
/** Hands it over; the path of its page. */
const handOver = async (officer: Page): Promise<string> => {
  await officer.getByRole('button', { name: '登记并交办' }).click();
  await expect(officer).toHaveURL(/\/findings\/[0-9a-f-]{36}$/);
  return new URL(officer.url()).pathname;
};

test('from the district to a school: handed over, accepted, put right, looked at again, closed', async ({
  browser,
}) => {
  const principal = await pageOf(browser, 'principal', phone);
  const school = await schoolOf(principal);
  const officer = await pageOf(browser, 'research-officer');
  const faults = [collectFaults(principal), collectFaults(officer)];
  await fillFinding(officer, school, {
    type: '方法不当',
    found: '高年级数学以讲代练，独立练习不足五分钟。',
    advice: '每节课留出十五分钟独立练习。',
  });
  await expect(officer.getByLabel('交办给学校的')).toHaveValue('post:principal');
  await expectSound(officer, 'new finding from the district');
  const path = await handOver(officer);

  await principal.goto('/');
  await expect(principal.getByRole('heading', { name: '问题整改：等您办理' })).toBeVisible();
  await principal.goto(path);
  await expect(principal.getByText(/以前可以说明/)).toBeVisible();
  await act(principal, '说明', '本周有两位教师外出培训，由代课教师上课。');
  await principal.getByRole('button', { name: '认领', exact: true }).click();
  await act(principal, '写整改措施', '教研组先学后改，两周内每个备课组拿出修改后的设计。');
  await expectSound(principal, 'a finding under way');
  await act(principal, '报整改完成', '抽看六节课，独立练习都在十二分钟以上。');
  await expect(principal.getByText('待回头看').first()).toBeVisible();

  await officer.reload();
  await act(officer, '回头看', '看了两节课，做法已经落实。');
  await act(officer, '销号');
  await expect(officer.getByText('已销号').first()).toBeVisible();
  await expect(officer.getByRole('button', { name: '退回', exact: true })).toBeHidden();
  await expectSound(officer, 'a closed finding');

  await officer.goto('/findings/figures');
  await expectSound(officer, 'figures');
  await officer.locator('main table a').first().click();
  await expect(officer).toHaveURL(/counted=/);
  await expect(officer.locator('main .link-list a').first()).toBeVisible();
  await expectSound(officer, 'rows behind a figure');
  expect(faults.flat()).toEqual([]);
});

test('a rectification letter: drafted from a finding, checked by another, signed, numbered, read by the principal', async ({
  browser,
}) => {
  const principal = await pageOf(browser, 'principal', phone);
  const school = await schoolOf(principal);
  const officer = await pageOf(browser, 'research-officer');
  const faults = [collectFaults(principal), collectFaults(officer)];
  await fillFinding(officer, school, {
    type: '评价不实',
    found: '单元评价只有分数，没有指向方法的评语。',
    advice: '每单元写一次指向方法和态度的评语。',
  });
  const finding = await handOver(officer);

  await expect(officer.getByText('还没有发整改通知书')).toBeVisible();
  await officer.getByRole('button', { name: '拟整改通知书' }).click();
  await officer.getByRole('dialog').getByRole('button', { name: '生成草稿' }).click();
  await expect(officer.getByRole('heading', { name: '修改公文' })).toBeVisible();
  await officer.getByRole('link', { name: '回到公文' }).click();
  await expect(officer.getByRole('heading', { name: '一、发现的问题' })).toBeVisible();
  await expect(officer.locator('.paper').getByText(`${school}：`, { exact: true })).toBeVisible();
  const letter = new URL(officer.url()).pathname;
  await expectSound(officer, 'a letter in draft');

  // Nobody of the school sees a draft; the finding offers no second letter.
  await principal.goto(finding);
  await expect(principal.getByText('待认领').first()).toBeVisible();
  await expect(principal.getByRole('heading', { name: '整改通知书' })).toBeHidden();
  await officer.goto(finding);
  await expect(officer.getByText('整改通知书（还没有印发）')).toBeVisible();
  await expect(officer.getByRole('button', { name: '拟整改通知书' })).toBeHidden();

  const checker = await pageOf(browser, 'core-lead');
  await checker.goto(letter);
  await checker.getByRole('button', { name: '核稿通过' }).click();
  await expect(checker.getByText('已核稿，待签发')).toBeVisible();
  const signer = await pageOf(browser, 'leading-group');
  await signer.goto(letter);
  await signer.getByRole('button', { name: '签发', exact: true }).click();
  await signer.getByRole('button', { name: '编号印发' }).click();
  const dialog = signer.getByRole('dialog');
  await expect(dialog.getByText(/其他学校看不到/)).toBeVisible();
  await dialog.getByRole('button', { name: '编号印发' }).click();
  await expect(signer.locator('.paper-number')).toHaveText(/^云教研字〔\d{4}〕\d+号$/);

  await principal.goto(finding);
  const link = principal.getByRole('link', { name: /^已发整改通知书 云教研字〔\d{4}〕\d+号$/ });
  await expect(principal.getByText('未读')).toBeVisible();
  await expectSound(principal, 'a finding with its letter');
  await link.click();
  await expect(principal.getByText('您已阅读')).toBeVisible();
  await expectSound(principal, 'a letter on a phone');
  await principal.getByRole('link', { name: /^评价不实：/ }).click();
  await expect(principal).toHaveURL(new RegExp(`${finding}$`));
  await principal.goto('/circulars');
  await expect(principal.locator(`main a[href="${letter}"]`)).toBeVisible();
  const paper = await principal.request.get(`/files${letter}/docx`);
  expect(paper.status()).toBe(200);

  await officer.goto(finding);
  await expect(officer.getByText(/学校 1／\d+ 人已读/)).toBeVisible();
  const teacher = await pageOf(browser, 'teacher');
  expect((await teacher.request.get(`/files${letter}/pdf`)).status()).not.toBe(200);
  expect(faults.flat()).toEqual([]);
});

test('the office sets a number from a day on, with its ground', async ({ page }) => {
  const faults = collectFaults(page);
  await signInAs(page, 'research-officer');
  await page.goto('/settings/classroom');
  await expectSound(page, 'settings of work in classrooms');
  await page.getByRole('button', { name: '修改 整改期限默认几天' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('整改期限默认几天（天）').fill('20');
  await dialog.getByLabel('依据').fill('领导小组会议');
  await dialog.getByLabel('从哪天起').fill('2099-09-01');
  await expectSound(page, 'a setting is changed');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('从2099年9月1日起：20 天。依据：领导小组会议')).toBeVisible();
  await page.getByRole('button', { name: '修改 每天书面作业上限（各科合计）' }).click();
  await expect(dialog.getByLabel('三年级至六年级每天最多（分钟）')).toHaveValue('60');
  await expectSound(page, 'the limits of homework are changed');
  await page.keyboard.press('Escape');
  await signInAs(page, 'principal');
  await page.goto('/settings/classroom');
  await expect(page.getByRole('alert')).toBeVisible();
  expect(faults.filter((fault) => !fault.includes('403'))).toEqual([]);
});
