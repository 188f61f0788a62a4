import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { RosterPlan, RosterSnapshot } from '../../contract.ts';
import { readRoster } from '../../rules.ts';
import {
  type MadeTeacher,
  teacherColumns,
  teacherRows,
  madeTeachers as teachers,
} from '../../teacher-list/testing.ts';
import type { Noise } from '../../testing.ts';
import {
  applyPlan,
  smallDistrict as existing,
  noise,
  rowsOf,
  madeUpSchools as schools,
} from '../../testing.ts';
import { planRoster } from '../rules.ts';

/** Words as people write them, and the posts they mean. */
const spellings: Readonly<Record<string, readonly string[]>> = {
  principal: ['校长', '党支部书记、校长', '校长兼书记', '书记 校长', '校长（兼）'],
  'vice-principal': ['教学副校长', '分管教学副校长', '副校长（教学）', '教学副校长/工会主席'],
  dean: ['教务主任', '教导主任', '教师，教导主任'],
  'subject-lead': ['学科长', '教研组长', '语文教研组长', '班主任；学科长'],
  teacher: ['', '教师', '任课教师、班主任', '语文教师', '—'],
};
const meanings = Object.keys(spellings);

/** What teachers hold by the list, each with the meaning of the words in their cell. */
const staff = fc
  .tuple(teachers, fc.array(fc.nat(4), { minLength: 12, maxLength: 12 }))
  .map(([all, rolls]) => all.map((one, index) => ({ ...one, post: meanings[rolls[index] ?? 0] ?? '' })));

const spelled = (all: readonly MadeTeacher[], noisy: Noise): MadeTeacher[] =>
  all.map((one) => ({ ...one, post: noisy.pick(spellings[one.post] ?? ['']) }));

const readStaff = (all: readonly MadeTeacher[], noisy: Noise) =>
  readRoster(teacherRows(spelled(all, noisy), noisy, [...teacherColumns, 'post']));

