import { expect, test } from '@playwright/test';
import { collectFaults, expectSound, firstStart, phone } from './support.ts';

test.use(phone);

test('the printed one-time password opens nothing but the choice of an own password', async ({ page }) => {
  const { url, administrator, oneTimePassword } = firstStart();
  await page.goto(url);
  await page.getByLabel('工号、手机号或姓名').fill(administrator);
  await page.getByRole('textbox', { name: /^密码/ }).fill(oneTimePassword);
  const faults = collectFaults(page);
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page.getByRole('heading', { name: '设置自己的密码' })).toBeVisible();
  await expectSound(page, 'first password');

  await page.goto(`${url}/accounts`);
  await expect(page.getByRole('heading', { name: '设置自己的密码' })).toBeVisible();
  const answer = await page.request.post(`${url}/rpc/organisation/searchPeople`, { data: { json: {} } });
  expect(answer.status()).toBe(403);
  expect(faults).toEqual([]);
});
