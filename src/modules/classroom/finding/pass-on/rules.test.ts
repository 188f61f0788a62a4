import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fromHomework, fromObservation, fromStop, fromWritingCheck } from './rules.ts';

const stop = {
  dayOn: '2024-03-20',
  halfDay: 'morning',
  slot: 2,
  classLabel: '三年级2班',
  grade: 3,
  subject: 'music',
  taughtSubject: null,
  result: 'noted',
  findings: [],
  note: '',
} as const satisfies Parameters<typeof fromStop>[0];

it('a stop by what was seen at the door', () => {
  type Given = Partial<Parameters<typeof fromStop>[0]>;
  const cases: readonly [given: Given, type: string | null, says: RegExp][] = [
    [
      { findings: [{ kind: 'sleeping', count: 3 }] },
      'routine',
      /^2024年3月20日上午第2节巡课，三年级2班音乐：睡觉 3 人。$/,
    ],
    [
      { findings: [{ kind: 'lesson-occupied', count: null }], taughtSubject: 'mathematics' },
      'course-opening',
      /挤占；实际在上数学。$/,
    ],
    [{ findings: [{ kind: 'abnormal-event', count: null }] }, 'safety', /异常情况。$/],
    [{ note: '门锁坏了。', subject: null }, 'routine', /三年级2班：门锁坏了。$/],
    [{ findings: [{ kind: 'highlight', count: null }] }, null, /./],
    [{ findings: [{ kind: 'lesson-swapped', count: null }] }, null, /./],
    [{ result: 'in-order' }, null, /./],
  ];
  for (const [given, type, says] of cases) {
    const made = fromStop({ ...stop, ...given });
    assert.equal(made?.type ?? null, type, JSON.stringify(given));
    if (made !== null) assert.match(made.description, says);
  }
});

it('a writing check names its class inside the school only', () => {
  const check = {
    dayOn: '2024-03-20',
    grade: 3,
    classLabel: '三年级2班',
    subject: 'chinese',
    sample: 20,
    posture: 15,
    grip: 12,
    form: 18,
    neat: 16,
    faults: ['head-low', 'fingers-low'],
    faultNote: '后排光线暗。',
    advice: '课前提醒。',
  } as const;
  const inside = fromWritingCheck(check, 'school');
  assert.deepEqual([inside?.place, inside?.advice], ['三年级2班', '课前提醒。']);
  const above = fromWritingCheck(check, 'district');
  assert.match(
    above?.description ?? '',
    /三年级抽查20人，坐姿端正15人、执笔正确12人.*眼离书本不足一尺、手指离笔尖不足一寸；后排光线暗。$/,
  );
  assert.ok(!JSON.stringify(above).includes('2班'));
  assert.equal(fromWritingCheck({ ...check, faults: [], faultNote: ' ' }, 'school'), null);
});

it('homework by its standing against the limit of its day', () => {
  const day = {
    dayOn: '2024-03-20',
    kind: 'spot',
    grade: 5,
    classLabel: '五年级1班',
    minutes: 75,
    takeHomeMinutes: 75,
    standing: 'over',
    items: [
      { subject: 'chinese', minutes: 40, takeHome: true },
      { subject: 'mathematics', minutes: 35, takeHome: true },
    ],
  } as const;
  const limit = { minutes: 60, takeHome: true, ground: '“双减”意见' };
  assert.match(
    fromHomework(day, 'district', limit)?.description ?? '',
    /作业抽查，五年级各科书面作业合计75分钟，超过每天60分钟的上限（语文40、数学35）。依据：“双减”意见。$/,
  );
  assert.equal(fromHomework(day, 'school', limit)?.place, '五年级1班');
  const forbidden = fromHomework({ ...day, grade: 2, standing: 'forbidden' }, 'district', {
    ...limit,
    minutes: null,
    takeHome: false,
  });
  assert.match(forbidden?.description ?? '', /二年级布置了带回家的书面作业75分钟/);
  assert.match(forbidden?.advice ?? '', /校内完成/);
  assert.equal(fromHomework({ ...day, standing: 'within' }, 'school', limit), null);
});

it('a lesson by what there is to improve, cut to what a finding holds', () => {
  const lesson = {
    dayOn: '2024-03-20',
    classLabel: '五年级1班',
    grade: 5,
    subject: 'chinese',
    toImprove: '追问少。',
    suggestion: ' 多问为什么。 ',
  } as const;
  const made = fromObservation(lesson);
  assert.deepEqual(
    [made?.description, made?.advice],
    ['2024年3月20日听课，五年级1班语文：追问少。', '多问为什么。'],
  );
  assert.equal(fromObservation({ ...lesson, toImprove: ' ' }), null);
  assert.equal(fromObservation({ ...lesson, toImprove: '多'.repeat(4000) })?.description.length, 1000);
  for (const first of ['', '多'])
    assert.ok(
      fromObservation({ ...lesson, toImprove: `${first}${'𠮷'.repeat(1000)}` })?.description.isWellFormed(),
    );
});
