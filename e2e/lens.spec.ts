import { expect, type Page, test } from '@playwright/test';
import { addDays, chinaDay } from '../src/platform/dates.ts';
import { newId } from '../src/platform/ids.ts';
import { collectFaults, expectSound, signInAs } from './support.ts';

// As on a phone at the back of the room; `isMobile` is left out because it scales the page while typing.
test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

// One after another: they look for a free lesson of the same teacher.
test.describe.configure({ mode: 'default' });

const call = async (page: Page, endpoint: string, input: unknown) => {
  const answer = await page.request.post(`/rpc/${endpoint}`, {
    data: { json: input },
    headers: { 'idempotency-key': crypto.randomUUID() },
  });
  expect(answer.ok(), `${endpoint}: ${answer.status()}`).toBe(true);
  return (await answer.json()).json;
};

interface Lesson {
  readonly teacherId: string;
  readonly slot: number;
}

/** Signs in as the principal and opens a draft on a lesson of the demonstration's teacher, at its beginning. */
const inTheTeachersLesson = async (page: Page): Promise<number> => {
  await signInAs(page, 'teacher');
  const { personId } = await call(page, 'accounts/whoAmI', {});
  await signInAs(page, 'principal');
  const today = chinaDay(new Date());
  for (let back = 1; back < 60; back += 1) {
    const dayOn = addDays(today, -back);
    const { rows } = await call(page, 'classroom/listMyObservations', { from: dayOn, to: dayOn, limit: 50 });
    const { isTeachingDay, slots, school } = await call(page, 'classroom/startObservation', { dayOn });
    if (!isTeachingDay) continue;
    for (const { slot, startsAt } of slots) {
      if (rows.some((row: Slots) => row.slotFrom <= slot && slot <= row.slotTo)) continue;
      const { lessons } = await call(page, 'classroom/startObservation', { dayOn, slot });
      const lesson = lessons.find(({ teacherId }: Lesson) => teacherId === personId);
      if (lesson === undefined) continue;
      const { observedBefore: _observed, slot: _slot, ...taught } = lesson;
      const { id } = await call(page, 'classroom/saveDraft', {
        id: newId(),
        version: 0,
        content: { ...blank, ...taught, dayOn, slotFrom: slot, slotTo: slot, schoolId: school.id },
      });
      const at = Date.parse(`${dayOn}T${startsAt}:00+08:00`);
      await page.clock.setFixedTime(at);
      await page.goto(`/observations/${id}/edit`);
      await expect(page.getByText(/^已保存/)).toBeVisible();
      return at;
    }
  }
  throw new Error('the demonstration’s teacher has no lesson to observe in the last 60 days');
};

interface Slots {
  readonly slotFrom: number;
  readonly slotTo: number;
}

const blank = {
  capacity: 'principal',
  topic: '',
  lessonType: null,
  occasion: 'ordinary',
  announced: false,
  mode: 'live',
  offDayReason: '',
  criteria: [],
  strengths: '',
  toImprove: '',
  suggestion: '',
};

test('taps in a lesson become charts the teacher sees once told', async ({ page }) => {
  const faults = collectFaults(page);
  let now = await inTheTeachersLesson(page);
  const pass = async (seconds: number): Promise<void> => {
    now += seconds * 1000;
    await page.clock.setFixedTime(now);
  };

  await page.getByText('课堂观察工具（选填）').click();
  const tools = page.locator('.lens-tools');
  await tools.getByRole('button', { name: '导入', exact: true }).click();
  await tools.getByRole('radio', { name: 'S–T', exact: true }).click();
  await tools.getByRole('button', { name: /^T 教师/ }).click();
  await pass(120);
  await tools.getByRole('button', { name: /^S 学生/ }).click();
  await pass(60);
  await tools.getByRole('button', { name: /^T 教师/ }).click();
  await pass(60);
  await tools.getByRole('button', { name: /^S 学生/ }).click();
  await pass(60);
  await tools.getByRole('button', { name: '结束 S–T' }).click();
  await expect(tools.getByText('教师 3 分，学生 2 分；3 次转换，已结束')).toBeVisible();
  await expectSound(page, 'S-T');
  await tools.getByRole('radio', { name: '环节', exact: true }).click();
  await tools.getByRole('button', { name: '练习', exact: true }).click();
  await pass(90);
  await tools.getByRole('button', { name: '下课，停止计时' }).click();
  await expectSound(page, 'phases');
  await tools.getByRole('radio', { name: '提问', exact: true }).click();
  await tools.getByRole('button', { name: /^是何/ }).click();
  await tools.getByRole('button', { name: /^为何/ }).click();
  await tools.getByRole('button', { name: /^追问/ }).click();
  await tools.getByRole('button', { name: '问理由' }).click();
  await tools.getByRole('button', { name: /^追问/ }).click();
  await expect(tools.getByText('已记 2 问，其中 1 问有追问；最近：为何。')).toBeVisible();
  await expectSound(page, 'questions');
  await tools.getByRole('radio', { name: '语言', exact: true }).click();
  await tools.getByRole('button', { name: /^我向语言 0/ }).click();
  await expectSound(page, 'talk');
  for (const tap of await tools.locator('.lens-tap').all())
    expect((await tap.boundingBox())?.height).toBeGreaterThanOrEqual(44);

  await page.getByLabel('课题').fill('认识周长');
  await page.getByRole('radio', { name: '新授课' }).click();
  await page.getByLabel('优点').fill('追问问到了理由。');
  await page.getByLabel('建议').fill('再多留一点时间给学生。');
  await page.getByRole('button', { name: '完成' }).click();
  const charts = page.locator('.lens-charts');
  await expect(charts.getByRole('heading', { name: 'S–T 分析' })).toBeVisible();
  await page.getByRole('button', { name: '反馈给老师' }).click();
  await expect(page.getByRole('heading', { name: '商定的改进' })).toBeVisible();
  const address = page.url();

  await signInAs(page, 'teacher');
  await page.goto(address);
  // TTTT SS TT SS, ten samples of half a minute: the figures of the reference.
  await expect(
    charts.getByRole('img', { name: /^Rt–Ch 图：.* Rt 0\.60，转换率 Ch 0\.30，接近混合型/ }),
  ).toBeVisible();
  await expect(
    charts.getByRole('img', { name: /^S–T 曲线：.*共 10 个样本，终点教师 6、学生 4/ }),
  ).toBeVisible();
  await expect(charts.getByText('1 问，占 50%')).toBeVisible();
  await expect(charts.getByText('3 问相连')).toBeVisible();
  await expect(charts.getByRole('cell', { name: '1 分 30 秒' })).toBeVisible();
  await expect(page.getByRole('link', { name: '更正课堂观察' })).toHaveCount(0);
  await expectSound(page, 'charts');
  await charts.locator('summary').first().click();
  await expectSound(page, 'numbers beside the charts');

  await signInAs(page, 'principal');
  await page.goto(`${address}/lens`);
  await tools.getByRole('radio', { name: '提问', exact: true }).click();
  await tools.getByRole('button', { name: /^若何/ }).click();
  await page.getByLabel('更正的原因').fill('漏记了最后一问');
  await expectSound(page, 'correction');
  await page.getByRole('button', { name: '保存更正' }).click();
  await expect(charts.getByText(/更正：漏记了最后一问/)).toBeVisible();
  await expect(charts.getByText(/共 3 问/)).toBeVisible();
  expect(faults).toEqual([]);
});

