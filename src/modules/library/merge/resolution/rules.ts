import { conflict as conflictRefusal, invalid } from '#platform/refusal.ts';
import type { Block, Body, Content, Inline, Row } from '../../content/contract.ts';
import { limits } from '../../content/limits/contract.ts';
import { paragraphOf, textInline, textOfToken, tokensOfCell } from '../../tokens/rules.ts';
import type {
  Decision,
  Decisions,
  MergeConflict,
  MergedBody,
  MergedContent,
  MergedRow,
  MergedSection,
} from '../contract.ts';

type Place = MergeConflict['place'];
type ConflictAt<At extends Place> = Extract<MergeConflict, { place: At }>;

/** Every conflict with what was decided about it. */
interface Decided {
  readonly decisions: Decisions;
  readonly conflicts: ReadonlyMap<string, MergeConflict>;
}

/** Those that nobody has decided yet, in their order. */
export const undecidedOf = (conflicts: readonly MergeConflict[], decisions: Decisions): MergeConflict[] =>
  conflicts.filter(({ id }) => decisions[id] === undefined);

/** Refuses what is undecided, unknown or not offered. */
const decide = (conflicts: readonly MergeConflict[], decisions: Decisions): Decided => {
  const left = undecidedOf(conflicts, decisions);
  if (left.length > 0)
    throw conflictRefusal(`还有 ${left.length} 处没有处理，请逐处选择采用哪一方后再完成合并。`, {
      conflicts: left.map(({ id }) => id),
    });
  const known = new Map(conflicts.map((one) => [one.id, one]));
  for (const [id, { choice }] of Object.entries(decisions)) {
    const one = known.get(id);
    if (one === undefined)
      throw conflictRefusal('合并的内容在您处理期间有了变化，请重新打开合并页面再处理。');
    if (!one.choices.includes(choice)) throw invalid('这一处不能这样处理，请从所列的办法中选一种。');
  }
  return { decisions, conflicts: known };
};

const decisionOn = (id: string, { decisions }: Decided): Decision => {
  const decision = decisions[id];
  if (decision === undefined) throw new Error(`conflict ${id} is undecided`);
  return decision;
};

const conflictAt = <At extends Place>(id: string, place: At, { conflicts }: Decided): ConflictAt<At> => {
  const found = conflicts.get(id);
  const isThere = (one: MergeConflict | undefined): one is ConflictAt<At> => one?.place === place;
  if (!isThere(found)) throw new Error(`no conflict ${id} of place ${place}`);
  return found;
};

const pickSide = <Value>(
  { choice }: Decision,
  sides: { readonly ours: Value; readonly theirs: Value },
): Value => (choice === 'theirs' ? sides.theirs : sides.ours);

const picture = /^!\[([^\]\n]*)\]\(([0-9a-f]{64})\)$/;

/** A line with `$LaTeX$` and `![alt](sha256)` as inlines of a paragraph. */
const inlinesOfLine = (line: string): Inline[] =>
  tokensOfCell(line).map((token): Inline => {
    const text = textOfToken(token);
    const [, alt, file] = picture.exec(text) ?? [];
    if (alt !== undefined && file !== undefined)
      return { type: 'picture', attrs: { file, alt: alt.slice(0, 500), width: null } };
    const latex = text.length > 2 && text.startsWith('$') && text.endsWith('$') ? text.slice(1, -1) : '';
    return latex === '' || latex.length > 4_000
      ? textInline(text, [])
      : { type: 'inlineMath', attrs: { latex } };
  });

/** A paragraph for each line that is not empty. */
export const blocksOfText = (text: string): Block[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => paragraphOf(inlinesOfLine(line)));

const lineOf = (inlines: readonly Inline[]): string =>
  inlines
    .map((inline) => {
      if (inline.type === 'text') return inline.text;
      if (inline.type === 'inlineMath') return `$${inline.attrs.latex}$`;
      return inline.type === 'hardBreak' ? '\n' : `![${inline.attrs.alt}](${inline.attrs.file})`;
    })
    .join('');

/** Blocks as lines to begin one's own text from; marks, levels and lists are not kept. */
export const textOfBlocks = (blocks: readonly Block[]): string =>
  blocks
    .map((block): string => {
      if (block.type === 'paragraph' || block.type === 'heading') return lineOf(block.content ?? []);
      if (block.type === 'blockMath') return `$${block.attrs.latex}$`;
      if (block.type === 'table')
        return block.content
          .map((row) => row.content.map((cell) => textOfBlocks(cell.content)).join('\t'))
          .join('\n');
      return block.content.map((item) => textOfBlocks(item.content)).join('\n');
    })
    .join('\n');

