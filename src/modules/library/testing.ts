import * as Y from 'yjs';
import type { Actor } from '#modules/organisation/contract.ts';
import {
  actorOf,
  contextFor,
  makeAppointment,
  makeBody,
  makePerson,
  makeSchool,
  standingBody,
} from '#modules/organisation/testing.ts';
import { appendUpdates, applyParts, findDocument } from '#platform/co-editing/document-log.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { saveAdaptation } from './adaptation/actions.ts';
import { names } from './co-editing/rules.ts';
import { findDraftContent, replaceDraftContent } from './co-editing/store.ts';
import type { Block, Body, Content, Row } from './content/contract.ts';
import { limits } from './content/limits/contract.ts';
import { emptyContent } from './content/rules.ts';
import { startItem } from './item/actions.ts';
import { decideReview, getRound, publishRound, submitRound } from './round/actions.ts';
import type { ItemKind } from './vocabulary/contract.ts';

/** Two schools, a core group of primary mathematics with its lead and three members, and people of other posts. */
export const aLibraryDistrict = async (db: Queryable) => {
  const here = await makeSchool(db, '晨光小学');
  const there = await makeSchool(db, '星河小学');
  const core = await makeBody(db, 'core-group', '小学数学中心组', {
    stage: 'primary',
    subject: 'mathematics',
  });
  const team = await makeBody(db, 'grade-team', '三年级组', {
    stage: 'primary',
    subject: 'mathematics',
    parentId: core,
    gradeFrom: 3,
    gradeTo: 3,
  });
  const other = await makeBody(db, 'core-group', '小学语文中心组', { stage: 'primary', subject: 'chinese' });
  const person = async (
    name: string,
    post: Parameters<typeof makeAppointment>[2],
    held: Parameters<typeof makeAppointment>[3],
    schoolId?: string,
  ): Promise<string> => {
    const id = await makePerson(db, name, schoolId === undefined ? {} : { schoolId });
    await makeAppointment(db, id, post, held);
    return id;
  };
  return {
    here,
    there,
    lead: await person('组长甲', 'lead', { bodyId: core }),
    writer: await person('组员甲', 'member', { bodyId: core }, here),
    second: await person('组员乙', 'member', { bodyId: core }, there),
    third: await person('组员丙', 'grade-lead', { bodyId: team }),
    chinese: await person('语文组长', 'lead', { bodyId: other }),
    head: await person('局领导', 'head', { bodyId: await standingBody(db, 'leading-group') }),
    principal: await person('校长甲', 'principal', { schoolId: here }, here),
    teacher: await person('教师甲', 'teacher', { schoolId: here }, here),
    colleague: await person('教师乙', 'teacher', { schoolId: here }, here),
    elsewhere: await person('教师丙', 'teacher', { schoolId: there }, there),
  };
};
export type LibraryDistrict = Awaited<ReturnType<typeof aLibraryDistrict>>;

export const contextOf = async (db: Queryable, personId: string, now?: Date): Promise<ActionContext<Actor>> =>
  contextFor(db, await actorOf(db, personId), now);

export const primaryMaths = {
  stage: 'primary',
  subject: 'mathematics',
  grade: 3,
  volumeId: null,
  unitId: null,
  lessonId: null,
} as const;

export const aParagraph = (text: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] });
export const aRow = (id: string, cells: Record<string, string>): Row => ({ id, cells });

const filledBodies: Readonly<Record<string, Body>> = {
  learners: { form: 'text', blocks: [aParagraph('学生会一位数乘法。')] },
  goals: { form: 'rows', rows: [aRow('g1', { goal: '能说出两位数乘两位数的算理。' })] },
  process: {
    form: 'rows',
    rows: [aRow('p1', { phase: '导入', minutes: '5', teacher: '出示问题。', goals: 'g1' })],
  },
};

const isRow = (one: Block | Row): one is Row => 'cells' in one;
const isBlock = (one: Block | Row): one is Block => !isRow(one);
const bodyOf = (given: readonly (Block | Row)[]): Body =>
  given.some(isRow)
    ? { form: 'rows', rows: given.filter(isRow) }
    : { form: 'text', blocks: given.filter(isBlock) };

