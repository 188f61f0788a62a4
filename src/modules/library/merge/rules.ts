import type { Body, Content, Row, RowsBody, Section, TextBody } from '../content/contract.ts';
import type { Column } from '../template/contract.ts';
import { templates } from '../template/contract.ts';
import { normalBody } from '../tokens/rules.ts';
import type { ItemKind } from '../vocabulary/contract.ts';
import { mergeCell } from './cell/rules.ts';
import type {
  Choice,
  MergeConflict,
  MergedBody,
  MergedContent,
  MergedPiece,
  MergedRow,
  MergedSection,
} from './contract.ts';
import { mergeOrder } from './order/rules.ts';
import { mergeBlocks } from './text/rules.ts';

interface Sides<Value> {
  readonly base: Value;
  readonly ours: Value;
  readonly theirs: Value;
}

const oneOrOther: Choice[] = ['ours', 'theirs'];
const anyChoice: Choice[] = ['ours', 'theirs', 'both', 'own'];
const withoutOwn: Choice[] = ['ours', 'theirs', 'both'];

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The side that alone was changed; null where both were, and differently. */
const changedAlone = <Value>({ base, ours, theirs }: Sides<Value>): { readonly value: Value } | null => {
  if (isSame(ours, theirs) || isSame(theirs, base)) return { value: ours };
  return isSame(ours, base) ? { value: theirs } : null;
};

const finished = (body: Body): MergedBody =>
  body.form === 'text'
    ? { form: 'text', pieces: body.blocks.length === 0 ? [] : [{ blocks: body.blocks }] }
    : {
        form: 'rows',
        rows: body.rows.map(({ id, cells }) => ({ id, conflict: null, cells, cellConflicts: {} })),
        orderConflict: null,
      };

const mergeText = (section: string, sides: Sides<TextBody>): MergedSection => {
  const conflicts: MergeConflict[] = [];
  const stretches = mergeBlocks({
    base: sides.base.blocks,
    ours: sides.ours.blocks,
    theirs: sides.theirs.blocks,
  });
  const pieces = stretches.map((stretch): MergedPiece => {
    if ('nodes' in stretch) return { blocks: [...stretch.nodes] };
    const id = `${section}/blocks/${conflicts.length + 1}`;
    const [base, ours, theirs] = [stretch.conflict.base, stretch.conflict.ours, stretch.conflict.theirs];
    // Lines of one's own cannot say what a table says.
    const tables = [...ours, ...theirs].some(({ type }) => type === 'table');
    conflicts.push({
      place: 'blocks',
      id,
      section,
      choices: tables ? withoutOwn : anyChoice,
      base: [...base],
      ours: [...ours],
      theirs: [...theirs],
    });
    return { conflict: id };
  });
  return { body: { form: 'text', pieces }, conflicts };
};

const mergeRow = (
  section: string,
  id: string,
  { base, ours, theirs }: Sides<Row | undefined>,
  columns: readonly Column[],
): { readonly row: MergedRow; readonly conflicts: readonly MergeConflict[] } | null => {
  const whole = changedAlone({ base, ours, theirs });
  if (whole !== null) {
    const { value } = whole;
    return value === undefined
      ? null
      : { row: { id, conflict: null, cells: value.cells, cellConflicts: {} }, conflicts: [] };
  }
  if (base !== undefined && (ours === undefined || theirs === undefined)) {
    const conflict = `${section}/row/${id}`;
    return {
      row: { id, conflict, cells: {}, cellConflicts: {} },
      conflicts: [
        {
          place: 'row',
          id: conflict,
          section,
          choices: oneOrOther,
          base,
          ours: ours ?? null,
          theirs: theirs ?? null,
        },
      ],
    };
  }
  const conflicts: MergeConflict[] = [];
  const row: MergedRow = { id, conflict: null, cells: {}, cellConflicts: {} };
  const keys = [base, ours, theirs].flatMap((one) => Object.keys(one?.cells ?? {}));
  for (const column of [...new Set(keys)].sort()) {
    const [before, here, there] = [base?.cells[column], ours?.cells[column], theirs?.cells[column]];
    const type = columns.find(({ key }) => key === column)?.type ?? 'text';
    const merged = mergeCell(before, here, there, type);
    if (merged !== null) {
      if (merged.text !== undefined) row.cells[column] = merged.text;
      continue;
    }
    const conflict = `${section}/cell/${id}/${column}`;
    row.cellConflicts[column] = conflict;
    conflicts.push({
      place: 'cell',
      id: conflict,
      section,
      row: id,
      column,
      choices: type === 'text' ? anyChoice : oneOrOther,
      base: before ?? null,
      ours: here ?? null,
      theirs: there ?? null,
    });
  }
  return { row, conflicts };
};

