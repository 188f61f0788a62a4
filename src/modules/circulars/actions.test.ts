import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  aBody,
  anAppointment,
  anObservation,
  aPerson,
  aTerm,
  contextOf,
  type TestPerson,
} from '#modules/classroom/testing.ts';
import { aConsortium, aUnit, slotOf } from '#modules/evaluation/testing.ts';
import { Refusal } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import {
  checkCircular,
  draftBulletin,
  draftNotice,
  getCircular,
  getLetterhead,
  issueCircular,
  listCirculars,
  listReceipts,
  openCircular,
  redraftBulletin,
  returnCircular,
  saveDraft,
  setLetterhead,
  signCircular,
  voidCircular,
} from './actions.ts';
import type { Block } from './contract.ts';
import { listNumbers, setNextNumber } from './number/actions.ts';
import { defaultLetterhead } from './rules.ts';

const { db } = await createTestDatabase();
await aTerm(db);
const at = '2024-04-02T08:20:00Z';
const as = (person: TestPerson, when = at) => contextOf(db, person, when);

const office = await aBody(db, { kind: 'research-office' });
const group = await aBody(db, { kind: 'leading-group' });
const drafter = await aPerson(db, { name: '教研员甲' });
const checker = await aPerson(db, { name: '教研员乙' });
for (const { id } of [drafter, checker])
  await anAppointment(db, id, { post: 'research-officer', bodyId: office });
const signer = await aPerson(db, { name: '副组长' });
await anAppointment(db, signer.id, { post: 'deputy', bodyId: group });
const junior = await aConsortium(db, 'junior');
const primary = await aConsortium(db, 'primary');
const north = await aUnit(db, { name: '北山中学', consortia: [junior] });
const east = await aUnit(db, { name: '东河小学', consortia: [primary] });
const teacher = await aPerson(db, { name: '任课教师', schoolId: east.id });
await anAppointment(db, teacher.id, { post: 'teacher', schoolId: east.id });
for (let index = 0; index < 24; index += 1)
  await anObservation(db, {
    observerId: (index % 2 === 0 ? north : east).principal.id,
    schoolId: (index % 2 === 0 ? north : east).id,
    state: index % 4 === 0 ? 'fed-back' : 'finalised',
    content: {
      ...slotOf(Math.floor(index / 2)),
      grade: index % 2 === 0 ? 8 : 4,
      teacherName: `任课教师${index % 6}`,
      criteria: [
        { code: 'K4', step: index % 3 === 0 ? 'seen-well' : 'not-seen', evidence: '' },
        { code: 'K1', step: 'seen-well', evidence: '' },
      ],
    },
  });

const refusedAs =
  (kind: Refusal['kind']) =>
  (error: unknown): boolean =>
    error instanceof Refusal && error.kind === kind;

const textOf = (blocks: readonly Block[]): string => JSON.stringify(blocks);

const state = async (id: string) => (await getCircular(await as(drafter), { id })).state;

const issued = async (title: string): Promise<{ id: string; number: number; version: number }> => {
  const draft = await draftNotice(await as(drafter), { title });
  const checked = await checkCircular(await as(checker), draft);
  const signed = await signCircular(await as(signer), checked);
  const { documentNumber, ...done } = await issueCircular(await as(drafter), signed);
  return { ...done, number: documentNumber.number };
};

