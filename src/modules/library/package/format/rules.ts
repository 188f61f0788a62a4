import { createHash } from 'node:crypto';
import {
  gradeLabels,
  type Stage,
  type Subject,
  stageLabels,
  subjectLabels,
} from '#modules/organisation/vocabulary/contract.ts';
import { isRecord } from '#platform/is-record.ts';
import type { Content } from '../../content/contract.ts';
import { templateOf } from '../../content/rules.ts';
import { lifeContextOf } from '../../tag/rules.ts';
import type { TextbookPath } from '../../textbook/contract.ts';
import { editionName, lessonName, unitName } from '../../textbook/rules.ts';
import { volumePartLabels } from '../../textbook/vocabulary/contract.ts';
import { type ItemKind, itemKindLabels } from '../../vocabulary/contract.ts';
import type { PackagedItem, PackagedVersion, PlaceInWords } from './contract.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const sorted = (_key: string, value: unknown): unknown =>
  isRecord(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** Keys in order, so that the same facts are the same bytes. */
export const canonicalJson = (value: object): string => `${JSON.stringify(value, sorted, 1)}\n`;

export const sha256Of = (text: string | Uint8Array): string =>
  createHash('sha256').update(text).digest('hex');

/** What stands in a cell for a place: made of its words, so that every district that has the same book makes the same. */
export const placeToken = (place: PlaceInWords): string => {
  const hash = sha256Of(canonicalJson(place));
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
};

export const inWords = (path: TextbookPath): PlaceInWords => ({
  stage: path.stage,
  subject: path.subject,
  publisher: path.edition.publisher,
  revisionYear: path.edition.revisionYear,
  grade: path.volume?.grade ?? null,
  part: path.volume?.part ?? null,
  unit: path.unit === null ? null : { number: path.unit.number, title: path.unit.title },
  lesson: path.lesson === null ? null : { number: path.lesson.number, title: path.lesson.title },
});

/** `人教版（2024年修订）三年级上册 第二单元 …` */
export const placeSaid = (place: PlaceInWords): string =>
  [
    `${editionName(place)}${place.grade === null ? '' : (gradeLabels[place.grade] ?? '')}${place.part === null ? '' : volumePartLabels[place.part]}`,
    ...(place.unit === null ? [] : [unitName(place.unit)]),
    ...(place.lesson === null ? [] : [lessonName(place.lesson)]),
  ].join(' ');

/** How far into the book a place leads. */
export const depthOf = (place: Pick<PlaceInWords, 'part' | 'unit' | 'lesson'> | null): number =>
  [place?.part, place?.unit, place?.lesson].filter((level) => level !== null && level !== undefined).length;

/** A content with what stands in its cells for places put otherwise; null leaves the cell out. */
export const withPlaces = (
  kind: ItemKind,
  { sections }: Content,
  put: (standing: string) => string | null,
): Content => ({
  sections: sections.map((section) => {
    const places = templateOf(kind, section.key)?.columns?.filter(({ type }) => type === 'textbook') ?? [];
    if (section.body.form !== 'rows' || places.length === 0) return section;
    const keys = new Set(places.map(({ key }) => key));
    const rows = section.body.rows.map((row) => ({
      ...row,
      cells: Object.fromEntries(
        Object.entries(row.cells).flatMap(([key, text]): [string, string][] => {
          const next = keys.has(key) ? put(text) : text;
          return next === null ? [] : [[key, next]];
        }),
      ),
    }));
    return { ...section, body: { form: 'rows', rows } };
  }),
});

/** What stands in cells for places, each once. */
export const placesIn = (kind: ItemKind, content: Content): string[] => {
  const found = new Set<string>();
  withPlaces(kind, content, (standing) => {
    found.add(standing);
    return standing;
  });
  return [...found];
};

/**
 * What tells a version from another one of the same number. Names of people and of places may be put right later; they
 * do not count.
 */
export const versionHash = (
  kind: ItemKind,
  { number, title, note, publishedAt, content }: PackagedVersion,
): string =>
  sha256Of(
    canonicalJson({ number, title, note, publishedAt, content: withPlaces(kind, content, () => null) }),
  );

/** Called so that a person finds their way; the number, from 1, makes it the only one. */
export const folderOf = (at: number, title: string): string => {
  const name = title
    .replaceAll(/[\p{Cc}\p{Cf}<>:"|?*/\\.]+/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  return `items/${String(at).padStart(4, '0')} ${Array.from(name).slice(0, 40).join('').trim()}`.trim();
};

const competenciesOf = ({ kind, versions }: PackagedItem): string[] => {
  const content = versions.at(-1)?.content ?? { sections: [] };
  const names = content.sections.flatMap(({ key, body }) => {
    const columns = templateOf(kind, key)?.columns?.filter(({ type }) => type === 'competency') ?? [];
    return body.form === 'text'
      ? []
      : body.rows.flatMap(({ cells }) => columns.map((column) => cells[column.key] ?? ''));
  });
  return [...new Set(names)].filter((name) => name !== '');
};

const taxon = (stage: Stage, subject: Subject, grade: number, place: PlaceInWords | null): string[] => [
  stageLabels[stage],
  subjectLabels[subject],
  gradeLabels[grade] ?? '',
  ...(place === null ? [] : placeSaid(place).split(' ')),
];

/** The nine categories of LOM (GB/T 21365), as far as the library knows them. */
export const lomOf = (item: PackagedItem): Record<string, Json> => {
  const { id, kind, title, summary, stage, subject, grade, place, versions, attachments, origin } = item;
  const current = versions.at(-1);
  const files = attachments.flatMap((one) => ('file' in one ? [one.file] : []));
  const lifeContext = current === undefined ? '' : lifeContextOf(current.content);
  const classification: Json[] = [
    { purpose: 'discipline', taxonPath: taxon(stage, subject, grade, place) },
    ...competenciesOf(item).map((name) => ({ purpose: 'competency', taxonPath: [name] })),
    ...(lifeContext === '' ? [] : [{ purpose: 'idea', taxonPath: ['生活情境'], description: lifeContext }]),
  ];
  return {
    general: { identifier: id, title, language: 'zh-CN', description: summary, keyword: [] },
    lifeCycle: {
      version: String(current?.number ?? 1),
      status: 'final',
      contribute: versions.map(({ number, contributors, publishedBy, publishedAt }) => ({
        version: String(number),
        author: [...new Set(contributors.map(({ name }) => name))],
        publisher: [publishedBy],
        date: publishedAt,
      })),
    },
    metaMetadata: { metadataSchema: ['LOMv1.0', 'GB/T 21365-2008'], language: 'zh-CN' },
    technical: {
      format: ['application/json', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
      size: files.reduce((sum, { size }) => sum + size, 0),
      location: files.map(({ path }) => path),
    },
    educational: { learningResourceType: itemKindLabels[kind], context: stageLabels[stage], grade },
    rights: {
      copyrightAndOtherRestrictions: 'yes',
      description: `编写：${origin.school ?? origin.district}。引用内容的出处见各部分的“出处”。`,
    },
    relation: versions
      .slice(0, -1)
      .map(({ number }) => ({ kind: 'hasversion', resource: `${id}#${number}` })),
    annotation: versions.flatMap(({ number, credits }) =>
      credits.map(({ name, school }) => ({
        entity: name,
        description: `改进建议写入第${number}版（${school ?? ''}）`,
      })),
    ),
    classification,
  };
};

/** What is inside, for whoever opens the package without the platform. */
export const readmeText = [
  '研训资源包',
  '',
  '这是一个普通的 .zip 文件，解压后不用本平台也能看：每份资源一个文件夹，里面的 .docx 可以直接打开、打印。',
  '',
  'manifest.json　清单：格式名称和版本、导出时间、导出的区、每份资源和每个文件。每个文件都有大小和 SHA-256 校验值；',
  '　　　　　　　　lom 是教育资源元数据（GB/T 21365，九类），供别的资源平台编目。leftOut 是没有能带上的内容和原因。',
  'items/序号 标题/item.json　一份资源：种类、学段、学科、年级、教材位置（文字）、全部已发布的版本、编写人、改进建议的署名、附件和网盘链接。',
  'items/序号 标题/*.docx　现行版本的 Word 文件，由 item.json 生成，导入时不读取。',
  'items/序号 标题/adaptations.json　本校的校本化（导出时选了才有），供查看，导入时不写入。',
  'files/校验值.后缀　附件和图片，同样的内容只放一份；原来的文件名在 item.json 中。',
  '',
  '每个版本的内容（content）由若干部分（sections）组成：',
  '　key 部分的代号，title 名称，body 内容；',
  '　body.form 为 text 时，blocks 是段落、标题、列表、表格、公式（LaTeX）和图片，与 ProseMirror 文档相同；图片的 file 是 SHA-256；',
  '　body.form 为 rows 时，rows 是表格的行，cells 中一格一个值；格内的 $…$ 是 LaTeX 公式，![说明](校验值) 是图片。',
  '　格内引用教材单元或课的，写的是一个编号，编号的意思在 item.json 的 textbook 中用文字写明。',
  '',
  '文字都是 UTF-8。编写人只有发布时署的姓名和学校，没有电话、证件号，也没有学生姓名。',
  '要导入到另一个区或另一所学校：在“资源包导入”里选择这个 .zip，先看预览，再写入。改动过的文件会因校验值不符被拒绝。',
  '',
].join('\r\n');
