import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { subjects } from '../contract.ts';
import {
  backboneOf,
  cellsOf,
  countCovered,
  emptiedCells,
  type GroupMember,
  type HonouredMember,
} from './rules.ts';

const offers = [1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((grade) =>
  subjects
    .filter((subject) => (grade <= 6 ? ['chinese', 'english'] : ['chinese', 'physics']).includes(subject))
    .map((subject) => ({ grade, subject })),
);

const members: fc.Arbitrary<GroupMember[]> = fc.array(
  fc.record({
    schoolId: fc.constantFrom('a', 'b'),
    subject: fc.constantFrom('chinese' as const, 'english' as const, 'history' as const),
    gradeFrom: fc.option(fc.integer({ min: 1, max: 9 })),
    gradeTo: fc.option(fc.integer({ min: 1, max: 9 })),
    personId: fc.constantFrom('p', 'q', 'r'),
    name: fc.constant('某人'),
  }),
  { maxLength: 12 },
);

test('cells are the offered subjects of the stage, whoever stands in them', () => {
  fc.assert(
    fc.property(members, (all) => {
      assert.equal(cellsOf('a', 'primary', offers, all).length, 12);
      assert.equal(cellsOf('a', 'junior', offers, all).length, 6);
    }),
  );
});

test('a cell is covered exactly by a member of its school, subject and grade, and lists nobody twice', () => {
  fc.assert(
    fc.property(members, (all) => {
      const cells = cellsOf('a', 'primary', offers, all);
      for (const { grade, subject, people } of cells) {
        const standing = all.filter(
          (one) =>
            one.schoolId === 'a' &&
            one.subject === subject &&
            one.gradeFrom !== null &&
            grade >= one.gradeFrom &&
            grade <= (one.gradeTo ?? one.gradeFrom),
        );
        assert.deepEqual(
          people.map(({ personId }) => personId).sort(),
          [...new Set(standing.map(({ personId }) => personId))].sort(),
        );
      }
      assert.equal(countCovered(cells), cells.filter(({ people }) => people.length > 0).length);
    }),
  );
});

test('what falls away with a member is the difference of the two counts', () => {
  fc.assert(
    fc.property(members, fc.nat(11), (all, at) => {
      const before = cellsOf('a', 'primary', offers, all);
      const after = cellsOf('a', 'primary', offers, all.toSpliced(at, 1));
      assert.equal(emptiedCells(before, after).length, countCovered(before) - countCovered(after));
    }),
  );
});

const honoured: fc.Arbitrary<HonouredMember[]> = fc.array(
  fc.record({
    subject: fc.constantFrom('chinese' as const, 'english' as const),
    personId: fc.constantFrom('p', 'q', 'r', 's'),
    name: fc.constant('某人'),
    schoolName: fc.constant(null),
    honour: fc.option(
      fc.record({
        kind: fc.constantFrom('master', 'backbone'),
        level: fc.constantFrom('district' as const, 'city-and-above' as const),
      }),
    ),
  }),
  { maxLength: 12 },
);

test('the backbone is a part of the group; saying a member or an honour again changes nothing', () => {
  fc.assert(
    fc.property(honoured, (all) => {
      const groups = backboneOf(['english', 'chinese'], all);
      assert.deepEqual(
        groups.map(({ subject }) => subject),
        ['english', 'chinese'],
      );
      for (const { subject, honoured: some, members: whole, people } of groups) {
        const own = all.filter((one) => one.subject === subject);
        const withHonour = own.filter(({ honour }) => honour !== null);
        assert.equal(whole, new Set(own.map(({ personId }) => personId)).size);
        assert.equal(some, new Set(withHonour.map(({ personId }) => personId)).size);
        assert.equal(people.length, whole);
      }
      assert.deepEqual(backboneOf(['english', 'chinese'], [...all, ...all]), groups);
    }),
  );
});

test('one person may stand for several grades of a village school', () => {
  const one: GroupMember = {
    schoolId: 'a',
    subject: 'chinese',
    gradeFrom: 1,
    gradeTo: 6,
    personId: 'p',
    name: '某人',
  };
  assert.equal(countCovered(cellsOf('a', 'primary', offers, [one])), 6);
});