test('from the month’s figures to the issued and read bulletin', async () => {
  const draft = await draftBulletin(await as(drafter), { month: '2024-03' });
  const first = await getCircular(await as(drafter), { id: draft.id });
  assert.equal(first.title, '唐山市丰南区教育局关于2024年3月校长听课分析指导情况的通报');
  assert.equal(first.documentNumber, null);
  const { values, query, asOf } = first.figures ?? {};
  assert.deepEqual(
    [values?.['units'], values?.['monthLessons'], values?.['monthFedBack'], values?.['amount']],
    [2, 24, 6, 340],
  );
  assert.deepEqual([query?.from, query?.to, asOf], ['2024-03-01', '2024-03-31', new Date(at).toISOString()]);
  const text = textOf(first.body);
  assert.match(text, /共完成听课24节/);
  assert.match(text, /数据截至2024年4月2日16:20/);
  for (const name of ['北山中学', '东河小学', '任课教师', north.principal.name])
    assert.ok(!text.includes(name), `${name} is not named`);

  const edited = await saveDraft(await as(drafter), {
    ...draft,
    title: first.title,
    body: [...first.body, { kind: 'paragraph', text: '请各校认真研究。' }],
  });
  await assert.rejects(checkCircular(await as(drafter), edited), refusedAs('forbidden'));
  const checked = await checkCircular(await as(checker), edited);
  await assert.rejects(
    saveDraft(await as(drafter), { ...checked, title: first.title, body: [] }),
    refusedAs('forbidden'),
  );
  await assert.rejects(issueCircular(await as(drafter), checked), refusedAs('forbidden'));
  await assert.rejects(getCircular(await as(north.principal), draft), refusedAs('not-found'));
  const signed = await signCircular(await as(signer), checked);
  const done = await issueCircular(await as(checker), signed);
  assert.equal(done.documentNumber.series, '丰教研字');
  assert.equal(done.documentNumber.year, 2024);

  const read = await getCircular(await as(north.principal), draft);
  assert.deepEqual(
    [read.state, read.readByMe, read.steps, read.issuedOn],
    ['issued', false, [], '2024-04-02'],
  );
  const { readAt } = await openCircular(await as(north.principal), draft);
  assert.ok(readAt !== null);
  assert.equal(
    (await openCircular(await as(north.principal), draft)).readAt,
    readAt,
    'the first reading stands',
  );
  // A signer is no recipient: opening leaves no receipt.
  assert.deepEqual(await openCircular(await as(signer), draft), { readAt: null });
  const { rows } = await listReceipts(await as(drafter), draft);
  assert.deepEqual(
    rows.map(({ schoolName, post, readAt: when }) => [schoolName, post, when !== null]),
    [
      ['东河小学', 'principal', false],
      ['北山中学', 'principal', true],
      [null, 'research-officer', false],
      [null, 'research-officer', false],
    ],
  );
  await assert.rejects(getCircular(await as(teacher), { id: crypto.randomUUID() }), refusedAs('not-found'));
  const actions = await db
    .selectFrom('platform.auditEntry')
    .where('objectId', '=', draft.id)
    .select('action')
    .orderBy('id')
    .execute();
  assert.deepEqual(
    actions.map(({ action }) => action.replace('circulars.circular-', '')),
    ['drafted', 'edit', 'check', 'sign', 'issue', 'read'],
  );
});

test('one bulletin a month: a second draft leads to the first, also at the same moment', async () => {
  const month = '2024-02';
  const outcomes = await Promise.allSettled(
    [drafter, checker, drafter].map(async (person) => {
      const context = await as(person);
      return db
        .transaction()
        .execute((transaction) => draftBulletin({ ...context, db: transaction }, { month }));
    }),
  );
  const made = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : []));
  assert.equal(made.length, 1);
  await assert.rejects(
    draftBulletin(await as(drafter), { month }),
    (error) =>
      error instanceof Refusal && error.kind === 'conflict' && error.details['existingId'] === made[0],
  );
  await voidCircular(await as(drafter), { id: made[0] ?? '', version: 1, reason: '重拟' });
  const again = await draftBulletin(await as(drafter), { month });
  assert.notEqual(again.id, made[0]);
  await assert.rejects(draftBulletin(await as(drafter), { month: '2024-05' }), refusedAs('invalid'));
  await assert.rejects(draftBulletin(await as(drafter), { month: '2023-08' }), refusedAs('invalid'));
});

test('who edits an older version is told and gets the newer one; every version is kept', async () => {
  const draft = await draftNotice(await as(drafter), { title: '关于开展研训活动的通知' });
  const body: Block[] = [{ kind: 'paragraph', text: '第一稿。' }];
  const second = await saveDraft(await as(drafter), { ...draft, title: '通知一', body });
  await assert.rejects(
    saveDraft(await as(checker), { ...draft, title: '通知二', body }),
    (error) =>
      error instanceof Refusal &&
      error.kind === 'conflict' &&
      JSON.stringify(error.details).includes('通知一'),
  );
  const returned = await returnCircular(await as(signer), {
    ...(await checkCircular(await as(checker), second)),
    reason: '补充时间',
  });
  const now = await getCircular(await as(drafter), draft);
  assert.deepEqual(
    [now.state, now.returnedReason, now.checked, now.title],
    ['draft', '补充时间', null, '通知一'],
  );
  await assert.rejects(redraftBulletin(await as(drafter), returned), refusedAs('forbidden'));
  const versions = await db
    .selectFrom('circulars.circularVersion')
    .where('circularId', '=', draft.id)
    .select(['version', 'state', 'title'])
    .orderBy('version')
    .execute();
  assert.deepEqual(
    versions.map(({ version, state: was }) => [version, was]),
    [
      [1, 'draft'],
      [2, 'draft'],
      [3, 'checked'],
      [4, 'draft'],
    ],
  );
});

