import { expect, test } from '@playwright/test';
import { collectFaults, expectSound, openPage, phone, signInAs } from './support.ts';

test.use(phone);

test('a principal confirms a plan, changes it with a reason, and begins an observation from it with one tap', async ({
  page,
}) => {
  const faults = collectFaults(page);
  await signInAs(page, 'principal');
  await openPage(page, '/diagnosis-plan');
  const confirm = page.getByRole('button', { name: '确定计划' });
  const adjust = page.getByRole('button', { name: '调整计划' });
  await expect(confirm.or(adjust).first()).toBeVisible();
  if (await confirm.isVisible()) {
    await page.getByLabel('要诊断的问题').fill('课堂追问停在“是什么”');
    await page.getByLabel('什么时候和教师交流结果').fill('听课当天');
    await page.getByRole('button', { name: '按教学日分到各周' }).click();
    await expectSound(page, 'the form of a plan');
    await confirm.click();
    await expect(page.getByText('计划已确定。')).toBeVisible();
  }
  await expectSound(page, 'a confirmed plan');

  await adjust.click();
  await page.getByLabel('学期一共听').fill('171');
  await page.getByRole('button', { name: '按教学日分到各周' }).click();
  await expectSound(page, 'the form of a change');
  const change = page.getByRole('button', { name: '按新计划执行' });
  await expect(change).toBeDisabled();
  await page.getByLabel('为什么调整').fill('新教师到岗，增加跟踪听课');
  await change.click();
  await expect(page.getByText('已按新计划执行。')).toBeVisible();
  await expect(page.getByText('新教师到岗，增加跟踪听课').first()).toBeVisible();

  // Next week, so that the end of a week or a holiday does not matter; a later week would not be offered.
  await page.getByRole('radio', { name: '下周' }).check({ force: true });
  const proposal = page.locator('.lesson-choice button').first();
  const none = page.getByText('这一周余下的日子没有课，或者还没有导入课表。');
  await expect(proposal.or(none).first()).toBeVisible();
  if (await proposal.isVisible()) {
    const label = (await proposal.locator('strong').textContent()) ?? '';
    await proposal.click();
    await page.waitForURL(/\/observations\/[0-9a-f-]+\/edit/);
    const [, className = ''] = label.split(' ');
    await expect(page.locator('.lesson-choice button[aria-pressed="true"]')).toContainText(className);
    await expectSound(page, 'an observation begun from a plan');
  }
  expect(faults).toEqual([]);
});

test('the district sees that plans are there and their numbers, not their words', async ({ page }) => {
  await signInAs(page, 'research-officer');
  await openPage(page, '/diagnosis-plans');
  await expect(page.getByText('已确定').first()).toBeVisible();
  await expectSound(page, 'the list of plans');
  await expect(page.getByRole('link', { name: /的计划$/ })).toHaveCount(0);
  await openPage(page, '/evaluation');
  await expect(page.getByText(/^课堂诊断计划：\d+ 位负责人中 \d+ 位已确定/)).toBeVisible();
});
