import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { planRoster } from '../plan/rules.ts';
import { readRoster } from '../rules.ts';
import { applyPlan, smallDistrict as existing, noise, rowsOf } from '../testing.ts';
import { teacherRows, madeTeachers as teachers } from './testing.ts';

suite('a plain teacher list', () => {
  test('one person for each staff number, whatever the names, the order of columns and repeated rows', () => {
    fc.assert(
      fc.property(teachers, noise, noise, (all, first, second) => {
        const plan = planRoster(readRoster(teacherRows(all, first)), existing);
        assert.deepEqual(plan.questions, []);
        assert.equal(plan.counts.people, all.length);
        const after = applyPlan(existing, plan);
        assert.deepEqual(
          after.people
            .map(({ name, staffNumber, phone, homeSchoolId, subjects }) => [
              name,
              staffNumber,
              phone,
              homeSchoolId,
              ...subjects,
            ])
            .sort((one, other) => String(one[1]).localeCompare(String(other[1]))),
          all.map(({ name, number, phone, school }) => [name, number, phone, `id ${school}`, 'chinese']),
        );
        assert.equal(after.teaching.length, all.length);
        const again = planRoster(readRoster(teacherRows(all, second)), after);
        assert.deepEqual(again.changes, { new: 0, changed: 0, unchanged: plan.changes.new });
      }),
      { numRuns: 150 },
    );
  });

  test('without numbers and telephones nobody is made one or two by the name alone', () => {
    fc.assert(
      fc.property(teachers, noise, (all, noisy) => {
        const plan = planRoster(readRoster(teacherRows(all, noisy, ['name', 'school'])), existing);
        const after = applyPlan(existing, plan);
        for (const name of new Set(all.map((one) => one.name))) {
          const places = new Set(all.filter((one) => one.name === name).map(({ school }) => school));
          const people = after.people.filter((person) => person.name === name);
          assert.equal(people.length, places.size === 1 ? 1 : 0, name);
          assert.equal(
            plan.questions.filter(({ text }) => text.startsWith(`“${name}”`)).length,
            places.size === 1 ? 0 : 1,
          );
        }
        assert.deepEqual(
          planRoster(readRoster(teacherRows(all, noisy, ['name', 'school'])), after).changes.new,
          0,
        );
      }),
      { numRuns: 150 },
    );
  });

  test('staff numbers and telephones found later are added to the people who stand', () => {
    const first = readRoster(
      rowsOf('表', [
        ['姓名', '学校'],
        ['甲天', '东河湾小学'],
      ]),
    );
    const before = applyPlan(existing, planRoster(first, existing));
    const second = readRoster(
      rowsOf('表', [
        ['工号', '单位', '姓名', '手机'],
        ['F1', '东河湾小学', '甲天', '13900001111'],
      ]),
    );
    const plan = planRoster(second, before);
    assert.deepEqual(plan.changes, { new: 0, changed: 1, unchanged: 0 });
    assert.equal(plan.rows[0]?.reason, '工号：（空） → F1；补上电话');
    assert.deepEqual(planRoster(second, applyPlan(before, plan)).changes, {
      new: 0,
      changed: 0,
      unchanged: 1,
    });
  });

  test('a numbered row against a core group member without a school is asked about, and joined by an answer', () => {
    const group = readRoster(
      rowsOf('表', [
        ['学科', '组长', '组员'],
        ['物理', '乙地', '甲天'],
      ]),
    );
    const before = applyPlan(existing, planRoster(group, existing));
    const list = readRoster(
      rowsOf('名单', [
        ['姓名', '工号', '学校'],
        ['甲天', 'F1', '南山中学'],
      ]),
    );
    const asked = planRoster(list, before);
    const [question] = asked.questions;
    assert.equal(question?.kind, 'same-name');
    assert.equal(asked.changes.new + asked.changes.changed, 0);
    const [id = ''] = question.candidates ?? [];
    const plan = planRoster(list, before, [
      { about: 'person', name: '甲天', cell: question.cell, is: { id } },
    ]);
    assert.deepEqual([plan.changes.new, plan.changes.changed, plan.questions.length], [0, 1, 0]);
    const after = applyPlan(before, plan);
    assert.deepEqual(
      after.people.map(({ name, staffNumber }) => [name, staffNumber]),
      [
        ['乙地', null],
        ['甲天', 'F1'],
      ],
    );
    assert.deepEqual(planRoster(list, after).changes, { new: 0, changed: 0, unchanged: 1 });
    assert.deepEqual(planRoster(group, after).changes, { new: 0, changed: 0, unchanged: 5 });
  });

  test('one staff number with two names is asked about, in the list and against the database', () => {
    const typed = [
      ['姓名', '工号', '学校'],
      ['甲天', 'F1', '东河湾小学'],
      ['乙地', 'F1', '东河湾小学'],
    ];
    const plan = planRoster(readRoster(rowsOf('表', typed)), existing);
    assert.deepEqual(
      plan.questions.map(({ kind, cell }) => [kind, cell]),
      [
        ['name-differs', '表!2:1'],
        ['name-differs', '表!3:1'],
      ],
    );
    assert.equal(plan.changes.new, 0);
    const before = applyPlan(existing, planRoster(readRoster(rowsOf('表', typed.slice(0, 2))), existing));
    const [question] = planRoster(
      readRoster(rowsOf('表', [typed[0] ?? [], typed[2] ?? []])),
      before,
    ).questions;
    assert.equal(question?.kind, 'name-differs');
    assert.match(question.text, /系统里是“甲天”/u);
  });

  test('a misspelt school is asked about once, with the nearest candidates; its people wait', () => {
    const rows = [
      ['姓名', '学校'],
      ['甲天', '东何湾小学'],
      ['乙地', '东何湾小学'],
      ['丙玄', '西河湾'],
    ];
    const plan = planRoster(readRoster(rowsOf('表', rows)), existing);
    const [question, ...others] = plan.questions;
    assert.equal(question?.kind, 'unknown-school');
    assert.equal(question.candidates?.[0], '东河湾小学');
    assert.deepEqual(others, []);
    assert.deepEqual(
      applyPlan(existing, plan).people.map(({ name }) => name),
      ['丙玄'],
    );
    assert.equal(applyPlan(existing, plan).schools.length, 3);
  });

  test('a word nobody knows is one question, not one for each row', () => {
    const rows = [['姓名', '学校', '学科'], ...['甲天', '乙地'].map((name) => [name, '东河湾小学', '语闻'])];
    const plan = planRoster(readRoster(rowsOf('表', rows)), existing);
    assert.deepEqual(
      plan.questions.map(({ kind }) => kind),
      ['unknown-subject'],
    );
    assert.equal(plan.counts.people, 2);
  });
});
