import type { TextbookPath, Unit } from '../../textbook/contract.ts';
import { lessonName, unitName } from '../../textbook/rules.ts';

/** Where a row of a design says that it belongs: a unit, or a lesson in it. */
export interface NamedPlace {
  readonly unitId: string;
  readonly unit: string;
  readonly lesson: string | null;
}

const plain = (text: string): string => text.replaceAll(/\s+/gu, '').toLowerCase();

interface Titled {
  readonly number: number | null;
  readonly title: string;
}
const isCalled = (text: string, entry: Titled, name: (entry: Titled) => string): boolean =>
  [entry.title, name(entry)].some((known) => plain(known) === plain(text));

const placeOf = (unit: Unit, lesson: Titled | null): NamedPlace => ({
  unitId: unit.id,
  unit: unitName(unit),
  lesson: lesson === null ? null : lessonName(lesson),
});

/** What somebody typed, or what came from a Word file, is the unit or lesson of the volume that is called so. */
export const placeTyped = (units: readonly Unit[], text: string): NamedPlace | null => {
  if (text.trim() === '') return null;
  const called = units.filter((unit) => isCalled(text, unit, unitName));
  if (called.length > 0)
    return called.length === 1 && called[0] !== undefined ? placeOf(called[0], null) : null;
  const lessons = units.flatMap((unit) =>
    unit.lessons
      .filter((lesson) => isCalled(text, lesson, lessonName))
      .map((lesson) => placeOf(unit, lesson)),
  );
  // Two lessons may share a title: then it is nobody's.
  return lessons.length === 1 ? (lessons[0] ?? null) : null;
};

export const placeOfPath = ({ unit, lesson }: TextbookPath): NamedPlace | null =>
  unit === null
    ? null
    : { unitId: unit.id, unit: unitName(unit), lesson: lesson === null ? null : lessonName(lesson) };