const byId = (rows: readonly Row[]): ReadonlyMap<string, Row> => new Map(rows.map((row) => [row.id, row]));
const idsOf = (rows: readonly Row[]): string[] => rows.map(({ id }) => id);

const mergeRows = (section: string, sides: Sides<RowsBody>, columns: readonly Column[]): MergedSection => {
  const { base, ours, theirs } = sides;
  const [old, here, there] = [byId(base.rows), byId(ours.rows), byId(theirs.rows)];
  const rows = new Map<string, MergedRow>();
  const conflicts: MergeConflict[] = [];
  for (const id of new Set([base, ours, theirs].flatMap((one) => idsOf(one.rows)).sort())) {
    const merged = mergeRow(
      section,
      id,
      { base: old.get(id), ours: here.get(id), theirs: there.get(id) },
      columns,
    );
    if (merged === null) continue;
    rows.set(id, merged.row);
    conflicts.push(...merged.conflicts);
  }
  const orders = { base: idsOf(base.rows), ours: idsOf(ours.rows), theirs: idsOf(theirs.rows) };
  const { order, by } = mergeOrder(orders, new Set(rows.keys()));
  const ordered = (order ?? by.base).flatMap((id) => rows.get(id) ?? []);
  const places = new Map(ordered.map(({ id }, index) => [id, index]));
  const placeOf = (conflict: MergeConflict): number => {
    if (conflict.place === 'cell') return places.get(conflict.row) ?? 0;
    return conflict.place === 'row' ? (places.get(conflict.base.id) ?? 0) : 0;
  };
  conflicts.sort((one, other) => placeOf(one) - placeOf(other));
  const orderConflict = order === null ? `${section}/order` : null;
  if (orderConflict !== null) conflicts.push(orderConflictOf(orderConflict, section, by));
  return { body: { form: 'rows', rows: ordered, orderConflict }, conflicts };
};

const orderConflictOf = (id: string, section: string, by: Sides<readonly string[]>): MergeConflict => ({
  place: 'order',
  id,
  section,
  choices: oneOrOther,
  base: [...by.base],
  ours: [...by.ours],
  theirs: [...by.theirs],
});

export interface SectionOfMerge {
  /** The section's key, the beginning of its conflicts' ids. */
  readonly key?: string;
  /** Of its template: cells of other types than text are merged whole, references as a set. */
  readonly columns?: readonly Column[];
}

/**
 * One section's body, three ways: what one side left alone is the other's; what both touched is merged block by block,
 * row by row, word by word; what two people said differently in one place is a conflict with all three texts.
 * Which side is called ours changes nothing but the names in the conflicts.
 */
export const mergeSection = (
  base: Body,
  ours: Body,
  theirs: Body,
  { key = '', columns = [] }: SectionOfMerge = {},
): MergedSection => {
  const [old, here, there] = [normalBody(base), normalBody(ours), normalBody(theirs)];
  const alone = changedAlone({ base: old, ours: here, theirs: there });
  if (alone !== null) return { body: finished(alone.value), conflicts: [] };
  if (old.form === 'text' && here.form === 'text' && there.form === 'text')
    return mergeText(key, { base: old, ours: here, theirs: there });
  if (old.form === 'rows' && here.form === 'rows' && there.form === 'rows')
    return mergeRows(key, { base: old, ours: here, theirs: there }, columns);
  const id = `${key}/form`;
  const sides = { base: old, ours: here, theirs: there };
  return {
    body: { form: 'conflict', conflict: id },
    conflicts: [{ place: 'form', id, section: key, choices: oneOrOther, ...sides }],
  };
};

