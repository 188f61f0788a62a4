import { readFileSync } from 'node:fs';
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { addDays, chinaDay } from '../src/platform/dates.ts';
import { expectSound, firstStart, openPage, phone } from './support.ts';

const ownPassword = 'Fish-pond.27';
const today = chinaDay(new Date());

interface Slip {
  readonly signInAs: string;
  readonly oneTimePassword: string;
}

/** A person at an own device, signed in for the first time with what the slip says. */
const enter = async (
  browser: Browser,
  { signInAs, oneTimePassword }: Slip,
  device: Partial<typeof phone> = {},
): Promise<Page> => {
  // `isMobile` scales the page while typing.
  const context = await browser.newContext({ ...device, isMobile: false, baseURL: firstStart().url });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto('/');
  await page.getByLabel('工号、手机号或姓名').fill(signInAs);
  await page.getByRole('textbox', { name: /^密码/ }).fill(oneTimePassword);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('textbox', { name: /^新密码/ }).fill(ownPassword);
  await page.getByRole('textbox', { name: /^再输入一次/ }).fill(ownPassword);
  await page.getByRole('button', { name: '设置密码并进入' }).click();
  await page.getByRole('heading', { name: /，您好$/ }).waitFor();
  return page;
};

const readSlips = async (page: Page): Promise<[string, Slip][]> => {
  const slips = page.getByRole('article');
  await slips.first().waitFor();
  const read = await slips.evaluateAll((articles) =>
    articles.map((article) => ({
      name: article.querySelector('h3')?.firstChild?.textContent ?? '',
      values: [...article.querySelectorAll('dd')].map((value) => value.textContent ?? ''),
    })),
  );
  await page.getByRole('button', { name: '已交付，关闭' }).click();
  return read.map(({ name, values: [signInAs = '', oneTimePassword = ''] }) => [
    name,
    { signInAs, oneTimePassword },
  ]);
};

const slipOf = (slips: ReadonlyMap<string, Slip>, name: string): Slip => {
  const slip = slips.get(name);
  if (slip === undefined) throw new Error(`no slip for ${name}`);
  return slip;
};

/** The terms a first start brings end some day; then the calendar is the operator's first page. */
const ensureTerm = async (page: Page): Promise<void> => {
  const answer = await page.request.post('/rpc/organisation/listTerms', { data: { json: {} } });
  const terms: { schoolYear: number; term: number; startsOn: string; endsOn: string; name: string }[] = (
    await answer.json()
  ).json.rows;
  if (terms.some(({ startsOn, endsOn }) => startsOn <= today && today <= endsOn)) return;
  const month = Number(today.slice(5, 7));
  const schoolYear = Number(today.slice(0, 4)) - (month >= 8 ? 0 : 1);
  const number = month >= 8 || month === 1 ? 1 : 2;
  const ended = terms.find((one) => one.schoolYear === schoolYear && one.term === number);
  await openPage(page, '/calendar');
  if (ended === undefined) {
    await page.getByRole('button', { name: '添加学期' }).click();
    await page.getByLabel('学年').fill(String(schoolYear));
    await page
      .getByRole('dialog')
      .getByRole('radio', { name: number === 1 ? '第一学期' : '第二学期' })
      .click();
    await page.getByLabel('开学日期').fill(addDays(today, -7));
  } else {
    await page.getByLabel('学期').selectOption({ label: ended.name });
    await page.getByRole('button', { name: '修改起止' }).click();
  }
  await page.getByLabel('结束日期').fill(addDays(today, 30));
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
};

const figure = (page: Page, label: string): Locator =>
  page.locator('.figure').filter({ hasText: label }).first();

const textOfDocx = (path: string): string => {
  const part = unzipSync(readFileSync(path))['word/document.xml'];
  if (part === undefined) throw new Error('no document in the file');
  return [...strFromU8(part).matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text]) => text).join('');
};

const download = async (page: Page, name: string): Promise<string> => {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
  return file.path();
};

const teachers = [
  '姓名\t工号\t学校\t年级\t学科\t电话\t职务',
  '周长明\t1990001\t银丰小学\t\t\t13900000001\t党支部书记、校长',
  '沈若溪\t1990002\t银丰小学\t三\t语文\t13900000002\t教师、班主任',
  '单雄\t1990005\t柳树0中学\t七\t数学\t13900000005\t',
];