suite('the posts of a teacher list', () => {
  test('each is given once, whatever the words, the columns and repeated rows; a second principal is asked', () => {
    fc.assert(
      fc.property(staff, noise, noise, (all, first, second) => {
        const plan = planRoster(readStaff(all, first), existing);
        const after = applyPlan(existing, plan);
        const numberOf = new Map(after.people.map(({ id, staffNumber }) => [id, staffNumber]));
        const held = after.schoolPosts.map(({ personId, schoolId, post, stage, subject }) =>
          [numberOf.get(personId), schoolId, post, stage, subject].join(' '),
        );
        const principals = Map.groupBy(
          all.filter(({ post }) => post === 'principal'),
          ({ school }) => school,
        );
        const expected = all.flatMap(({ number, school, post }) => {
          if (post === 'teacher') return [];
          if (post === 'principal' && (principals.get(school)?.length ?? 0) > 1) return [];
          const field =
            post === 'subject-lead' ? [school === schools[2] ? 'junior' : 'primary', 'chinese'] : ['', ''];
          return [[number, `id ${school}`, post, ...field].join(' ')];
        });
        assert.deepEqual(held.toSorted(), expected.toSorted());
        const doubtful = [...principals.values()].filter((rivals) => rivals.length > 1);
        assert.deepEqual(
          plan.questions.map(({ kind }) => kind),
          doubtful.map(() => 'post-held'),
        );
        assert.equal(plan.counts.appointments, all.filter(({ post }) => post !== 'teacher').length);
        const again = planRoster(readStaff(all, second), after);
        assert.deepEqual(again.changes, { new: 0, changed: 0, unchanged: plan.changes.new });
        assert.deepEqual(applyPlan(after, again), after);
      }),
      { numRuns: 150 },
    );
  });

  test('a school that has a principal gets no second one, and keeps the first', () => {
    fc.assert(
      fc.property(staff, noise, (all, noisy) => {
        const people = schools.map((school) => ({
          id: `head of ${school}`,
          name: '主事',
          staffNumber: `H ${school}`,
          phone: null,
          homeSchoolId: `id ${school}`,
          subjects: [],
          byHand: true,
        }));
        const schoolPosts = schools.map((school) => ({
          personId: `head of ${school}`,
          schoolId: `id ${school}`,
          post: 'principal' as const,
          stage: null,
          subject: null,
          ended: false,
        }));
        const before = { ...existing, people, schoolPosts };
        const plan = planRoster(readStaff(all, noisy), before);
        const claimants = all.filter(({ post }) => post === 'principal');
        assert.deepEqual(
          applyPlan(before, plan).schoolPosts.filter(({ post }) => post === 'principal'),
          schoolPosts,
        );
        const held = plan.questions.filter(({ kind }) => kind === 'post-held');
        assert.equal(held.length, claimants.length);
        for (const { name, school } of claimants)
          assert.ok(held.some(({ text }) => text.includes(`${school}已登记的校长是主事，名单里是${name}。`)));
      }),
      { numRuns: 100 },
    );
  });

  const plan = (rows: readonly (readonly string[])[], before: RosterSnapshot = existing) =>
    planRoster(readRoster(rowsOf('表', rows)), before);
  const newPosts = ({ rows }: RosterPlan) =>
    rows.filter(({ about, status }) => about === 'appointment' && status === 'new').map(({ text }) => text);

  test('rows of a preview say who becomes what, and where', () => {
    const rows = [
      ['姓名', '工号', '学校', '年级', '学科', '职务', '岗位'],
      ['甲天', 'F1', '东河湾小学', '', '', '党支部书记、校长', '管理岗位'],
      ['乙地', 'F2', '东河湾小学', '三年级', '语文、数学', '学科长', '专任教师'],
      ['丙玄', 'F3', '南山中学', '', '', '物理教研组长', '教导主任'],
    ];
    assert.deepEqual(newPosts(plan(rows)), [
      '甲天：东河湾小学 校长',
      '乙地：东河湾小学 语文 学科长',
      '乙地：东河湾小学 数学 学科长',
      '丙玄：南山中学 物理 学科长',
      '丙玄：南山中学 教务主任',
    ]);
  });

  test('a subject lead of a school of two stages leads in those of the row’s grades', () => {
    const before: RosterSnapshot = {
      ...existing,
      schools: [
        { id: 'n', name: '北岭学校', kind: 'nine-year', stages: ['primary', 'junior'], byHand: false },
      ],
    };
    const rows = (grade: string) => [
      ['姓名', '工号', '学校', '年级', '学科', '职务'],
      ['甲天', 'F1', '北岭学校', grade, '语文', '学科长'],
    ];
    const junior = plan(rows('八年级'), before);
    assert.deepEqual(newPosts(junior), ['甲天：北岭学校 初中语文 学科长']);
    assert.deepEqual(newPosts(plan(rows('五年级、七年级'), before)), ['甲天：北岭学校 语文 学科长']);
    const after = applyPlan(before, junior);
    assert.deepEqual(newPosts(plan(rows(''), after)), []);
    assert.deepEqual(newPosts(plan(rows('三年级'), after)), ['甲天：北岭学校 小学语文 学科长']);
  });

  test('a word nobody knows is one question, and the rest of its rows comes in', () => {
    const rows = [
      ['姓名', '学校', '职务'],
      ...['甲天', '乙地', '丙玄'].map((name) => [name, '东河湾小学', '副校长、执行校长']),
    ];
    const { questions, counts, changes } = plan(rows);
    assert.deepEqual(
      questions.map(({ kind, cell }) => [kind, cell]),
      [
        ['unknown-post', '表!2:3'],
        ['unknown-post', '表!2:3'],
      ],
    );
    assert.match(questions[0]?.text ?? '', /教学副校长/u);
    assert.deepEqual([counts.people, changes.new], [3, 3]);
  });

  test('a post waits for what it hangs on: the school, the subject, which of two people', () => {
    const waits = (row: readonly string[], before = existing) => {
      const made = plan([['姓名', '工号', '学校', '学科', '职务'], row], before);
      assert.deepEqual(newPosts(made), []);
      return made.questions.map(({ kind }) => kind);
    };
    assert.deepEqual(waits(['甲天', 'F1', '东何湾小学', '', '校长']), ['unknown-school']);
    assert.deepEqual(waits(['甲天', 'F1', '', '', '校长']), ['missing-school']);
    assert.deepEqual(waits(['甲天', 'F1', '东河湾小学', '', '学科长']), ['missing-value']);
    assert.deepEqual(waits(['甲天', 'F1', '东河湾小学', '语闻', '学科长']), ['unknown-subject']);
    const known = {
      id: 'p',
      name: '甲天',
      staffNumber: 'F1',
      phone: null,
      homeSchoolId: 'id 南山中学',
      subjects: [],
    };
    const byHand = { ...existing, people: [{ ...known, byHand: true }] };
    assert.deepEqual(waits(['甲天', 'F1', '东河湾小学', '', '校长'], byHand), ['set-by-hand']);
    const namesake = { ...existing, people: [{ ...known, staffNumber: null, byHand: false }] };
    assert.deepEqual(waits(['甲天', 'F1', '东河湾小学', '', '校长'], namesake), ['same-name']);
  });

  test('without a school in the row the post is at the school where the person is known to be', () => {
    const rows = [
      ['姓名', '工号', '学校'],
      ['甲天', 'F1', '东河湾小学'],
    ];
    const after = applyPlan(existing, plan(rows));
    const posts = [
      ['姓名', '工号', '职务'],
      ['甲天', 'F1', '校长'],
    ];
    assert.deepEqual(newPosts(plan(posts, after)), ['甲天：东河湾小学 校长']);
  });

  test('a post that was ended by hand after the list was brought does not come back', () => {
    const rows = [
      ['姓名', '工号', '学校', '职务'],
      ['甲天', 'F1', '东河湾小学', '校长'],
    ];
    const after = applyPlan(existing, plan(rows));
    const ended = { ...after, schoolPosts: after.schoolPosts.map((held) => ({ ...held, ended: true })) };
    const again = plan(rows, ended);
    assert.deepEqual([newPosts(again), again.questions.map(({ kind }) => kind)], [[], ['set-by-hand']]);
  });
});
