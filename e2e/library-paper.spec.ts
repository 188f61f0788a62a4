import { expect, test } from '@playwright/test';
import { collectFaults, expectSound, openPage, phone, signInAs } from './support.ts';

test('an item of the library is picked into a paper, which says where it comes from and that there is a newer one', async ({
  page,
}) => {
  const faults = collectFaults(page);
  await signInAs(page, 'core-member');
  await openPage(page, '/library?view=in-work&kind=test-paper&subject=mathematics');
  await page.getByRole('link', { name: /期末（演示）/ }).click();
  await page.getByRole('link', { name: '进入编写' }).click();
  await expect(page.getByText('该题已有第 2 版')).toBeVisible();
  await page.getByRole('link', { name: '选题', exact: true }).click();
  await page.getByLabel('题型').selectOption({ label: '计算' });
  const item = page.getByRole('listitem', { name: '两位数乘两位数（演示）' });
  await expect(item.locator('.katex').first()).toBeVisible();
  await expect(page.getByRole('listitem', { name: '外购的一道题（演示）' })).toHaveCount(0);
  await page.getByLabel('题型').selectOption({ label: '填空' });
  await expect(page.getByText(/义务教育学校不得购买试题/)).toBeVisible();
  await page.getByLabel('题型').selectOption({ label: '计算' });
  await item.getByRole('button', { name: '选入' }).click();
  await expect(item.getByText(/已选为第2题/)).toBeVisible();
  await expectSound(page, 'choosing items on a desk');
  await page.getByRole('link', { name: /试卷$/ }).click();
  await expect(page.getByText(/选自.*两位数乘两位数（演示）/)).toBeVisible();
  await page.getByRole('button', { name: '换成第 2 版' }).click();
  await expect(page.getByText('该题已有第 2 版')).toHaveCount(0);
  await expectSound(page, 'a paper being written');
  expect(faults).toEqual([]);
});

test.describe('on a phone', () => {
  test.use(phone);

  test('a teacher posts the homework of a design to a class and sees the day’s sum before it is saved', async ({
    page,
  }) => {
    const faults = collectFaults(page);
    await signInAs(page, 'teacher');
    await openPage(page, '/library/adaptations');
    await page.getByRole('link', { name: /一课一得（演示）/ }).click();
    await expect(page.getByRole('heading', { name: '布置到班级' })).toBeVisible();
    const minutes = page.getByLabel(/书面作业（分钟）/);
    await expect(minutes).toHaveValue('18');
    const classes = page.getByLabel('班级', { exact: true });
    if ((await classes.inputValue()) === '') await classes.selectOption({ index: 1 });
    await minutes.fill('95');
    await expect(page.getByText(/各科书面作业合计 \d+ 分钟，超过/)).toBeVisible();
    await expectSound(page, 'posting homework on a phone');
    await minutes.fill('18');
    await page.getByRole('button', { name: /布置/ }).click();
    await expect(page.getByText(/已登记 18 分钟/)).toBeVisible();
    await page.getByRole('link', { name: '看这个班的作业公示' }).click();
    await expect(page.getByLabel(/书面作业分钟数/).first()).toBeVisible();
    await page.getByRole('link', { name: '看作业设计' }).click();
    await expect(page.locator('h1')).toHaveText('一课一得（演示）');
    expect(faults).toEqual([]);
  });
});
