import { expect, type Page, test } from '@playwright/test';
import type { DemoRole } from '../src/modules/accounts/demo-sign-in/contract.ts';
import { collectFaults, expectSound, signInAs } from './support.ts';

// These specs compare sums with rows that others of this file change.
test.describe.configure({ mode: 'default' });

// As on a phone; `isMobile` is left out because it scales the page while typing.
test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

const call = async (page: Page, endpoint: string, input: unknown) => {
  const answer = await page.request.post(`/rpc/classroom/${endpoint}`, { data: { json: input } });
  expect(answer.ok(), `${endpoint}: ${answer.status()}`).toBe(true);
  return (await answer.json()).json;
};

const open = async (page: Page, role: DemoRole, path: string): Promise<void> => {
  await signInAs(page, role);
  await page.goto(path);
  await page.locator('h1').first().waitFor();
};

interface Row {
  readonly id: string;
  readonly dayOn: string;
  readonly state: string;
  readonly teacherName: string;
}

/** Two finished records of one teacher, the earlier one without an agreed change. */
const pairOfLessons = async (page: Page): Promise<{ earlier: Row; later: Row }> => {
  const { rows }: { rows: Row[] } = await call(page, 'listMyObservations', {
    limit: 100,
    states: ['finalised', 'fed-back', 'replied'],
  });
  for (const later of rows) {
    if ((await call(page, 'getFollowUp', { observationId: later.id })).earlier.length > 0) continue;
    for (const earlier of rows) {
      if (earlier.teacherName !== later.teacherName || earlier.dayOn >= later.dayOn) continue;
      if (earlier.state === 'finalised') continue;
      const { agreedChange } = await call(page, 'getObservation', { id: earlier.id });
      if (agreedChange === '') return { earlier, later };
    }
  }
  throw new Error('the demonstration has no two lessons of one teacher');
};

test('an agreed change is planned, proposed at the next lesson and closed by it', async ({ page }) => {
  const faults = collectFaults(page);
  await signInAs(page, 'principal');
  const { earlier, later } = await pairOfLessons(page);
  await page.goto(`/observations/${earlier.id}`);
  await page.getByLabel('改进什么').fill('讨论之前每人先写两分钟。');
  await page.getByRole('button', { name: '记下', exact: true }).click();
  await page.getByLabel('什么时候再看').fill(later.dayOn);
  await page.getByLabel('哪一节').selectOption('3');
  await page.getByRole('button', { name: '记下再看的时间' }).click();
  await expect(page.getByText('已约好下次')).toBeVisible();
  await expectSound(page, 'record with follow-up');

  await page.goto('/observations/follow-ups');
  await expectSound(page, 'follow-ups');
  await page.goto(`/observations/${later.id}`);
  await expect(page.getByRole('heading', { name: '上次商定' })).toBeVisible();
  await expect(page.getByText('讨论之前每人先写两分钟。')).toBeVisible();
  await page.getByLabel('这次看到了什么').fill('写完再议，后排也开口了。');
  await expectSound(page, 'record that looks again');
  await page.getByRole('button', { name: '这节课看过了' }).click();
  await expect(page.getByRole('heading', { name: '上次商定' })).toBeHidden();
  await page.goto(`/observations/${earlier.id}`);
  await expect(page.getByText('已回头看：')).toBeVisible();
  await expect(page.getByText('写完再议，后排也开口了。')).toBeVisible();
  expect(faults).toEqual([]);
});

test('several observers of a lesson talk it over and write the gist', async ({ page }) => {
  const faults = collectFaults(page);
  await signInAs(page, 'principal');
  const { rows }: { rows: Row[] } = await call(page, 'listMyObservations', {
    limit: 100,
    states: ['finalised', 'fed-back', 'replied'],
  });
  let record = '';
  for (const { id } of rows) {
    const { debriefId } = await call(page, 'findDebriefOfLesson', { observationId: id });
    if (debriefId !== null) continue;
    record = id;
    break;
  }
  await page.goto(`/observations/${record}`);
  await page.getByRole('button', { name: '发起议课' }).click();
  await page.getByRole('button', { name: '发起', exact: true }).click();
  await expect(page).toHaveURL(/\/observations\/debriefs\//);
  await page.getByLabel('我主要看').fill('学生的参与');
  await page.getByRole('button', { name: '记下所看' }).click();
  await expect(page.getByText('学生的参与').first()).toBeVisible();
  await page.getByLabel('我的发言').fill('后排两个小组也汇报了。');
  await page.getByRole('button', { name: '记入议课' }).click();
  await expect(page.getByText('后排两个小组也汇报了。').first()).toBeVisible();
  await page.getByLabel('说课要点').fill('先写、再议、后说。');
  await page.getByLabel('议课纪要').fill('任务清楚；讨论前先独立写。');
  await expectSound(page, 'debrief');
  await page.getByRole('button', { name: '纪要定稿' }).click();
  await expect(page.getByLabel('更正的原因')).toBeVisible();
  await expect(page.getByLabel('议课纪要')).toHaveValue('任务清楚；讨论前先独立写。');
  await page.goto('/observations/debriefs');
  await expectSound(page, 'debriefs');
  expect(faults).toEqual([]);
});

test('a teacher sees what was said criterion by criterion, without totals', async ({ page }) => {
  await open(page, 'teacher', '/observations/feedback');
  await page.getByRole('radio', { name: '按十条标准' }).click();
  await expect(page.locator('.criterion-times').first()).toBeVisible();
  await expect(page.getByText(/不计总分，不与别人比较/)).toBeVisible();
  await expectSound(page, 'feedback by criterion');
});

test('a principal explains a remark of the ledger; the leading group sees that it was explained', async ({
  page,
}) => {
  const faults = collectFaults(page);
  await open(page, 'principal', '/progress');
  await page.getByRole('link', { name: '听课台账' }).first().click();
  await expect(page.getByRole('heading', { name: '请您看一看' })).toBeVisible();
  const remarks = page.locator('.panel', { hasText: '请您看一看' }).locator('details');
  await remarks.first().locator('summary').click();
  await page
    .getByLabel(/^(一句|再)说明/)
    .first()
    .fill('确是两节，内容相接。');
  await page.getByRole('button', { name: '记下说明' }).click();
  await expect(page.getByText('说明：确是两节，内容相接。')).toBeVisible();
  await page.getByLabel('说明', { exact: true }).fill('外出培训两周，下月补上。');
  await page.getByRole('button', { name: '保存说明' }).click();
  await expect(page.getByText(/以前各版仍保留/)).toBeVisible();
  await expectSound(page, 'ledger');

  await open(page, 'leading-group', '/progress/district');
  await expect(page.getByText('外出培训两周，下月补上。')).toBeVisible();
  await expect(page.getByText('确是两节，内容相接。')).toBeHidden();
  await expect(page.getByText(/\d+ 处，已说明 \d+/).first()).toBeVisible();
  await expectSound(page, 'district progress');
  expect(faults).toEqual([]);
});
