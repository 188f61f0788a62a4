import type { Subject } from '#modules/organisation/contract.ts';
import { insertRows } from '#platform/database/bulk-insert.ts';
import type { Queryable } from '#platform/database/database.ts';
import { addDays, type Day } from '#platform/dates.ts';
import type { SeededRandom } from '#platform/random.ts';
import { demoDesign } from '../content/demo.ts';
import { stageOfGrade } from '../edition-choice/rules.ts';
import { listVolumesInUse } from '../edition-choice/store.ts';
import { listUnits } from '../textbook/store.ts';
import type { ItemKind } from '../vocabulary/contract.ts';

/** How far the core groups have come with each part of a unit. */
const doneOf: readonly (readonly [ItemKind, number])[] = [
  ['unit-design', 0.85],
  ['homework-design', 0.6],
  ['unit-assessment', 0.5],
  ['strategy-guide', 0.4],
  ['model-lesson', 0.2],
];
const lessonsDone = 0.5;

export type ItemSeed = Parameters<typeof insertRows<'library.item'>>[2][number];
export type VersionSeed = Parameters<typeof insertRows<'library.version'>>[2][number];

/** Items with the only version of each, which is the published one. */
export const insertPublished = async (
  db: Queryable,
  items: readonly ItemSeed[],
  versions: readonly VersionSeed[],
): Promise<void> => {
  await insertRows(db, 'library.item', items);
  await insertRows(db, 'library.version', versions);
  await db
    .updateTable('library.item')
    .from('library.version as version')
    .whereRef('version.itemId', '=', 'library.item.id')
    .where('library.item.published', 'is', null)
    .set((row) => ({ published: row.ref('version.number'), publishedAt: row.ref('version.publishedAt') }))
    .execute();
};

interface Writers {
  readonly lead: string;
  readonly members: readonly string[];
}

/** Each core group's lead and members, by stage and subject. */
const listWriters = async (db: Queryable): Promise<ReadonlyMap<string, Writers>> => {
  const held = await db
    .selectFrom('organisation.appointment as held')
    .innerJoin('organisation.body as body', 'body.id', 'held.bodyId')
    .where('body.kind', 'in', ['core-group', 'grade-team'])
    .where('held.activeTo', 'is', null)
    .select(['held.personId', 'held.post', 'body.stage', 'body.subject'])
    .orderBy('held.id')
    .execute();
  const groups = Map.groupBy(held, ({ stage, subject }) => `${stage} ${subject}`);
  return new Map(
    [...groups].flatMap(([field, people]) => {
      const lead = people.find(({ post }) => post === 'lead')?.personId;
      const members = [
        ...new Set(people.filter(({ post }) => post !== 'lead').map(({ personId }) => personId)),
      ];
      return lead === undefined || members.length === 0 ? [] : [[field, { lead, members }] as const];
    }),
  );
};

/**
 * What the core groups have published for this term: more of the units at the beginning, so that the unit grid has
 * its empty cells where a real one has them.
 */
export const seedItems = async (
  db: Queryable,
  random: SeededRandom,
  { today, schoolYear, term }: { readonly today: Day; readonly schoolYear: number; readonly term: number },
): Promise<void> => {
  const writers = await listWriters(db);
  const volumes = await listVolumesInUse(db, { schoolYear, term });
  const byId = new Map(volumes.map((volume) => [volume.volumeId, volume]));
  const units = await listUnits(db, [...byId.keys()]);
  const items: ItemSeed[] = [];
  const versions: VersionSeed[] = [];
  let moment = Date.parse(`${addDays(today, -80)}T01:00:00Z`);
  const add = (
    kind: ItemKind,
    title: string,
    topic: string,
    place: { volumeId: string; unitId: string | null; lessonId: string | null },
    field: { stage: string; subject: Subject; grade: number },
  ): void => {
    const group = writers.get(`${field.stage} ${field.subject}`);
    if (group === undefined) return;
    const id = random.id((moment += 30_000));
    const at = new Date(moment).toISOString();
    const by = random.pick(group.members);
    items.push({
      id,
      kind,
      title,
      ...field,
      ...place,
      shared: true,
      madeBy: by,
      madeAt: at,
      locked: [],
      summary: '',
      version: 2,
      published: null,
      publishedAt: null,
    });
    versions.push({
      itemId: id,
      number: 1,
      title,
      content: JSON.parse(JSON.stringify(demoDesign(kind, topic))),
      note: '',
      contributors: [by],
      publishedBy: group.lead,
      publishedAt: at,
    });
  };
  const seen = new Map<string, number>();
  for (const unit of units) {
    const volume = byId.get(unit.volumeId);
    if (volume === undefined) continue;
    const nth = seen.get(unit.volumeId) ?? 0;
    seen.set(unit.volumeId, nth + 1);
    const later = Math.max(0.1, 1 - nth * 0.18);
    const topic = unit.title.replace('（演示）', '');
    const field = { stage: stageOfGrade(volume.grade), subject: volume.subject, grade: volume.grade };
    const here = { volumeId: unit.volumeId, unitId: unit.id, lessonId: null };
    if (nth === 0 && random.chance(0.8))
      add('pacing-guide', '教学课时进度', topic, { ...here, unitId: null }, field);
    for (const [kind, share] of doneOf)
      if (random.chance(share * later)) add(kind, topic, topic, here, field);
    for (const lesson of unit.lessons)
      if (random.chance(lessonsDone * later))
        add('lesson-design', lesson.title, lesson.title, { ...here, lessonId: lesson.id }, field);
  }
  await insertPublished(db, items, versions);
};