test('a month has one bulletin on handwriting beside the one on observations, drafted anew by its own figures', async () => {
  const draft = await draftBulletin(await as(drafter), { month: '2024-03', topic: 'writing-check' });
  const first = await getCircular(await as(drafter), { id: draft.id });
  assert.equal(first.title, '唐山市丰南区教育局关于2024年3月规范书写情况的通报');
  assert.equal(first.figures?.query.measure, 'writing.check');
  const again = await redraftBulletin(await as(drafter), draft);
  const redrafted = await getCircular(await as(drafter), { id: draft.id });
  assert.equal(again.version, 2);
  assert.match(textOf(redrafted.body), /没有书写检查记录/);
  await assert.rejects(
    draftBulletin(await as(drafter), { month: '2024-03', topic: 'writing-check' }),
    refusedAs('conflict'),
  );
});

test('numbers follow one another; a voided one stays on record and is not given again', async () => {
  await setNextNumber(await as(drafter), { series: '丰教研字', year: 2024, next: 17 });
  const first = await issued('通知甲');
  assert.equal(first.number, 17);
  await assert.rejects(
    setNextNumber(await as(drafter), { series: '丰教研字', year: 2024, next: 17 }),
    refusedAs('conflict'),
  );
  await assert.rejects(voidCircular(await as(drafter), { ...first, reason: '有误' }), refusedAs('forbidden'));
  await voidCircular(await as(signer), { ...first, reason: '附件有误' });
  assert.equal(await state(first.id), 'voided');
  assert.equal((await issued('通知乙')).number, 18);
  const { rows } = await listNumbers(await as(drafter), { year: 2024 });
  const voided = rows.find(({ number }) => number === 17);
  assert.deepEqual([voided?.voidReason, voided?.voidedAt !== null], ['附件有误', true]);
  // Whoever had got it still sees it, marked as voided.
  assert.equal((await getCircular(await as(east.principal), first)).voidReason, '附件有误');
  const newcomer = await aUnit(db, { consortia: [primary] });
  await assert.rejects(getCircular(await as(newcomer.principal), first), refusedAs('not-found'));
});

test('what was issued keeps the letterhead it was issued with', async () => {
  const before = await issued('通知丙');
  const { version } = await getLetterhead(await as(signer));
  const change = {
    letterhead: { ...defaultLetterhead, issuerMark: '新印发机关文件', series: '丰教字' },
    fromOn: '2024-04-02',
    clause: '机关更名',
    version,
  };
  await setLetterhead(await as(signer), change);
  await assert.rejects(
    setLetterhead(await as(drafter), { ...change, letterhead: defaultLetterhead }),
    refusedAs('conflict'),
  );
  const after = await issued('通知丁');
  const headOf = async (id: string) => (await getCircular(await as(drafter), { id })).letterhead.issuerMark;
  assert.equal(await headOf(before.id), '唐山市丰南区教育局文件');
  assert.equal(await headOf(after.id), '新印发机关文件');
  assert.equal(after.number, 1, 'a series counts for itself');
});

test('lists page without gaps or repeats, and a school’s leader sees what was issued only', async () => {
  const idsFor = async (person: TestPerson, limit: number) => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listCirculars(await as(person), { cursor, limit });
      ids.push(...page.rows.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return ids;
  };
  const all = await idsFor(drafter, 100);
  assert.deepEqual(await idsFor(drafter, 2), all);
  assert.equal(new Set(all).size, all.length);
  const { rows } = await listCirculars(await as(east.principal), { limit: 100 });
  assert.ok(rows.length > 0 && rows.every(({ state: is }) => is === 'issued' || is === 'voided'));
});

test('days outside the term are in no bulletin: the month is a part of the term’s number', async () => {
  for (const dayOn of ['2024-07-10', '2024-07-20'])
    await anObservation(db, {
      observerId: east.principal.id,
      schoolId: east.id,
      content: { dayOn, slotFrom: 1, slotTo: 1 },
    });
  const inAugust = await as(drafter, '2024-08-05T02:00:00Z');
  const { id } = await draftBulletin(inAugust, { month: '2024-07' });
  const { figures } = await getCircular(inAugust, { id });
  assert.deepEqual([figures?.query.from, figures?.query.to], ['2024-07-01', '2024-07-12']);
  assert.deepEqual([figures?.values['monthLessons'], figures?.values['termLessons']], [1, 25]);
});
