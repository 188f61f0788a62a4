import type { Stage, Subject } from '../../../contract.ts';
import { stageLabels, subjectLabels } from '../../../contract.ts';
import type { BodyDescription, WrittenConsortium, WrittenRoster } from '../../contract.ts';
import type { PlanDraft } from '../draft/rules.ts';
import {
  ask,
  bodyKey,
  bodyName,
  consortiumOf,
  coreGroupOf,
  leadingGroup,
  putChanged,
  putNew,
  putUnchanged,
  teamOf,
} from '../draft/rules.ts';
import type { SchoolBook } from '../schools/rules.ts';

/** The file's bodies by their keys, with the cell each is named in. */
export type PlannedBodies = ReadonlyMap<string, string>;

export function planBodies(draft: PlanDraft, written: WrittenRoster, book: SchoolBook): PlannedBodies {
  const standing = new Set(draft.existing.bodies.map(bodyKey));
  const planned = new Map<string, string>();
  const put = (body: BodyDescription, cell: string, reason: string) => {
    const key = bodyKey(body);
    if (planned.has(key)) return;
    planned.set(key, cell);
    const name = bodyName(body);
    const fact = { about: 'body', text: name, cell } as const;
    if (standing.has(key)) putUnchanged(draft, fact);
    else putNew(draft, fact, reason, { do: 'insert-body', body, name });
  };
  if (written.leadingGroup !== null) {
    const [first] = [...written.leadingGroup.heads, ...written.leadingGroup.deputies];
    put(leadingGroup, first?.cell ?? '', '领导小组名单');
  }
  for (const group of written.coreGroups) {
    put(coreGroupOf(group), group.cell, '附件1里的学科组');
    for (const team of group.teams) put(teamOf(group, team), team.cell, '附件1里的年级组');
  }
  planConsortia(draft, written.consortia, book, put);
  planSubjectBases(draft, written, book);
  return planned;
}

function planConsortia(
  draft: PlanDraft,
  consortia: readonly WrittenConsortium[],
  book: SchoolBook,
  put: (body: BodyDescription, cell: string, reason: string) => void,
): void {
  const { existing } = draft;
  const nameOf = new Map(existing.schools.map(({ id, name }) => [id, name]));
  const standsIn = new Map<string, BodyDescription>();
  for (const body of existing.bodies) {
    if (body.kind !== 'consortium') continue;
    for (const name of [body.base, ...body.memberSchoolIds.map((id) => nameOf.get(id))])
      standsIn.set(`${body.stage} ${name}`, body);
  }
  const placed = new Map<string, string>();
  const claim = (stage: Stage, school: string, body: BodyDescription, cell: string): boolean => {
    const place = `${stage} ${school}`;
    const other = placed.get(place);
    if (other === undefined) {
      placed.set(place, bodyName(body));
      return true;
    }
    const text = `${school}在${other}和${bodyName(body)}里都有；每所学校在一个学段只能属于一个联合体。请改正后重新导入。`;
    ask(draft, { about: 'member-school', text: school, cell }, { kind: 'school-twice', text, cell });
    return false;
  };
  const accepted = consortia.flatMap(({ stage, base, members }) => {
    const name = book.ofAppendix(base, stage);
    if (name === null) return [];
    const body = consortiumOf(stage, name);
    return claim(stage, name, body, base.cell) ? [{ stage, base, members, body, name }] : [];
  });
  for (const { stage, base, members, body, name } of accepted) {
    const before = standsIn.get(`${stage} ${name}`);
    if (before !== undefined && bodyKey(before) !== bodyKey(body)) {
      const text = `${name}现在属于${bodyName(before)}，名单里却是基地校。请先在联合体页面调整后重新导入。`;
      ask(
        draft,
        { about: 'body', text: bodyName(body), cell: base.cell },
        { kind: 'school-twice', text, cell: base.cell },
      );
      continue;
    }
    put(body, base.cell, '附件2里的联合体');
    for (const member of members) {
      const school = book.ofAppendix(member, stage);
      if (school === null || !claim(stage, school, body, member.cell)) continue;
      const leaves = standsIn.get(`${stage} ${school}`) ?? null;
      const fact = {
        about: 'member-school',
        text: `${school}（${bodyName(body)}）`,
        cell: member.cell,
      } as const;
      const change = { do: 'put-member-school', consortium: body, school, leaves } as const;
      if (leaves === null) putNew(draft, fact, '附件2里的联合学校', change);
      else if (bodyKey(leaves) === bodyKey(body)) putUnchanged(draft, fact);
      else
        putChanged(draft, fact, `原来属于${bodyName(leaves)}`, false, { ...change, leaves: plain(leaves) });
    }
  }
  for (const { stage, body, base } of accepted) {
    const standing = existing.bodies.find((one) => bodyKey(one) === bodyKey(body));
    for (const id of standing?.memberSchoolIds ?? []) {
      const school = nameOf.get(id) ?? '';
      if (placed.has(`${stage} ${school}`)) continue;
      ask(
        draft,
        { about: 'member-school', text: `${school}（${bodyName(body)}）`, cell: base.cell },
        {
          kind: 'no-longer-listed',
          text: `${school}现在属于${bodyName(body)}，新名单里没有了；没有移出。如要移出，请在联合体页面操作。`,
          cell: base.cell,
        },
      );
    }
  }
}

