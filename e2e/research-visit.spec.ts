import { type Browser, expect, type Page, test } from '@playwright/test';
import type { DemoRole } from '../src/modules/accounts/demo-sign-in/contract.ts';
import { collectFaults, expectSound, signInAs } from './support.ts';

const pageOf = async (browser: Browser, role: DemoRole, options = {}): Promise<Page> => {
  const page = await (await browser.newContext(options)).newPage();
  await signInAs(page, role);
  return page;
};

test('a visit is planned, the school is told, what was seen and found is recorded and shared', async ({
  browser,
}) => {
  const principal = await pageOf(browser, 'principal', {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
  });
  const officer = await pageOf(browser, 'research-officer');
  const faults = [collectFaults(principal), collectFaults(officer)];
  const answer = await principal.request.post('/rpc/classroom/startFinding', { data: { json: {} } });
  const school: string = (await answer.json()).json.kinds[0].schools[0].name;

  await officer.goto('/research-visits');
  await expect(officer.getByRole('heading', { name: '本学期未巡研的学校' })).toBeVisible();
  await expect(officer.getByText('未巡研', { exact: true }).first()).toBeVisible();
  await expectSound(officer, 'planner');
  await officer.getByRole('link', { name: '安排一次巡研' }).click();
  await officer.getByLabel('学校', { exact: false }).first().selectOption({ label: school });
  const stages = officer.getByRole('group', { name: '学段' });
  if (await stages.isVisible()) await stages.getByRole('radio').first().click();
  await officer.getByLabel('范围').selectOption({ label: '数学' });
  await officer.getByLabel('重点看什么').fill('单元教学设计在课堂上的落实');
  await expectSound(officer, 'plan of a visit');
  await officer.getByRole('button', { name: '安排', exact: true }).click();
  await expect(officer).toHaveURL(/\/research-visits\/[0-9a-f-]{36}$/);
  const path = new URL(officer.url()).pathname;

  await principal.goto(path);
  await expect(principal.getByText('单元教学设计在课堂上的落实')).toBeVisible();
  await expect(principal.getByRole('button', { name: '改安排' })).toBeHidden();

  await officer.getByLabel('看到的情况').fill('听了四节数学课，参加一次教研活动。');
  await officer.reload();
  await expect(officer.getByLabel('看到的情况')).toHaveValue('听了四节数学课，参加一次教研活动。');
  await officer.getByLabel('亮点').fill('同桌互说用得自然。');
  await officer.getByRole('button', { name: '记下', exact: true }).click();
  await expect(officer.getByRole('button', { name: '告知学校' })).toBeVisible();
  await principal.reload();
  await expect(principal.getByText('听了四节数学课')).toBeHidden();

  await officer.getByRole('link', { name: '记一个问题' }).click();
  await officer.getByRole('radio', { name: '评价不实' }).click();
  await officer.getByLabel('发现了什么问题').fill('评课只写优点，不足一栏空着。');
  await officer.getByLabel('建议怎么改').fill('评课先说事实，至少写一条建议。');
  await officer.getByRole('button', { name: '登记并交办' }).click();
  await expect(officer).toHaveURL(new RegExp(`${path}$`));
  await expect(officer.getByText('评课只写优点')).toBeVisible();
  await officer.getByRole('button', { name: '告知学校' }).click();
  await expect(officer.getByText('已告知学校').first()).toBeVisible();
  await expectSound(officer, 'a shared visit');

  await principal.goto('/');
  await expect(principal.getByRole('heading', { name: '巡研' })).toBeVisible();
  await principal.goto(path);
  await expect(principal.getByText('听了四节数学课')).toBeVisible();
  await principal.getByRole('link', { name: /评课只写优点/ }).click();
  await expect(principal.getByRole('button', { name: '认领', exact: true })).toBeVisible();
  await principal.goto(path);
  await expectSound(principal, 'the visit on the principal’s phone');
  expect(faults.flat()).toEqual([]);
});
