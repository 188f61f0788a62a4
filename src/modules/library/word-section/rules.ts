import { idsIn } from '../co-editing/typing/rules.ts';
import type { Block, Body, Content, Section } from '../content/contract.ts';
import { isBlank, isOwnSection, rowsOf } from '../content/rules.ts';
import type { Column, SectionTemplate } from '../template/contract.ts';

type Target = Pick<Section, 'key'> & { readonly form: Body['form'] };

/**
 * The sections of a file of which something may come into this one: the table of the same name into a table, any text
 * into a text.
 */
export const offeredSections = ({ sections }: Content, { key, form }: Target): Section[] =>
  sections.filter(
    (section) =>
      section.body.form === form && !isBlank(section.body) && (form === 'text' || section.key === key),
  );

/** What is put in unless a person says otherwise: the section of the same name, else the only one there is. */
export const proposedSections = (content: Content, target: Target): string[] => {
  const offered = offeredSections(content, target);
  const [only] = offered.length === 1 ? offered : [];
  const same = offered.find(({ key }) => key === target.key) ?? only;
  return same === undefined ? [] : [same.key];
};

const headed = ({ title, body }: Section): Block[] =>
  body.form === 'text'
    ? [{ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: title }] }, ...body.blocks]
    : [];

/**
 * What the chosen sections of a file put into one of the draft; null where there is nothing. Several texts come one
 * after another, each under its name; of one alone the name is kept only where the file itself gave it and it is not
 * the section's own.
 */
export const bodyFromWord = (
  content: Content,
  target: Target & Pick<Section, 'title'>,
  chosen: readonly string[],
): Body | null => {
  const taken = offeredSections(content, target).filter(({ key }) => chosen.includes(key));
  const [first] = taken;
  if (first === undefined) return null;
  if (first.body.form === 'rows') return first.body;
  const isBare = ({ key, title }: Section): boolean =>
    key === target.key ||
    (taken.length === 1 && (!isOwnSection(key) || title === target.title || title === '开头内容'));
  return {
    form: 'text',
    blocks: taken.flatMap((section) =>
      isBare(section) && section.body.form === 'text' ? section.body.blocks : headed(section),
    ),
  };
};

/** Why nothing in a file can come into a section, and what to do. */
export const nothingOffered = (title: string, template: SectionTemplate | undefined): string =>
  template?.columns === undefined
    ? '这个文件里没有读到文字。请换一个文件，或直接粘贴。'
    : `这个文件里没有认出“${title}”的表格。表头请写：${template.columns.map(({ label }) => label).join('、')}；或换一个文件。`;

interface Surroundings {
  /** What the section says now. */
  readonly now: Body;
  readonly file: Content;
  readonly columns: readonly Column[];
  /** Ids of the rows of another section of the draft, in order. */
  readonly rowIdsOf: (section: string) => readonly string[];
}

/**
 * A file's table as it fits the draft: a row takes the place of the one with its number, so that what names that one
 * (对应目标, remarks) still does; what it names itself are the draft's rows of the same numbers.
 */
export const fitted = (body: Body, { now, file, columns, rowIdsOf }: Surroundings): Body => {
  if (body.form !== 'rows' || now.form !== 'rows') return body;
  const named = new Map(
    columns.flatMap((column): [string, (id: string) => string | undefined][] => {
      if (column.type !== 'references') return [];
      const [theirs, ours] = [rowsOf(file, column.section).map(({ id }) => id), rowIdsOf(column.section)];
      return [[column.key, (id) => ours[theirs.indexOf(id)]]];
    }),
  );
  const taken = new Set(now.rows.map(({ id }) => id));
  return {
    form: 'rows',
    rows: body.rows.map(({ id, cells }, index) => ({
      id: now.rows[index]?.id ?? (taken.has(id) ? `${id.slice(0, 30)}-${index}` : id),
      cells: Object.fromEntries(
        Object.entries(cells).flatMap(([column, text]) => {
          const find = named.get(column);
          const own =
            find === undefined
              ? text
              : idsIn(text)
                  .flatMap((one) => find(one) ?? [])
                  .join(' ');
          return own === '' ? [] : [[column, own]];
        }),
      ),
    })),
  };
};