const resolvedBlocks = (id: string, decided: Decided): readonly Block[] => {
  const one = conflictAt(id, 'blocks', decided);
  const decision = decisionOn(id, decided);
  if (decision.choice === 'own') return blocksOfText(decision.text);
  return decision.choice === 'both' ? [...one.ours, ...one.theirs] : pickSide(decision, one);
};

const resolvedCell = (id: string, decided: Decided): string | null => {
  const one = conflictAt(id, 'cell', decided);
  const decision = decisionOn(id, decided);
  if (decision.choice === 'own') return decision.text.trim();
  if (decision.choice === 'both') return [one.ours, one.theirs].filter((text) => text !== null).join('\n');
  return pickSide(decision, one);
};

const resolvedRow = (row: MergedRow, decided: Decided): Row | null => {
  if (row.conflict !== null)
    return pickSide(decisionOn(row.conflict, decided), conflictAt(row.conflict, 'row', decided));
  const cells = { ...row.cells };
  for (const [column, id] of Object.entries(row.cellConflicts)) {
    const text = resolvedCell(id, decided);
    if (text === null || text === '') continue;
    if (text.length > limits.cell)
      throw invalid(`合在一起的一格超过 ${limits.cell} 字，请改用“自己改”缩短。`);
    cells[column] = text;
  }
  return { id: row.id, cells };
};

const inOrder = <Item>(
  items: readonly Item[],
  orderConflict: string | null,
  decided: Decided,
  keyOf: (item: Item) => string,
): Item[] => {
  if (orderConflict === null) return [...items];
  const order = pickSide(decisionOn(orderConflict, decided), conflictAt(orderConflict, 'order', decided));
  const places = new Map(order.map((key, index) => [key, index]));
  return items.toSorted((one, other) => (places.get(keyOf(one)) ?? 0) - (places.get(keyOf(other)) ?? 0));
};

const resolvedBody = (body: MergedBody, decided: Decided): Body => {
  if (body.form === 'conflict')
    return pickSide(decisionOn(body.conflict, decided), conflictAt(body.conflict, 'form', decided));
  if (body.form === 'text') {
    const blocks = body.pieces.flatMap((piece) =>
      'blocks' in piece ? piece.blocks : resolvedBlocks(piece.conflict, decided),
    );
    if (blocks.length > limits.blocks)
      throw invalid(`合并后一个部分超过 ${limits.blocks} 段，请对一些地方只采用一方。`);
    return { form: 'text', blocks };
  }
  const rows = inOrder(body.rows, body.orderConflict, decided, ({ id }) => id).flatMap(
    (row) => resolvedRow(row, decided) ?? [],
  );
  if (rows.length > limits.rows) throw invalid(`合并后的表格超过 ${limits.rows} 行，请先删去不需要的行。`);
  return { form: 'rows', rows };
};

const resolvedTitle = (id: string, decided: Decided): string => {
  const decision = decisionOn(id, decided);
  if (decision.choice !== 'own') return pickSide(decision, conflictAt(id, 'title', decided));
  const title = decision.text.trim();
  if (title === '' || title.length > limits.title)
    throw invalid(`部分的名称要有字，不超过 ${limits.title} 字。`);
  return title;
};

/** The finished body; refuses while a conflict is undecided. */
export const resolveSection = ({ body, conflicts }: MergedSection, decisions: Decisions): Body =>
  resolvedBody(body, decide(conflicts, decisions));

/** The finished content; refuses while a conflict is undecided. */
export const resolveContent = (merged: MergedContent, decisions: Decisions): Content => {
  const decided = decide(merged.conflicts, decisions);
  const sections = inOrder(merged.sections, merged.orderConflict, decided, ({ key }) => key).flatMap(
    (part) => {
      if ('conflict' in part)
        return (
          pickSide(decisionOn(part.conflict, decided), conflictAt(part.conflict, 'section', decided)) ?? []
        );
      const title = part.titleConflict === null ? part.title : resolvedTitle(part.titleConflict, decided);
      return { key: part.key, title, body: resolvedBody(part.body, decided) };
    },
  );
  if (sections.length > limits.sections)
    throw invalid(`合并后超过 ${limits.sections} 个部分，请先合并或删去一些部分。`);
  return { sections };
};