const plain = ({
  kind,
  stage,
  subject,
  gradeFrom,
  gradeTo,
  topic,
  base,
}: BodyDescription): BodyDescription => ({
  kind,
  stage,
  subject,
  gradeFrom,
  gradeTo,
  topic,
  base,
});

function planSubjectBases(draft: PlanDraft, written: WrittenRoster, book: SchoolBook): void {
  const { existing } = draft;
  const nameOf = new Map(existing.schools.map(({ id, name }) => [id, name]));
  const slots = Map.groupBy(written.subjectBases, ({ stage, subject }) => `${stage} ${subject}`);
  for (const bases of slots.values()) {
    const listed: string[] = [];
    let standing: string[] = [];
    for (const { stage, subject, school } of bases) {
      const title = `${stageLabels[stage]}${subjectLabels[subject]}优势学科基地校`;
      const name = book.ofAppendix(school, stage);
      if (name === null) {
        const text = `${title}“${school.name}”不在学校名单里，没有设定。请改正校名，或先在学校页面新建。`;
        const fact = { about: 'subject-base', text: `${title}：${school.name}`, cell: school.cell } as const;
        ask(draft, fact, { kind: 'unknown-school', text, cell: school.cell });
        continue;
      }
      if (listed.includes(name)) continue;
      listed.push(name);
      standing = standingBases(draft, stage, subject, nameOf);
      const fact = { about: 'subject-base', text: `${title}：${name}`, cell: school.cell } as const;
      const replaces =
        listed.length > 1
          ? []
          : standing.filter((one) => !bases.some((base) => book.ofAppendix(base.school, stage) === one));
      const change = { do: 'put-subject-base', stage, subject, school: name, replaces } as const;
      if (standing.includes(name)) putUnchanged(draft, fact);
      else if (replaces.length === 0) putNew(draft, fact, '附件3', change);
      else putChanged(draft, fact, `原来是${replaces.join('、')}`, false, change);
    }
  }
}

const standingBases = (
  { existing }: PlanDraft,
  stage: Stage,
  subject: Subject,
  nameOf: ReadonlyMap<string, string>,
): string[] =>
  existing.subjectBases
    .filter((base) => base.stage === stage && base.subject === subject)
    .flatMap(({ schoolId }) => nameOf.get(schoolId) ?? []);

/** Slots are the subjects that have a core group (notice 三(四)1); empty until a base is named. */
export function countEmptySlots({ existing }: PlanDraft, written: WrittenRoster): number {
  const slots = new Set<string>();
  for (const { stage, subject } of written.coreGroups) slots.add(`${stage} ${subject}`);
  for (const { kind, stage, subject } of existing.bodies)
    if (kind === 'core-group') slots.add(`${stage} ${subject}`);
  for (const { stage, subject } of [...written.subjectBases, ...existing.subjectBases])
    slots.delete(`${stage} ${subject}`);
  return slots.size;
}
