import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import { schoolsLedBy } from '#modules/organisation/rules.ts';
import { gradeLabels, subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { type ArchivePart, writeArchive } from '#platform/archive/write-archive.ts';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import type { FileStore } from '#platform/files/file-store.ts';
import { findUpload } from '#platform/files/uploads.ts';
import type { ActionContext, BeforeWriteContext } from '#platform/http/endpoint.ts';
import type { FileAnswer, FileInput } from '#platform/http/file-route.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { takingTurns } from '#platform/taking-turns.ts';
import type { PictureSource } from '#platform/word/resources.ts';
import { settledDocx } from '#platform/word/settled.ts';
import { effective } from '../adaptation/rules.ts';
import type { FindDraft } from '../co-editing/actions.ts';
import { itemScope, ownSchools } from '../item/policy.ts';
import { listSchools } from '../item/store.ts';
import { pictureActions } from '../picture/actions.ts';
import { findMatching } from '../search/actions.ts';
import { lessonName, unitName } from '../textbook/rules.ts';
import { volumePartLabels } from '../textbook/vocabulary/contract.ts';
import { designToWord } from '../word-out/actions.ts';
import { type BroughtPackage, preparePackage, previewPackageAt } from './bringing/actions.ts';
import {
  type PackagePlan,
  type PackageSelection,
  type packageContract,
  packageSelection,
} from './contract.ts';
import {
  itemFileName,
  type Manifest,
  manifestPath,
  type PackagedItem,
  packageFormat,
  packageVersion,
  readmePath,
} from './format/contract.ts';
import { canonicalJson, folderOf, lomOf, readmeText, sha256Of } from './format/rules.ts';
import { type Packed, packItem } from './packing/actions.ts';
import { mayBringFor, mayBringForDistrict } from './policy.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof packageContract>;
type Outputs = InferContractRouterOutputs<typeof packageContract>;

const atOnce = 500;

/** The selection with what its words found in their place. */
const withoutWords = async (
  context: Context,
  selection: PackageSelection,
): Promise<{ readonly chosen: PackageSelection; readonly capped: boolean }> => {
  const { q, ids, ...filters } = selection;
  if (q === undefined) return { chosen: selection, capped: false };
  const found = await findMatching(context, { q, ...filters });
  return {
    chosen: { ids: found.ids.filter((id) => ids === undefined || ids.includes(id)) },
    capped: found.capped,
  };
};

/** Which of these the caller may have, in the order of their beginning; page by page. */
async function* selectedIds(context: Context, selection: PackageSelection): AsyncGenerator<string[]> {
  const scope = itemScope(context.actor);
  const { chosen } = await withoutWords(context, selection);
  let after: string | null = null;
  for (;;) {
    const page: string[] = await store.listPackageIds(context.db, scope, chosen, { after, limit: atOnce });
    if (page.length > 0) yield page;
    if (page.length < atOnce) return;
    after = page.at(-1) ?? null;
  }
}

export const describePackage = async (
  context: Context,
  selection: Inputs['describePackage'],
): Promise<Outputs['describePackage']> => {
  const { chosen, capped } = await withoutWords(context, selection);
  return { ...(await store.sumSelection(context.db, itemScope(context.actor), chosen)), capped };
};

export const packageTargets = async ({ db, actor }: Context): Promise<Outputs['packageTargets']> => ({
  district: mayBringForDistrict(actor),
  schools: await listSchools(db, schoolsLedBy(actor)),
});

const partOf = (path: string, bytes: Buffer, packed = false): ArchivePart => ({
  path,
  size: bytes.length,
  packed,
  open: () => Promise.resolve(Readable.from([bytes], { objectMode: false })),
});

/** Of what the package itself says, so that it comes out the same wherever it is made. */
const wordOf = async (item: PackagedItem, pictures: PictureSource): Promise<Buffer> => {
  const { kind, title, subject, grade, place, origin, versions, textbook } = item;
  const current = versions.at(-1);
  if (current === undefined) throw new Error('an item without a version');
  const unit = [
    ...(place?.unit === null || place === null ? [] : [unitName(place.unit)]),
    ...(place?.lesson === null || place === null ? [] : [lessonName(place.lesson)]),
  ].join(' ');
  const { bytes } = await designToWord(
    {
      head: {
        title,
        kind,
        subject: subjectLabels[subject],
        grade: gradeLabels[grade] ?? null,
        edition:
          place === null || place.part === null
            ? null
            : `${place.publisher}（${place.revisionYear}年修订）${volumePartLabels[place.part]}`,
        unit: unit === '' ? null : unit,
        lessonHour: null,
        school: origin.school,
        author: current.contributors.map(({ name }) => name).join('、') || null,
        version: `第${current.number}版`,
        date: chineseDate(chinaDay(new Date(current.publishedAt))),
      },
      content: current.content,
      answers: true,
      textbookNames: new Map(
        Object.entries(textbook).flatMap(([token, words]): [string, string][] => {
          if (words.lesson !== null) return [[token, lessonName(words.lesson)]];
          return words.unit === null ? [] : [[token, unitName(words.unit)]];
        }),
      ),
    },
    pictures,
  );
  return settledDocx(bytes, current.publishedAt);
};

const readWhole = async (files: FileStore, sha256: string): Promise<Buffer | null> => {
  const open = await files.open(sha256);
  if (open === null) return null;
  return buffer(open.read({ first: 0, last: open.size - 1 }));
};

/** What people of the caller's schools made of it, to be read. */
const adaptationsOf = async (context: Context, { item }: Packed) => {
  const rows = await store.listSchoolAdaptations(context.db, item.id, ownSchools(context.actor));
  return rows.flatMap(({ touched, basedOn, makerName, schoolName, savedAt, id }) => {
    const base = item.versions.find(({ number }) => number === basedOn);
    if (base === undefined) return [];
    const content = effective(base.content, touched);
    return [
      {
        id,
        maker: makerName,
        school: schoolName,
        basedOn,
        savedAt: new Date(savedAt).toISOString(),
        content,
      },
    ];
  });
};

/** Documents of packages that wait while another is set. */
const longestLine = 20;

export const packageActions = (findDraft: FindDraft, files: FileStore) => {
  const { findPicture } = pictureActions(findDraft);
  const takeTurn = takingTurns(longestLine, '同时下载资源包的人太多，请过几分钟再下载。');

  /** Everything of a package in its order; the list of it at the end, when it is known. */
  async function* partsOf(
    context: Context,
    selection: PackageSelection,
    withAdaptations: boolean,
  ): AsyncGenerator<ArchivePart> {
    const district = await store.findDistrictName(context.db, context.today);
    const paths = new Map<string, string>();
    const written = new Set<string>();
    const list: Manifest = {
      format: packageFormat,
      version: packageVersion,
      madeAt: context.now.toISOString(),
      from: { district },
      items: [],
      files: [],
      leftOut: [],
    };
    const noted = (path: string, bytes: Buffer, packed?: boolean): ArchivePart => {
      list.files.push({ path, size: bytes.length, sha256: sha256Of(bytes) });
      return partOf(path, bytes, packed);
    };
    yield noted(readmePath, Buffer.from(`\uFEFF${readmeText}`));
    for await (const ids of selectedIds(context, selection))
      for (const id of ids) {
        const packed = await packItem(context, { files, district, findPicture, paths }, id);
        if (packed === undefined) continue;
        const { item } = packed;
        const folder = folderOf(list.items.length + 1, item.title);
        yield noted(`${folder}/${itemFileName}`, Buffer.from(canonicalJson(item)));
        const pictures: PictureSource = (sha256) =>
          packed.files.some(({ stored }) => stored.sha256 === sha256)
            ? readWhole(files, sha256)
            : Promise.resolve(null);
        const word = await takeTurn(() => wordOf(item, pictures));
        yield noted(`${folder}/${folder.slice('items/0000 '.length) || '资源'}.docx`, word, true);
        const adaptations = withAdaptations ? await adaptationsOf(context, packed) : [];
        if (adaptations.length > 0)
          yield noted(`${folder}/adaptations.json`, Buffer.from(canonicalJson(adaptations)));
        for (const { path, stored } of packed.files) {
          if (written.has(path)) continue;
          written.add(path);
          const { sha256, size } = stored;
          list.files.push({ path, size, sha256 });
          yield {
            path,
            size,
            packed: true,
            open: async () => {
              const open = await files.open(sha256);
              if (open === null) throw new Error(`stored file ${sha256} is gone`);
              return open.read({ first: 0, last: size - 1 });
            },
          };
        }
        const { kind, title, stage, subject, grade, versions } = item;
        list.items.push({
          id,
          folder,
          kind,
          title,
          stage,
          subject,
          grade,
          versions: versions.length,
          adaptations: adaptations.length,
          lom: lomOf(item),
        });
        list.leftOut.push(...packed.leftOut.map((sentence) => ({ item: id, sentence })));
      }
    yield partOf(manifestPath, Buffer.from(canonicalJson(list)));
  }

  /** A whole upload of the caller's own. */
  const broughtAs = async (
    { db, actor, origin }: Context,
    { uploadId, schoolId }: Inputs['previewPackage'],
  ): Promise<BroughtPackage> => {
    if (!mayBringFor(actor, schoolId))
      throw forbidden(
        schoolId === null
          ? '区级的资源包由教研室导入。'
          : '本校的资源包由校长、副校长或教务主任导入，只能导入到自己的学校。',
      );
    const upload = await findUpload(db, uploadId, origin.accountId);
    const open =
      upload?.state === 'stored' && upload.sha256 !== null ? await files.open(upload.sha256) : null;
    await open?.close();
    if (upload === undefined || upload.sha256 === null || open === null)
      throw notFound('没有找到上传的资源包，可能已过期被清理。请重新选择文件。');
    return { path: files.pathOf(upload.sha256), fileName: upload.name, schoolId };
  };

  return {
    previewPackage: async (context: Context, input: Inputs['previewPackage']): Promise<PackagePlan> =>
      previewPackageAt(context.db, await broughtAs(context, input)),

    applyPackage: async (context: BeforeWriteContext<Actor>, input: Inputs['applyPackage']) => {
      const bring = await preparePackage(context.db, context.origin, files, await broughtAs(context, input));
      return ({ db }: Context): Promise<PackagePlan> => bring(db);
    },

    downloadPackage: async (context: Context, { query }: FileInput): Promise<FileAnswer> => {
      const { adaptations, ids, grade, lifeContext, ...words } = query;
      const selection = packageSelection.safeParse({
        ...words,
        ...(ids === undefined ? {} : { ids: ids.split(',') }),
        ...(grade === undefined ? {} : { grade: Number(grade) }),
        ...(lifeContext === undefined ? {} : { lifeContext: lifeContext === 'yes' }),
      });
      if (!selection.success) throw invalid('下载的地址不完整，请从资源库的“下载资源包”重新打开。');
      const { items } = await describePackage(context, selection.data);
      if (items === 0) throw conflict('没有可以打包的资源。只有已发布、您能看到的资源才会进资源包。');
      return {
        fileName: `研训资源包 ${context.today}（${items}份）.zip`,
        contentType: 'application/zip',
        bytes: writeArchive(partsOf(context, selection.data, adaptations === 'yes')),
      };
    },
  };
};
