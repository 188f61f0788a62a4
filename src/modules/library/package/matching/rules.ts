import type { Edition, Unit, Volume } from '../../textbook/contract.ts';
import { comparable } from '../../textbook-import/words/rules.ts';
import type { PlaceInWords } from '../format/contract.ts';

/** The textbooks of a subject in a stage as they stand here. */
export interface Catalogue {
  readonly editions: readonly Edition[];
  readonly volumes: readonly Volume[];
  readonly units: readonly Unit[];
}

export interface FoundPlace {
  readonly volumeId: string | null;
  readonly unitId: string | null;
  readonly lessonId: string | null;
}

interface Numbered {
  readonly number: number | null;
  readonly title: string;
}

/** By number and title; else by a title that only one has. A number alone is another book's. */
const named = <Entry extends Numbered>(
  entries: readonly Entry[],
  wanted: Numbered | null,
): Entry | undefined => {
  if (wanted === null) return undefined;
  const same = entries.filter(({ title }) => comparable(title) === comparable(wanted.title));
  const exact = same.filter(({ number }) => number === wanted.number);
  const [found, second] = exact.length > 0 ? exact : same;
  return second === undefined ? found : undefined;
};

/** As far into the book as it is found; what stands before what is withdrawn. */
export const matchPlace = ({ editions, volumes, units }: Catalogue, place: PlaceInWords): FoundPlace => {
  const edition = editions.find(
    ({ publisher, revisionYear, stage, subject }) =>
      revisionYear === place.revisionYear &&
      stage === place.stage &&
      subject === place.subject &&
      comparable(publisher) === comparable(place.publisher),
  );
  const volume = volumes.find(
    ({ editionId, grade, part }) => editionId === edition?.id && grade === place.grade && part === place.part,
  );
  const unit =
    volume === undefined
      ? undefined
      : named(
          units.filter(({ volumeId }) => volumeId === volume.id),
          place.unit,
        );
  const lesson = unit === undefined ? undefined : named(unit.lessons, place.lesson);
  return { volumeId: volume?.id ?? null, unitId: unit?.id ?? null, lessonId: lesson?.id ?? null };
};

export const depthFound = ({ volumeId, unitId, lessonId }: FoundPlace): number =>
  [volumeId, unitId, lessonId].filter((id) => id !== null).length;
