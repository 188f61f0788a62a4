import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Actor } from '#modules/organisation/contract.ts';
import { gradeLabels, subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { docxType } from '#platform/files/content-type.ts';
import type { FileStore } from '#platform/files/file-store.ts';
import { isDamaged } from '#platform/files/uploads.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import type { FileAnswer, FileInput } from '#platform/http/file-route.ts';
import { idPattern } from '#platform/ids.ts';
import { notFound } from '#platform/refusal.ts';
import { takingTurns } from '#platform/taking-turns.ts';
import type { PictureSource } from '#platform/word/resources.ts';
import { getAdaptation } from '../../adaptation/actions.ts';
import type { FindDraft } from '../../co-editing/actions.ts';
import type { Content } from '../../content/contract.ts';
import { idsInCells } from '../../content/rules.ts';
import { getItem } from '../../item/actions.ts';
import type { ItemDetail } from '../../item/contract.ts';
import { pictureActions } from '../../picture/actions.ts';
import { getRound } from '../../round/actions.ts';
import { lessonName, unitName } from '../../textbook/rules.ts';
import { findTextbookPaths } from '../../textbook/store.ts';
import { roundStateLabels } from '../../vocabulary/contract.ts';
import { designToPdf, designToWord } from '../actions.ts';
import type { DesignHead } from '../contract.ts';

type Context = ActionContext<Actor>;

/** A design as it is to be printed, once the caller may read it. */
interface Readable {
  readonly head: DesignHead;
  readonly content: Content;
}

/** `<id>.docx` or `<id>.pdf`, as the address says. */
const askedFor = ({ params }: FileInput): { id: string; as: 'docx' | 'pdf' } => {
  const [, id = '', ending] = new RegExp(`^(${idPattern})\\.(docx|pdf)$`).exec(params['file'] ?? '') ?? [];
  if (id === '') throw notFound();
  return { id, as: ending === 'pdf' ? 'pdf' : 'docx' };
};

const isPaper = ({ kind }: DesignHead): boolean => kind === 'test-paper' || kind === 'test-item';

/** Names of the units and lessons that cells refer to. */
const textbookNames = async ({ db }: Context, content: Content): Promise<ReadonlyMap<string, string>> => {
  const paths = await findTextbookPaths(db, idsInCells(content));
  return new Map(
    [...paths].flatMap(([id, { unit, lesson }]): [string, string][] => {
      if (lesson !== null) return [[id, lessonName(lesson)]];
      return unit === null ? [] : [[id, unitName(unit)]];
    }),
  );
};

const headOf = (
  item: Pick<ItemDetail, 'title' | 'kind' | 'subject' | 'grade' | 'names' | 'schoolName'>,
  more: Pick<DesignHead, 'author' | 'version' | 'date'>,
): DesignHead => ({
  title: item.title,
  kind: item.kind,
  subject: subjectLabels[item.subject],
  grade: gradeLabels[item.grade] ?? null,
  edition: item.names.volume,
  unit: [item.names.unit, item.names.lesson].filter((name) => name !== null).join(' ') || null,
  lessonHour: null,
  school: item.schoolName,
  ...more,
});

const authors = (people: readonly { readonly name: string }[]): string =>
  people.map(({ name }) => name).join('、');
const dayOf = (instant: string | Date): string => chineseDate(chinaDay(new Date(instant)));

const published = async (context: Context, id: string): Promise<Readable> => {
  const item = await getItem(context, { id });
  if (item.current === null) throw notFound('这份资源还没有发布。要下载草稿，请到编写页面下载。');
  const { content, contributors, number, publishedAt } = item.current;
  return {
    head: headOf(item, {
      author: authors(contributors),
      version: `第${number}版`,
      date: dayOf(publishedAt),
    }),
    content,
  };
};

const draft = async (context: Context, id: string): Promise<Readable> => {
  const round = await getRound(context, { id });
  const item = await getItem(context, { id: round.itemId });
  const head = headOf(item, {
    author: authors([
      round.mainPreparer,
      ...round.contributors.filter((one) => one.id !== round.mainPreparer.id),
    ]),
    version: roundStateLabels[round.state],
    date: dayOf(context.now),
  });
  return { head, content: round.content };
};

/** What was saved of it, as its readers see it on the page. */
const adapted = async (context: Context, id: string): Promise<Readable> => {
  const adaptation = await getAdaptation(context, { id });
  const item = await getItem(context, { id: adaptation.itemId });
  const head = headOf(item, {
    author: adaptation.maker.name,
    version: `根据${adaptation.itemSchoolName ?? '区级'}第${adaptation.basedOn}版`,
    date: dayOf(adaptation.savedAt),
  });
  return { head: { ...head, school: adaptation.schoolName }, content: adaptation.content };
};

/** How many wait while one is set; a design takes about a second. */
const longestLine = 8;

export const printingActions = (findDraft: FindDraft, files: FileStore) => {
  const { findPicture } = pictureActions(findDraft);
  const takeTurn = takingTurns(
    longestLine,
    '现在下载 Word 和 PDF 的人太多，服务器忙不过来。请过一分钟再点下载。',
  );
  /**
   * Only pictures that the caller may read: a content may name any hash. What lies there is compared with its hash, so
   * that a damaged picture leaves a gap and not a broken document.
   */
  const picturesFor =
    (context: Context): PictureSource =>
    async (file) => {
      const found = await findPicture(context, file);
      if (found === undefined || (await isDamaged(context.db, file))) return null;
      const open = await files.open(file);
      if (open === null) return null;
      if (open.size !== found.stored.size) return open.close().then(() => null);
      const bytes = await buffer(open.read({ first: 0, last: open.size - 1 })).catch(() => null);
      return bytes === null || createHash('sha256').update(bytes).digest('hex') !== file ? null : bytes;
    };
  const print =
    (find: (context: Context, id: string) => Promise<Readable>) =>
    async (context: Context, input: FileInput): Promise<FileAnswer> => {
      const { id, as } = askedFor(input);
      const { head, content } = await find(context, id);
      const answers = input.query['answers'] !== 'no';
      const design = { head, content, answers, textbookNames: await textbookNames(context, content) };
      const make = as === 'pdf' ? designToPdf : designToWord;
      const { bytes, notices } = await takeTurn(() => make(design, picturesFor(context)));
      const name = isPaper(head) ? `${head.title}（${answers ? '含答案' : '学生用'}）` : head.title;
      return {
        fileName: `${name}.${as}`,
        contentType: as === 'pdf' ? 'application/pdf' : docxType,
        bytes,
        notices,
      };
    };
  return { printItem: print(published), printRound: print(draft), printAdaptation: print(adapted) };
};
