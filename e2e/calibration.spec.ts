import { type Browser, expect, type Page, test } from '@playwright/test';
import type { DemoRole } from '../src/modules/accounts/demo-sign-in/contract.ts';
import { collectFaults, expectSound, phone, signInAs } from './support.ts';

const pageOf = async (browser: Browser, role: DemoRole, options = {}): Promise<Page> => {
  const page = await (await browser.newContext(options)).newPage();
  await signInAs(page, role);
  return page;
};

test('an officer opens a session, a principal judges on the phone, the end shows no figure of a few', async ({
  browser,
}) => {
  const principal = await pageOf(browser, 'principal', phone);
  const officer = await pageOf(browser, 'research-officer');
  const faults = [collectFaults(principal), collectFaults(officer)];

  await officer.goto('/calibrations');
  await officer.getByRole('link', { name: '组织一次校准' }).click();
  await officer.getByLabel('名称').fill('端到端校准');
  await officer.getByLabel('学科').selectOption({ label: '数学' });
  await officer.getByLabel('年级').selectOption({ label: '三年级' });
  await officer.getByLabel('课题').fill('两位数乘两位数');
  await officer.getByRole('button', { name: /加全区校长/ }).click();
  await expect(officer.getByText(/已选 \d+ 人/)).toBeVisible();
  await officer.reload();
  await expect(officer.getByLabel('课题')).toHaveValue('两位数乘两位数');
  await expectSound(officer, 'plan of a session');
  await officer.getByRole('button', { name: '保存', exact: true }).click();
  await expect(officer).toHaveURL(/\/calibrations\/[0-9a-f-]{36}$/);
  const path = new URL(officer.url()).pathname;
  await principal.goto(path);
  await expect(principal.getByText('没有找到')).toBeVisible();
  await officer.getByRole('button', { name: '开启校准' }).click();
  await expect(officer.getByText(/^0\/\d+人$/)).toBeVisible();

  // From the first screen: one tap opens it, one for each criterion, one submits.
  await principal.goto('/');
  const card = principal.locator('.panel', { hasText: '待完成的听课评课校准' });
  await expect(card).toBeVisible();
  await principal.goto(path);
  await expect(principal.getByText('不计入听课节数')).toBeVisible();
  await principal
    .getByRole('group', { name: /第 1 条/ })
    .getByRole('button', { name: '做得好' })
    .tap();
  await principal
    .getByRole('group', { name: /第 2 条/ })
    .getByRole('button', { name: '部分做到' })
    .tap();
  await principal.getByLabel('第 2 条的依据').fill('板书随发言生成');
  await principal.reload();
  await expect(principal.getByLabel('第 2 条的依据')).toHaveValue('板书随发言生成');
  await expectSound(principal, 'judging on the phone');
  await principal.getByRole('button', { name: '提交', exact: true }).tap();
  await expect(principal.getByText(/^已提交 /)).toBeVisible();
  await principal
    .getByRole('group', { name: /第 3 条/ })
    .getByRole('button', { name: '未看到' })
    .tap();
  await principal.getByRole('button', { name: '提交修改' }).tap();
  await expect(principal.getByText(/^已提交 /)).toBeVisible();

  await officer.reload();
  await expect(officer.getByText(/^1\/\d+人$/)).toBeVisible();
  await expect(officer.getByText('板书随发言生成')).toBeHidden();
  await expectSound(officer, 'a running session');
  await officer.getByRole('button', { name: '结束校准' }).click();
  await expectSound(officer, 'asking before the end');
  await officer.getByRole('button', { name: '确认结束' }).click();
  await expect(officer.getByText('人数不足5人，不显示。')).toBeVisible();
  await principal.reload();
  await expect(principal.getByText('人数不足5人，不显示。')).toBeVisible();
  await expect(principal.getByText('板书随发言生成')).toBeVisible();
  expect(faults.flat().filter((fault) => !fault.includes('404'))).toEqual([]);
});

test('after the end the officer sees the sum, the principal the own result, nobody else anything', async ({
  browser,
}) => {
  const principal = await pageOf(browser, 'principal', phone);
  const officer = await pageOf(browser, 'research-officer');
  const teacher = await pageOf(browser, 'teacher', phone);
  const faults = [collectFaults(principal), collectFaults(officer)];

  await officer.goto('/calibrations');
  await expectSound(officer, 'the sessions');
  await officer.getByRole('link', { name: /上月听课评课校准/ }).click();
  await expect(officer.getByText('一致性系数 α')).toBeVisible();
  await expect(officer.getByText(/95% 区间 .* 至 /)).toBeVisible();
  await officer.getByText('一致性系数是什么').click();
  await expect(officer.getByText(/Krippendorff, Content/)).toBeVisible();
  await expect(officer.getByRole('row')).toHaveCount(11);
  await expectSound(officer, 'the sum');
  const path = new URL(officer.url()).pathname;

  await principal.goto('/calibrations');
  await expectSound(principal, 'the sessions on the phone');
  await principal.getByRole('link', { name: /上月听课评课校准/ }).tap();
  await expect(principal.getByText(/条与专家组的中位数在一步之内/)).toBeVisible();
  await expect(principal.getByText('只有您自己看得到；不打分，不排名。')).toBeVisible();
  await expect(principal.getByText('一致性系数')).toBeHidden();
  await expectSound(principal, 'the own result on the phone');

  await officer.setViewportSize({ width: 360, height: 740 });
  await officer.goto(path);
  await expect(officer.getByText('一致性系数 α')).toBeVisible();
  await expectSound(officer, 'the sum on a phone');

  await teacher.goto(path);
  await expect(teacher.getByText('没有找到')).toBeVisible();
  expect(faults.flat()).toEqual([]);
});
