import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Refusal } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import type { Content, Row } from '../content/contract.ts';
import { emptyContent } from '../content/rules.ts';
import { startItem } from '../item/actions.ts';
import { insertVersion, updateItem } from '../item/store.ts';
import { decideReview, getRound, submitRound } from '../round/actions.ts';
import { aLibraryDistrict, aParagraph, aRow, contextOf, primaryMaths } from '../testing.ts';
import { getThemeCases } from './actions.ts';

const { db } = await createTestDatabase();
const { here, there, head, lead, principal, teacher, colleague, elsewhere } = await aLibraryDistrict(db);
const as = (personId: string) => contextOf(db, personId);

const aCase = (subjects: readonly Row[]): Content => {
  const rows: Readonly<Record<string, readonly Row[]>> = {
    subjects,
    goals: [aRow('g1', { goal: '能选合适的工具量校园里的长度。' })],
    activities: [aRow('a1', { activity: '量操场', subjects: '数学、科学', hours: '2' })],
  };
  return {
    sections: emptyContent('theme-case').sections.map((section) =>
      section.body.form === 'rows'
        ? { ...section, body: { form: 'rows', rows: [...(rows[section.key] ?? [])] } }
        : { ...section, body: { form: 'text', blocks: [aParagraph('操场有多长。')] } },
    ),
  };
};
const leading = aRow('s1', { subject: 'mathematics', part: 'lead', hours: '3' });
const linked = aRow('s2', { subject: 'science', part: 'linked', hours: '2' });

const started = async (title: string, subjects: readonly Row[]) =>
  startItem(await as(teacher), {
    ...primaryMaths,
    kind: 'theme-case',
    title,
    schoolId: here,
    shared: false,
    content: aCase(subjects),
  });
const submit = async (roundId: string) => {
  const { version } = await getRound(await as(teacher), { id: roundId });
  await submitRound(await as(teacher), { id: roundId, version, note: '', reviewers: [principal] });
};

it('is counted for its lead subject once its school has approved and published it', async () => {
  const { roundId } = await started('校园里的测量', [leading, linked]);
  assert.deepEqual((await getThemeCases(await as(teacher), {})).subjects, []);
  await submit(roundId);
  const review = (await getRound(await as(principal), { id: roundId })).submissions[0]?.reviews[0];
  assert.ok(review);
  const { id, version } = review;
  const decided = await decideReview(await as(principal), { id, version, verdict: 'approved', remark: '' });
  assert.equal(decided.state, 'published');

  const found = await getThemeCases(await as(colleague), {});
  assert.deepEqual(
    found.subjects.map(({ subject, cases }) => [subject, cases.map(({ title, hours }) => [title, hours])]),
    [['mathematics', [['校园里的测量', 3]]]],
  );
  // No timetable says how many lessons the subject has: no share is made up.
  assert.deepEqual(found.subjects[0]?.grades, [{ grade: 3, hours: 3, planned: null }]);
  assert.deepEqual(found.wanted, { from: 5, to: 8 });
});

it('counts in the term of its first version, whatever was put right in it since', async () => {
  const { id: itemId } = await started('上学期的测量', [leading, linked]);
  const before = await getThemeCases(await as(teacher), {});
  for (const [number, publishedAt] of [
    [1, '2026-03-20T00:00:00Z'],
    [2, new Date().toISOString()],
  ] as const) {
    const version = { itemId, number, title: '测量', content: aCase([leading, linked]), note: '' };
    await insertVersion(db, { ...version, contributors: [teacher], publishedBy: principal, publishedAt });
    await updateItem(db, itemId, { published: number, publishedAt });
  }
  const after = await getThemeCases(await as(teacher), {});
  assert.deepEqual(after.subjects, before.subjects);
  assert.equal((await getThemeCases(await as(head), {})).schools[0]?.cases, 1);
});

it('shows another school nothing, and the leading group every school in its usual order', async () => {
  const other = await getThemeCases(await as(elsewhere), {});
  assert.deepEqual([other.school?.id, other.subjects], [there, []]);
  await assert.rejects(
    getThemeCases(await as(elsewhere), { schoolId: here }),
    (error) => error instanceof Refusal && error.kind === 'not-found',
  );
  const all = await getThemeCases(await as(head), {});
  assert.deepEqual(
    all.schools.map(({ name, cases }) => [name, cases]),
    [
      ['晨光小学', 1],
      ['星河小学', 0],
    ],
  );
  assert.equal((await getThemeCases(await as(head), { schoolId: here })).subjects.length, 1);
  assert.equal((await getThemeCases(await as(lead), { schoolId: here })).school?.id, here);
});

it('is not submitted without one lead subject of its own, a linked one and hours', async () => {
  for (const [problem, subjects] of [
    ['请至少写一个关联学科。', [leading]],
    [
      '“学科与课时”中要有且只有一行主导学科，并且是数学。',
      [aRow('s1', { subject: 'science', part: 'lead', hours: '3' }), linked],
    ],
    ['请写明每个学科用了几课时。', [aRow('s1', { subject: 'mathematics', part: 'lead' }), linked]],
  ] as const) {
    const { roundId } = await started('测量', subjects);
    await assert.rejects(
      submit(roundId),
      (error) => error instanceof Refusal && error.message.includes(problem),
      problem,
    );
  }
});
