import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { placeLessons } from './demo.ts';

const lessonsOf = (pairs: readonly (readonly [number, number])[]) => {
  const load = new Map<string, number>();
  const hasRoom = (key: string): boolean => (load.get(key) ?? 0) < 35;
  return pairs.flatMap(([teacher, schoolClass], index) => {
    const [teacherId, classId] = [`teacher ${teacher}`, `class ${schoolClass}`];
    if (!hasRoom(teacherId) || !hasRoom(classId)) return [];
    for (const key of [teacherId, classId]) load.set(key, (load.get(key) ?? 0) + 1);
    return [{ assignmentId: `${index}`, teacherId, classId, subject: `${teacher % 3}` }];
  });
};

test('every lesson finds a place without a clash, up to a full week of everyone', () => {
  const pairs = fc.array(fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 4 })), { maxLength: 300 });
  fc.assert(
    fc.property(pairs, (made) => {
      const lessons = lessonsOf(made);
      const taken = new Set<string>();
      placeLessons(lessons).forEach(({ weekday, slot }, index) => {
        for (const who of [lessons[index]?.teacherId, lessons[index]?.classId]) {
          const key = `${who} ${weekday} ${slot}`;
          assert.ok(!taken.has(key), `${key} twice`);
          taken.add(key);
        }
      });
      assert.equal(taken.size, lessons.length * 2);
    }),
    { numRuns: 200 },
  );
});