/** A lesson design that may be submitted, with other blocks or rows in the sections given. */
export const aLessonDesign = (
  given: Readonly<Record<string, readonly Block[] | readonly Row[]>> = {},
): Content => ({
  sections: emptyContent('lesson-design').sections.map((section) => {
    const own = given[section.key];
    return {
      ...section,
      body: own === undefined ? (filledBodies[section.key] ?? section.body) : bodyOf(own),
    };
  }),
});

/** Begins an item of the district with a content. */
export const aStartedItem = async (
  db: Queryable,
  { writer }: LibraryDistrict,
  content: Content = aLessonDesign(),
  kind: ItemKind = 'lesson-design',
) =>
  startItem(await contextOf(db, writer), {
    ...primaryMaths,
    kind,
    title: '两位数乘两位数',
    schoolId: null,
    shared: true,
    content,
  });

/** Sends the open round of an item through review and publishes it. */
export const publishOpenRound = async (
  db: Queryable,
  { writer, second, third, lead }: LibraryDistrict,
  roundId: string,
  note = '改了几处',
): Promise<void> => {
  const draft = await getRound(await contextOf(db, writer), { id: roundId });
  const reviewers = [second, third].filter(
    (one) => one !== draft.mainPreparer.id && !draft.contributors.some(({ id }) => id === one),
  );
  await submitRound(await contextOf(db, draft.mainPreparer.id), {
    id: roundId,
    version: draft.version,
    note: '',
    reviewers: reviewers.length === 2 ? reviewers : [...reviewers, lead],
  });
  const sent = await getRound(await contextOf(db, lead), { id: roundId });
  for (const { id, version, reviewer } of sent.submissions[0]?.reviews ?? [])
    await decideReview(await contextOf(db, reviewer.id), { id, version, verdict: 'approved', remark: '' });
  const approved = await getRound(await contextOf(db, lead), { id: roundId });
  await publishRound(await contextOf(db, lead), { id: roundId, version: approved.version, note });
};

/** An item of the district whose first version is published. */
export const aPublishedItem = async (
  db: Queryable,
  district: LibraryDistrict,
  content?: Content,
): Promise<string> => {
  const { id, roundId } = await aStartedItem(db, district, content);
  await publishOpenRound(db, district, roundId);
  return id;
};

/** Adds a row at the end of a section as a page does, also beyond what a design may hold. */
export const addRow = async (db: Queryable, documentId: string, key: string): Promise<void> => {
  const doc = new Y.Doc();
  applyParts(doc, documentId, (await findDocument(db, documentId))?.parts ?? []);
  const before = Y.encodeStateVector(doc);
  doc.getMap(names.rows(key)).set('one-more', 'zz');
  await appendUpdates(db, documentId, [{ personId: null, bytes: Y.encodeStateAsUpdate(doc, before) }]);
};

/** Rows of goals, as many as may be. */
export const mostGoals = (): Row[] =>
  Array.from({ length: limits.rows }, (_, index) => aRow(`g${index}`, { goal: `目标${index}` }));

/** Writes sections into an adaptation's document as its writer does, and saves; a new key adds a section at the end. */
export const writeAdaptation = async (
  db: Queryable,
  personId: string,
  edit: { readonly id: string; readonly version: number },
  bodies: Readonly<Record<string, Body>>,
) => {
  await typeIntoAdaptation(db, personId, edit.id, bodies);
  return saveAdaptation(await contextOf(db, personId), edit);
};

export const typeIntoAdaptation = async (
  db: Queryable,
  personId: string,
  id: string,
  bodies: Readonly<Record<string, Body>>,
): Promise<void> => {
  const { sections = [] } = (await findDraftContent(db, id))?.content ?? {};
  const known = new Set(sections.map(({ key }) => key));
  const content = {
    sections: [
      ...sections.map((section) => ({ ...section, body: bodies[section.key] ?? section.body })),
      ...Object.entries(bodies).flatMap(([key, body]) => (known.has(key) ? [] : [{ key, title: key, body }])),
    ],
  };
  if (!(await replaceDraftContent(db, id, content, personId))) throw new Error('the document is closed');
};