test('from an empty district to an issued bulletin', async ({ browser }) => {
  test.setTimeout(360_000);
  const first = firstStart();
  const administrator = await enter(browser, {
    signInAs: first.administrator,
    oneTimePassword: first.oneTimePassword,
  });

  await test.step('the notice’s organisation stands', async () => {
    await ensureTerm(administrator);
    await openPage(administrator, '/organisation');
    for (const heading of [
      '初中：学区级研训联合体（4）',
      '小学：学区级研训联合体（6）',
      '初中：区级研训中心组（9）',
      '小学：区级研训中心组（4）',
    ])
      await expect(administrator.getByRole('heading', { name: heading })).toBeVisible();
    const schools = await administrator
      .locator('main a[href^="/schools/"]')
      .evaluateAll((links) => new Set(links.map((link) => link.getAttribute('href'))).size);
    expect(schools).toBe(39);
    const text = await administrator.locator('main').innerText();
    const teams = [...text.matchAll(/(\d+) 个年级组/g)].reduce((sum, [, count]) => sum + Number(count), 0);
    expect(teams).toBe(21);
    expect(text.match(/未定\s/g)).toHaveLength(12);
    expect(text.match(/西城学校\s*研训基地校/g)).toHaveLength(2);
    expect(text).toContain('柳树酄中学');
    expect(text).toMatch(/组长：孙艳春、张平/);
    await expectSound(administrator, 'structure');
  });

  await test.step('open questions of the notice are decided', async () => {
    await openPage(administrator, '/roster');
    await administrator.getByRole('link', { name: /16号附件/ }).click();
    await expect(administrator.getByText('已写入：新增')).toBeVisible();
    const village = /像是村小，没有新建/;
    await expect(administrator.getByText(village)).toHaveCount(6);
    await administrator.getByLabel('“李惠”是').selectOption({ label: '不同的人，各新建一个' });
    await administrator.getByLabel('“西河”是').selectOption({ label: '西葛中心校的村小，新建为教学点' });
    await administrator.getByRole('button', { name: '按决定重新预览' }).click();
    await expect(administrator.getByText(village)).toHaveCount(5);
    await expectSound(administrator, 'roster preview');
    await administrator.getByRole('button', { name: /^导入这 \d+ 项$/ }).click();
    await expect(administrator.getByRole('button', { name: '没有要写入的' })).toBeVisible();
    await expect(administrator.getByLabel('“李惠”是')).toHaveCount(0);
  });

  await test.step('a plain teacher list comes in by paste and again as a file', async () => {
    await openPage(administrator, '/roster');
    await administrator.getByLabel('或把表格粘贴到这里').fill(teachers.join('\n'));
    await administrator.getByRole('button', { name: '看预览' }).click();
    await expect(administrator.getByText('“柳树0中学”读作“柳树酄中学”')).toBeVisible();
    await expect(administrator.getByText('周长明：银丰小学 校长')).toBeVisible();
    await administrator.getByRole('button', { name: /^导入这 \d+ 项$/ }).click();
    await expect(administrator.getByRole('button', { name: '没有要写入的' })).toBeVisible();
    await openPage(administrator, '/roster');
    const rows = [...teachers, '新来\t1990009\t银丰小学\t五\t英语\t13900000009\t'];
    await administrator.getByLabel('名册文件').setInputFiles({
      name: '教师名单.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`\u{FEFF}${rows.map((row) => row.replaceAll('\t', ',')).join('\r\n')}\r\n`),
    });
    await expect(figure(administrator, '新增')).toContainText('2');
    await expect(figure(administrator, '变更')).toContainText('0');
    await administrator.getByRole('button', { name: '导入这 2 项' }).click();
    await expect(administrator.getByRole('button', { name: '没有要写入的' })).toBeVisible();
  });

  await test.step('the list made a principal; a dean is appointed by hand', async () => {
    await openPage(administrator, '/people');
    await administrator.getByRole('searchbox').fill('zcm');
    await administrator.getByRole('link', { name: '周长明' }).click();
    await expect(administrator.getByText(/^银丰小学 校长/)).toBeVisible();
    await openPage(administrator, '/people');
    await administrator.getByRole('searchbox').fill('1990009');
    await administrator.getByRole('link', { name: '新来' }).click();
    await administrator.getByRole('button', { name: '增加任职' }).click();
    await administrator.getByLabel('职务').selectOption({ label: '教务主任' });
    await administrator.getByRole('button', { name: '任命', exact: true }).click();
    await expect(administrator.getByText(/^银丰小学 教务主任/)).toBeVisible();
  });

  const slips = new Map<string, Slip>();
  await test.step('accounts in bulk', async () => {
    await openPage(administrator, '/accounts/new');
    await administrator.getByLabel('职务').selectOption({ label: '校长' });
    await administrator.getByRole('button', { name: '生成 1 个账号', exact: true }).click();
    for (const [name, slip] of await readSlips(administrator)) slips.set(name, slip);
    expect(slipOf(slips, '周长明').signInAs).toBe('1990001');
    await administrator.getByRole('button', { name: /^为银丰小学生成/ }).click();
    for (const [name, slip] of await readSlips(administrator)) slips.set(name, slip);
    await administrator.getByRole('button', { name: /^生成 \d+ 个账号$/ }).click();
    for (const [name, slip] of await readSlips(administrator)) slips.set(name, slip);
    await expect(administrator.getByText('这些人都已有账号。')).toBeVisible();
  });

  const principal = await enter(browser, slipOf(slips, '周长明'), phone);
  await test.step('a short record on a phone: at most 14 taps and two sentences', async () => {
    let taps = 0;
    const tap = async (target: Locator): Promise<void> => {
      taps += 1;
      await target.click();
    };
    await expect(principal.getByText('0 / 170 节')).toBeVisible();
    await expectSound(principal, 'first screen');
    await tap(principal.getByRole('button', { name: '开始听课' }));
    await principal.getByRole('searchbox', { name: '授课教师' }).fill('srx');
    await principal.getByRole('button', { name: /沈若溪/ }).click();
    const reason = principal.getByLabel(/^这一天按校历不上课/);
    if (await reason.isVisible()) await reason.fill('假期里的展示课');
    await tap(principal.getByLabel('课题'));
    await principal.keyboard.type('我变成了一棵树');
    await tap(principal.getByRole('radio', { name: '新授课' }));
    const criterion = (number: number): Locator => principal.locator('.criterion').nth(number - 1);
    await tap(criterion(1).getByRole('button', { name: '做得好' }));
    await tap(criterion(4).getByRole('button', { name: '部分做到' }));
    await tap(principal.getByLabel('第 4 条的依据'));
    await principal.keyboard.type('追问“为什么”两次');
    await tap(principal.getByLabel('优点'));
    await principal.keyboard.type('学生能说出理由。');
    await tap(principal.getByLabel('建议'));
    await principal.keyboard.type('多给后排学生机会。');
    await expectSound(principal, 'observation form');
    await tap(principal.getByRole('button', { name: '完成' }));
    await tap(principal.getByRole('button', { name: '反馈给老师' }));
    await expect(principal.getByRole('heading', { name: '商定的改进' })).toBeVisible();
    expect(taps).toBeLessThanOrEqual(14);
  });

  await test.step('the teacher reads and replies', async () => {
    const teacher = await enter(browser, slipOf(slips, '沈若溪'), phone);
    await teacher.getByRole('link', { name: /我变成了一棵树/ }).click();
    await expect(teacher.getByText('多给后排学生机会。')).toBeVisible();
    await teacher.getByLabel('我的回复').fill('谢谢，下次先叫后排的学生。');
    await teacher.getByRole('button', { name: '送出回复' }).click();
    await expect(teacher.getByText('老师已回复')).toBeVisible();
    await expectSound(teacher, 'feedback');
    await teacher.context().close();
  });

  await test.step('the count opens its rows, and the school’s fourth item stands on them', async () => {
    await openPage(principal, '/');
    await principal.getByRole('link', { name: /1\s*\/ 170 节/ }).click();
    await expect(principal.getByText('已列 1 份、合计 1 节')).toBeVisible();
    await openPage(principal, '/');
    await principal.getByRole('link', { name: '本校十项' }).click();
    await expect(principal.getByText('有数据来源', { exact: true })).toHaveCount(4);
    await expect(principal.getByText(/统计口径：.*要求来自通知五\(一\)4/)).toBeVisible();
    await expect(principal.getByText('暂无数据来源')).toHaveCount(6);
    await expectSound(principal, 'school evaluation');
  });

  const officer = await enter(browser, slipOf(slips, '郑金玉'));
  const head = await enter(browser, slipOf(slips, '钱洪涛'));
  await test.step('the month’s bulletin: drafted, checked by another, signed, numbered, read', async () => {
    await openPage(officer, '/circulars');
    await officer.getByRole('button', { name: '拟本月通报' }).click();
    await officer.getByRole('button', { name: '生成草稿' }).click();
    await officer.getByRole('button', { name: '保存', exact: true }).click();
    await expect(officer.getByText('（草稿，印发时编号）')).toBeVisible();
    await expect(
      officer.getByText(/全区39个单位（其中38个单位尚未登记校长）的校长共完成听课1节/),
    ).toBeVisible();
    await expect(officer.getByRole('button', { name: '核稿通过' })).toHaveCount(0);
    expect(textOfDocx(await download(officer, '下载 Word'))).not.toMatch(/〔\d{4}〕\s*\d+\s*号/);
    const address = new URL(officer.url()).pathname;

    const checker = await enter(browser, slipOf(slips, '张立利'));
    await checker.getByRole('link', { name: /校长听课分析指导情况的通报$/ }).click();
    await checker.getByRole('button', { name: '核稿通过' }).click();
    await expect(checker.getByText('已核稿，待签发')).toBeVisible();
    await checker.context().close();

    const number = `丰教研字〔${today.slice(0, 4)}〕1号`;
    await openPage(head, '/');
    await head.getByRole('link', { name: /校长听课分析指导情况的通报$/ }).click();
    await head.getByRole('button', { name: '签发', exact: true }).click();
    await head.getByRole('button', { name: '编号印发' }).click();
    const dialog = head.getByRole('dialog');
    await expect(dialog).toContainText(`将取发文字号${number}`);
    await dialog.getByRole('button', { name: '编号印发' }).click();
    await expect(head.locator('.paper-number')).toHaveText(number);
    await expect(head.getByText(/人，0 人已读/)).toBeVisible();
    const issued = textOfDocx(await download(head, '下载 Word'));
    expect(issued).toContain(number);
    expect(issued).toContain('校长听课分析指导情况的通报');
    const pdf = readFileSync(await download(head, '下载 PDF'));
    expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');

    await openPage(principal, '/');
    await principal.getByRole('link', { name: /校长听课分析指导情况的通报$/ }).click();
    await expect(principal.getByText('您已阅读')).toBeVisible();
    await openPage(head, address);
    await expect(head.getByText(/人，1 人已读/)).toBeVisible();
  });

  await test.step('an empty cell: nominated by the school, accepted by the consortium’s head', async () => {
    await openPage(principal, '/coverage');
    await principal.getByRole('link', { name: '小学银丰小学联合体', exact: true }).first().click();
    await principal.getByRole('button', { name: '三年级语文：空缺，推荐成员' }).click();
    await principal.getByRole('button', { name: '推荐沈若溪' }).click();
    await expect(principal.getByRole('button', { name: /^三年级语文：待接受/ })).toBeVisible();
    await expectSound(principal, 'coverage matrix');
    await openPage(officer, '/');
    await officer.getByRole('button', { name: '接受', exact: true }).click();
    await expect(officer.getByText(/已接受/)).toBeVisible();
    await principal.reload();
    await expect(principal.getByRole('button', { name: /^三年级语文：沈若溪/ })).toBeVisible();
  });

  await test.step('the appendices are printed again', async () => {
    await openPage(officer, '/organisation');
    for (const [name, words] of [
      ['附件1（Word）', '吕洪彬'],
      ['附件2（Word）', '柳树酄中心校'],
      ['附件3（Word）', '第一实验小学'],
    ] as const)
      expect(textOfDocx(await download(officer, name))).toContain(words);
  });

  await test.step('the audit log shows it to the audit administrator alone', async () => {
    await openPage(administrator, '/accounts/new');
    await administrator.getByLabel('姓名').fill('审计人员');
    await administrator.getByLabel('登录名').fill('auditor');
    await administrator.getByRole('button', { name: '建立账号' }).click();
    const made = new Map(await readSlips(administrator));
    await openPage(administrator, '/administrators');
    await administrator.getByRole('button', { name: '任命审计管理员' }).click();
    await administrator.getByLabel('查找账号').fill('审计人员');
    await administrator.getByRole('button', { name: '任命审计人员' }).click();
    await expect(administrator.getByRole('button', { name: '免去审计人员的审计管理员' })).toBeVisible();
    await openPage(administrator, '/audit');
    await expect(administrator.getByRole('alert')).toBeVisible();
    const auditor = await enter(browser, slipOf(made, '审计人员'));
    await openPage(auditor, '/audit');
    for (const done of ['印发通报', '完成听课记录', '接受推荐'])
      await expect(auditor.getByRole('row').filter({ hasText: done }).first()).toBeVisible();
    await expectSound(auditor, 'audit log');
  });
});