test('a dead line keeps the taps on the phone, also over the end of the lesson', async ({ page }) => {
  await inTheTeachersLesson(page);
  const dead = '**/rpc/classroom/saveLens';
  await page.route(dead, (route) => route.abort());
  await page.getByText('课堂观察工具（选填）').click();
  const tools = page.locator('.lens-tools');
  await tools.getByRole('radio', { name: '提问', exact: true }).click();
  await tools.getByRole('button', { name: /^如何/ }).click();
  await expect(page.getByText(/尚未保存，正在重试/)).toBeVisible();
  await page.reload();
  await tools.getByRole('radio', { name: '提问', exact: true }).click();
  await expect(tools.getByText('已记 1 问，其中 0 问有追问；最近：如何。')).toBeVisible();
  await page.getByLabel('课题').fill('周长的练习');
  await page.getByRole('radio', { name: '练习课' }).click();
  await page.getByLabel('优点').fill('学生说得清楚方法。');
  await page.getByLabel('建议').fill('可以换一个图形再问。');
  await page.getByRole('button', { name: '完成' }).click();
  await expect(page.getByText('本机还有没有送出的课堂观察，没有丢失。')).toBeVisible();
  await page.unroute(dead);
  await page.reload();
  await expect(page.locator('.lens-charts').getByText(/共 1 问/)).toBeVisible();
  await expect(page.getByText('本机还有没有送出的课堂观察，没有丢失。')).toBeHidden();
});

test('an instrument for recordings is offered for a recording only', async ({ page }) => {
  const faults = collectFaults(page);
  await signInAs(page, 'vice-principal');
  await page.goto('/observations');
  await page.getByRole('button', { name: '开始听课' }).click();
  await page.getByText('课堂观察工具（选填）').click();
  const tools = page.locator('.lens-tools');
  await expect(tools.getByRole('radio', { name: '编码', exact: true })).toHaveCount(0);
  // The first thing that is entered at all: it makes the record.
  await tools.getByRole('button', { name: '导入', exact: true }).click();
  await expect(page.getByText(/^已保存/)).toHaveCount(2);
  await tools.getByRole('radio', { name: 'S–T', exact: true }).click();
  await page.getByText('录入已有的 S–T 数据').click();
  await page.getByLabel('样本总数 N').fill('10');
  await page.getByLabel('教师样本 Nt').fill('9');
  await page.getByLabel('连数 g').fill('6');
  await page.getByRole('button', { name: '用这三个数' }).click();
  await expect(page.getByText(/自相矛盾/)).toBeVisible();
  await expect(page.getByLabel('连数 g')).toHaveValue('6');
  await page.getByText(/核对或更正/).click();
  await page.getByRole('radio', { name: '录像' }).click();
  await tools.getByRole('radio', { name: '编码', exact: true }).click();
  await page.getByLabel('粘贴编码').fill('4 8 8 9.1 2 5');
  await page.getByRole('button', { name: '加入这些编码' }).click();
  await expect(page.getByText(/里没有：9\.1/)).toBeVisible();
  await page.getByLabel('粘贴编码').fill('4 8 8 2 5');
  await page.getByRole('button', { name: '加入这些编码' }).click();
  await tools.getByRole('button', { name: /^5/ }).click();
  await expect(tools.getByText(/已有 6 个编码（18 秒）/)).toBeVisible();
  await expectSound(page, 'codes');
  await page.getByRole('button', { name: '删去这份草稿' }).click();
  await expect(page).toHaveURL(/\/observations$/);
  const left = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('lens:')));
  expect(left).toEqual([]);
  expect(faults).toEqual([]);
});