const normalSection = (section: Section): Section => ({
  key: section.key,
  title: section.title,
  body: normalBody(section.body),
});

/** Of the same form, with nothing in it. */
export const emptyLike = (body: Body): Body =>
  body.form === 'text' ? { form: 'text', blocks: [] } : { form: 'rows', rows: [] };

type MergedPart = MergedContent['sections'][number];
interface Part {
  readonly part: MergedPart;
  readonly conflicts: readonly MergeConflict[];
}

const mergePart = (
  key: string,
  sides: Sides<Section | undefined>,
  columns: readonly Column[],
): Part | null => {
  const { base, ours, theirs } = sides;
  const alone = changedAlone(sides);
  if (alone !== null) {
    const { value } = alone;
    if (value === undefined) return null;
    const part = { key, title: value.title, titleConflict: null, body: finished(value.body) };
    return { part, conflicts: [] };
  }
  if (ours === undefined || theirs === undefined) {
    if (base === undefined) return null;
    const id = `${key}/section`;
    const whole = { base, ours: ours ?? null, theirs: theirs ?? null };
    return {
      part: { key, conflict: id },
      conflicts: [{ place: 'section', id, section: key, choices: oneOrOther, ...whole }],
    };
  }
  const merged = mergeSection(base?.body ?? emptyLike(ours.body), ours.body, theirs.body, { key, columns });
  const title = changedAlone({ base: base?.title ?? null, ours: ours.title, theirs: theirs.title });
  const titleConflict = title === null ? `${key}/title` : null;
  const conflicts: MergeConflict[] = [...merged.conflicts];
  if (titleConflict !== null)
    conflicts.unshift({
      place: 'title',
      id: titleConflict,
      section: key,
      choices: ['ours', 'theirs', 'own'],
      base: base?.title ?? null,
      ours: ours.title,
      theirs: theirs.title,
    });
  const shown = base?.title ?? (ours.title < theirs.title ? ours.title : theirs.title);
  const part = { key, title: title?.value ?? shown, titleConflict, body: merged.body };
  return { part, conflicts };
};

/** The whole of a design, section by section, and their order; `kind` names the template whose columns hold. */
export const mergeContent = (
  base: Content,
  ours: Content,
  theirs: Content,
  kind?: ItemKind,
): MergedContent => {
  const sides = [base, ours, theirs].map(
    ({ sections }) => new Map(sections.map((section) => [section.key, normalSection(section)])),
  );
  const parts = new Map<string, Part>();
  for (const key of new Set(sides.flatMap((sections) => [...sections.keys()]))) {
    const [old, here, there] = sides.map((sections) => sections.get(key));
    const template = kind === undefined ? undefined : templates[kind].find((one) => one.key === key);
    const part = mergePart(key, { base: old, ours: here, theirs: there }, template?.columns ?? []);
    if (part !== null) parts.set(key, part);
  }
  const [baseKeys = [], ourKeys = [], theirKeys = []] = sides.map((sections) => [...sections.keys()]);
  const { order, by } = mergeOrder(
    { base: baseKeys, ours: ourKeys, theirs: theirKeys },
    new Set(parts.keys()),
  );
  const ordered = (order ?? by.base).flatMap((key) => parts.get(key) ?? []);
  const conflicts = ordered.flatMap((part) => part.conflicts);
  const orderConflict = order === null ? 'order' : null;
  if (orderConflict !== null) conflicts.push(orderConflictOf(orderConflict, '', by));
  return { sections: ordered.map(({ part }) => part), orderConflict, conflicts };
};
