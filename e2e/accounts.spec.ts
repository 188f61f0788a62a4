import { expect, type Page, test } from '@playwright/test';
import { collectFaults, expectSound, nameInTheLan, openPage, phone, signInAs } from './support.ts';

const ownPassword = 'Fish-pond.27';

const makeAccount = async (page: Page, name: string, loginName: string): Promise<string> => {
  await openPage(page, '/accounts/new');
  await page.getByLabel('姓名').fill(name);
  await page.getByLabel('登录名').fill(loginName);
  await page.getByRole('button', { name: '建立账号' }).click();
  const slip = page.getByRole('article').filter({ hasText: name });
  await expect(slip).toContainText(loginName);
  const oneTimePassword = await slip.locator('.slip-password').innerText();
  await page.getByRole('button', { name: '已交付，关闭' }).click();
  return oneTimePassword;
};

const signInByPassword = async (page: Page, identifier: string, password: string): Promise<void> => {
  await page.getByLabel('工号、手机号或姓名').fill(identifier);
  await page.getByRole('textbox', { name: /^密码/ }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
};

test.describe('phone', () => {
  test.use(phone);

  test('from the slip to an own password, and out again', async ({ page, browser, baseURL }) => {
    await signInAs(page, 'system');
    const loginName = `slip-${Date.now()}`;
    const oneTimePassword = await makeAccount(page, '纸条先生', loginName);

    const context = await browser.newContext({ ...phone, baseURL: baseURL ?? '' });
    const own = await context.newPage();
    await own.goto('/');
    await own.getByRole('button', { name: '用账号和密码登录' }).click();
    await signInByPassword(own, loginName, 'Not-the-one-1');
    await expect(own.getByRole('alert')).toContainText('登录名或密码不对');
    await expect(own.getByLabel('工号、手机号或姓名')).toHaveValue(loginName);
    await signInByPassword(own, loginName, oneTimePassword.toUpperCase());

    await own.getByRole('heading', { name: '设置自己的密码' }).waitFor();
    await expectSound(own, 'first password');
    await own.getByRole('textbox', { name: /^新密码/ }).fill('Password123');
    await own.getByRole('textbox', { name: /^再输入一次/ }).fill('Password123');
    await own.getByRole('button', { name: '设置密码并进入' }).click();
    await expect(own.getByRole('alert')).toContainText('太常见');
    await own.getByRole('textbox', { name: /^新密码/ }).fill(ownPassword);
    await own.getByRole('textbox', { name: /^再输入一次/ }).fill(ownPassword);
    await own.getByRole('button', { name: '设置密码并进入' }).click();
    await own.getByText('纸条先生，您好').waitFor();

    await openPage(own, '/account');
    await expect(own.getByText('本机')).toBeVisible();
    await own.getByRole('button', { name: '退出登录' }).click();
    await own.getByRole('button', { name: '用账号和密码登录' }).click();
    await signInByPassword(own, loginName, oneTimePassword);
    await expect(own.getByRole('alert')).toContainText('登录名或密码不对');
    await context.close();
  });
});

test('a session that ends under a form leaves what was typed', async ({ page }) => {
  await signInAs(page, 'security');
  await openPage(page, '/security');
  await page.getByLabel(/^最短长度/).fill('9');
  await page.context().clearCookies();
  await page.getByRole('button', { name: '保存安全规则' }).click();
  const dialog = page.getByRole('dialog', { name: '登录已过期' });
  await dialog.getByRole('button', { name: /安全管理员/ }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByLabel(/^最短长度/)).toHaveValue('9');
  await page.getByRole('button', { name: '保存安全规则' }).click();
  await expect(page.getByRole('status').filter({ hasText: '已保存' })).toBeVisible();
});

test('a duty is given, seen in the audit log by the audit administrator alone, and ended', async ({
  page,
}) => {
  const faults = collectFaults(page);
  const name = `审计员${Date.now() % 100_000}`;
  await signInAs(page, 'system');
  await makeAccount(page, name, `audit-${Date.now()}`);
  await signInAs(page, 'security');
  await openPage(page, '/administrators');
  await page.getByRole('button', { name: '任命审计管理员' }).click();
  await page.getByLabel('查找账号').fill(name);
  await page.getByRole('button', { name: `任命${name}` }).click();
  await page.getByRole('button', { name: `免去${name}的审计管理员` }).click();
  await page.getByRole('dialog').getByRole('button', { name: '免去', exact: true }).click();
  await expect(page.getByRole('button', { name: `免去${name}的审计管理员` })).toBeHidden();
  expect(faults).toEqual([]);

  await openPage(page, '/audit');
  await expect(page.getByRole('alert')).toBeVisible();
  await signInAs(page, 'audit');
  await openPage(page, '/audit');
  await page.getByLabel('范围').selectOption('accounts');
  await expect(page.getByRole('row').filter({ hasText: '任命管理员' }).first()).toBeVisible();
  await expectSound(page, 'audit log');
});

test('over plain HTTP in the school’s own network everything is saved as well', async ({ page, baseURL }) => {
  await page.goto((baseURL ?? '').replace('127.0.0.1', nameInTheLan));
  expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
  await page.getByRole('button', { name: /^教学副校长/ }).click();
  await page.getByRole('button', { name: '开始听课' }).click();
  await page.getByLabel('优点').fill('在学校的网里写的一句话。');
  await expect(page.getByText(/^已保存/)).toBeVisible();
  await page.getByRole('button', { name: '删去这份草稿' }).click();
  await expect(page.getByText('草稿已删去')).toBeVisible();
});
