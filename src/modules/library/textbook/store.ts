import { sql } from 'kysely';
import type { Stage, Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import type { Edition, Lesson, TextbookPath, Unit, Volume } from './contract.ts';
import { hoursOfUnit, lessonName, type Named, unitName, volumeName } from './rules.ts';
import type { TextbookLevel, VolumePart } from './vocabulary/contract.ts';

const editionRows = (db: Queryable) =>
  db
    .selectFrom('library.edition as edition')
    .select([
      'edition.id',
      sql<Subject>`edition.subject`.as('subject'),
      sql<Stage>`edition.stage`.as('stage'),
      'edition.publisher',
      'edition.revisionYear',
      'edition.withdrawnOn',
      'edition.withdrawnReason',
      'edition.version',
    ]);

/** Withdrawn ones too; the newest revision first. */
export const listEditions = (
  db: Queryable,
  { stage, subject }: { readonly stage?: Stage; readonly subject?: Subject } = {},
): Promise<Edition[]> => {
  let query = editionRows(db);
  if (stage !== undefined) query = query.where('edition.stage', '=', stage);
  if (subject !== undefined) query = query.where('edition.subject', '=', subject);
  return query
    .orderBy('edition.revisionYear', 'desc')
    .orderBy('edition.publisher')
    .orderBy('edition.id')
    .execute();
};

/** With a lock nobody else withdraws or restores it until the transaction ends. */
export const findEdition = (
  db: Queryable,
  editionId: string,
  options: { readonly lock?: boolean } = {},
): Promise<Edition | undefined> => {
  const query = editionRows(db).where('edition.id', '=', editionId);
  return (options.lock === true ? query.forUpdate() : query).executeTakeFirst();
};

/** The caller holds the lock and has compared the version. */
export const markEdition = async (
  db: Queryable,
  editionId: string,
  withdrawal: { readonly on: Day; readonly reason: string } | null,
): Promise<number> => {
  const { version } = await db
    .updateTable('library.edition')
    .set((row) => ({
      withdrawnOn: withdrawal?.on ?? null,
      withdrawnReason: withdrawal?.reason ?? null,
      version: row('version', '+', 1),
    }))
    .where('id', '=', editionId)
    .returning('version')
    .executeTakeFirstOrThrow();
  return version;
};

const orderOfParts = sql`array_position(array['first', 'second', 'whole'], volume.part)`;

const volumeRows = (db: Queryable) =>
  db.selectFrom('library.volume as volume').select([
    'volume.id',
    'volume.editionId',
    'volume.grade',
    sql<VolumePart>`volume.part`.as('part'),
    sql<number>`(select count(*)::int from library.unit as unit
        where unit.volume_id = volume.id and unit.withdrawn_on is null)`.as('units'),
    sql<number>`(select count(*)::int from library.lesson as lesson
        join library.unit as unit on unit.id = lesson.unit_id
        where unit.volume_id = volume.id and unit.withdrawn_on is null and lesson.withdrawn_on is null)`.as(
      'lessons',
    ),
  ]);

/** By grade, 上册 before 下册. */
export const listVolumes = (db: Queryable, editionIds: readonly string[]): Promise<Volume[]> =>
  volumeRows(db)
    .where(sql<boolean>`volume.edition_id = any(${[...editionIds]}::uuid[])`)
    .orderBy('volume.grade')
    .orderBy(orderOfParts)
    .orderBy('volume.id')
    .execute();

/** Units of volumes with their lessons, in the books' order, standing ones first; withdrawn ones last or left out. */
export const listUnits = async (
  db: Queryable,
  volumeIds: readonly string[],
  { withdrawn }: { readonly withdrawn: 'too' | 'left-out' } = { withdrawn: 'left-out' },
): Promise<Unit[]> => {
  const units = await db
    .selectFrom('library.unit')
    .where(sql<boolean>`volume_id = any(${[...volumeIds]}::uuid[])`)
    .where((row) => (withdrawn === 'too' ? row.lit(true) : row('withdrawnOn', 'is', null)))
    .select(['id', 'volumeId', 'number', 'title', 'plannedHours', 'withdrawnOn', 'withdrawnReason'])
    .orderBy((row) => row('withdrawnOn', 'is not', null))
    .orderBy('position')
    .orderBy('id')
    .execute();
  const lessons = await db
    .selectFrom('library.lesson')
    .where(sql<boolean>`unit_id = any(${units.map(({ id }) => id)}::uuid[])`)
    .where((row) => (withdrawn === 'too' ? row.lit(true) : row('withdrawnOn', 'is', null)))
    .select(['id', 'unitId', 'number', 'title', 'plannedHours', 'withdrawnOn', 'withdrawnReason'])
    .orderBy((row) => row('withdrawnOn', 'is not', null))
    .orderBy('position')
    .orderBy('id')
    .execute();
  const ofUnit = Map.groupBy(lessons, ({ unitId }) => unitId);
  return units.map((unit) => {
    const own: readonly Lesson[] = ofUnit.get(unit.id) ?? [];
    const standing = own.filter(({ withdrawnOn }) => withdrawnOn === null);
    return { ...unit, plannedHours: hoursOfUnit(unit.plannedHours, standing), lessons: [...own] };
  });
};

interface PathRow {
  readonly id: string;
  readonly level: TextbookLevel;
  readonly stage: Stage;
  readonly subject: Subject;
  readonly editionId: string;
  readonly publisher: string;
  readonly revisionYear: number;
  readonly volumeId: string | null;
  readonly grade: number | null;
  readonly part: VolumePart | null;
  readonly unitId: string | null;
  readonly unitNumber: number | null;
  readonly unitTitle: string | null;
  readonly lessonId: string | null;
  readonly lessonNumber: number | null;
  readonly lessonTitle: string | null;
  readonly withdrawnOn: Day | null;
  readonly withdrawnReason: string | null;
}

const named = (id: string | null, number: number | null, title: string | null) =>
  id === null || title === null ? null : { id, number, title };

const pathOf = (row: PathRow): TextbookPath => ({
  id: row.id,
  level: row.level,
  stage: row.stage,
  subject: row.subject,
  edition: { id: row.editionId, publisher: row.publisher, revisionYear: row.revisionYear },
  volume:
    row.volumeId === null || row.grade === null || row.part === null
      ? null
      : { id: row.volumeId, grade: row.grade, part: row.part },
  unit: named(row.unitId, row.unitNumber, row.unitTitle),
  lesson: named(row.lessonId, row.lessonNumber, row.lessonTitle),
  withdrawnOn: row.withdrawnOn,
  withdrawnReason: row.withdrawnReason,
});

/** Paths of ids of any level, by id; an id that is none is missing in the answer. */
export const findTextbookPaths = async (
  db: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, TextbookPath>> => {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const { rows } = await sql<PathRow>`
    with wanted (id) as (select unnest(${wanted}::uuid[])),
    place (id, level, lesson_id, unit_id, volume_id, edition_id) as (
      select edition.id, 'edition', null::uuid, null::uuid, null::uuid, edition.id
        from wanted join library.edition as edition using (id)
      union all
      select volume.id, 'volume', null, null, volume.id, volume.edition_id
        from wanted join library.volume as volume using (id)
      union all
      select unit.id, 'unit', null, unit.id, volume.id, volume.edition_id
        from wanted join library.unit as unit using (id) join library.volume as volume on volume.id = unit.volume_id
      union all
      select lesson.id, 'lesson', lesson.id, unit.id, volume.id, volume.edition_id
        from wanted join library.lesson as lesson using (id) join library.unit as unit on unit.id = lesson.unit_id
        join library.volume as volume on volume.id = unit.volume_id
    )
    select place.id, place.level, edition.stage, edition.subject, edition.id as "editionId", edition.publisher,
      edition.revision_year as "revisionYear", volume.id as "volumeId", volume.grade, volume.part,
      unit.id as "unitId", unit.number as "unitNumber", unit.title as "unitTitle",
      lesson.id as "lessonId", lesson.number as "lessonNumber", lesson.title as "lessonTitle",
      coalesce(edition.withdrawn_on, unit.withdrawn_on, lesson.withdrawn_on) as "withdrawnOn",
      coalesce(edition.withdrawn_reason, unit.withdrawn_reason, lesson.withdrawn_reason) as "withdrawnReason"
    from place
    join library.edition as edition on edition.id = place.edition_id
    left join library.volume as volume on volume.id = place.volume_id
    left join library.unit as unit on unit.id = place.unit_id
    left join library.lesson as lesson on lesson.id = place.lesson_id`.execute(db);
  return new Map(rows.map((row) => [row.id, pathOf(row)]));
};

/** Where an edition, volume, unit or lesson stands. */
export const findTextbookPath = async (db: Queryable, id: string): Promise<TextbookPath | undefined> =>
  (await findTextbookPaths(db, [id])).get(id);

const unitAndLesson = (unit: Named, lesson: Named | null): string =>
  lesson === null ? unitName(unit) : `${unitName(unit)} ${lessonName(lesson)}`;

/**
 * What units and lessons are called, by id; withdrawn ones too: all of a volume, and of other volumes those that a text
 * means, with the volume's name before theirs.
 */
export const listTextbookNames = async (
  db: Queryable,
  volumeId: string | null,
  meant: readonly string[] = [],
): Promise<Record<string, string>> => {
  const units = volumeId === null ? [] : await listUnits(db, [volumeId], { withdrawn: 'too' });
  const names = new Map(
    units.flatMap((unit): [string, string][] => [
      [unit.id, unitAndLesson(unit, null)],
      ...unit.lessons.map((lesson): [string, string] => [lesson.id, unitAndLesson(unit, lesson)]),
    ]),
  );
  const elsewhere = meant.filter((id) => !names.has(id));
  if (elsewhere.length > 0)
    for (const [id, { volume, unit, lesson }] of await findTextbookPaths(db, elsewhere))
      if (volume !== null && unit !== null)
        names.set(id, `${volumeName(volume)} ${unitAndLesson(unit, lesson)}`);
  return Object.fromEntries(names);
};
