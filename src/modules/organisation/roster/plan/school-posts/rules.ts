import type { Stage, Subject } from '../../../contract.ts';
import { postLabels, stageLabels, subjectLabels } from '../../../contract.ts';
import type { PersonRef, RosterSnapshot, SchoolPost, WrittenTeacher } from '../../contract.ts';
import type { PlanDraft } from '../draft/rules.ts';
import { ask, putNew, putUnchanged } from '../draft/rules.ts';
import type { SchoolBook } from '../schools/rules.ts';

interface ListRow {
  readonly name: string;
  readonly teacher: WrittenTeacher | null;
  /** Name of the school, where that is settled. */
  readonly school: string | null;
}

/** Somebody whom the plan knows or brings, with the rows that name them. */
export interface Bearer {
  readonly ref: PersonRef;
  readonly name: string;
  readonly staffNumber: string | null;
  readonly homeSchool: string | null;
  /** The school a person set by hand is not the list's: until that is decided no post is given. */
  readonly waits: boolean;
  readonly rows: readonly ListRow[];
}

interface Claim {
  readonly bearer: Bearer;
  readonly text: string;
  readonly cell: string;
  readonly school: string;
  readonly post: SchoolPost;
  readonly stage: Stage | null;
  readonly subject: Subject | null;
}

type Held = RosterSnapshot['schoolPosts'][number];

/**
 * Posts of schools from the 职务 column. None is written twice or ended, and a school gets a principal only where
 * nobody else is, or is written down as, its principal; `undecided` are the rows of people not yet told apart.
 * Answers how many posts the list names.
 */
export function planSchoolPosts(
  draft: PlanDraft,
  bearers: readonly Bearer[],
  undecided: readonly ListRow[],
  book: SchoolBook,
): number {
  const { existing } = draft;
  const claims = bearers.flatMap((bearer) => claimsOf(draft, bearer, book));
  const idOf = new Map(existing.schools.map(({ id, name }) => [name, id]));
  const nameOf = new Map(existing.people.map(({ id, name }) => [id, name]));
  const heldAt = Map.groupBy(existing.schoolPosts, ({ schoolId, post }) => `${schoolId} ${post}`);
  const listed = principalsListed(claims, undecided);
  const asked = new Set<string>();
  for (const claim of claims) {
    const { bearer, school, post, text, cell } = claim;
    const fact = { about: 'appointment', text, cell } as const;
    const standing = heldAt.get(`${idOf.get(school)} ${post}`) ?? [];
    const own = standing.filter((held) => 'id' in bearer.ref && held.personId === bearer.ref.id);
    const same = own.filter((held) => covers(held, claim));
    const others = post === 'principal' ? standing.filter((held) => !held.ended && !own.includes(held)) : [];
    const [other] = others;
    const rivals = post === 'principal' ? listed.get(school) : undefined;
    if (same.some(({ ended }) => !ended)) putUnchanged(draft, fact);
    else if (same.length > 0)
      ask(draft, fact, {
        kind: 'set-by-hand',
        text: `${text}，这项任职在名单上传之后已经结束，没有再登记。如果仍由本人担任，请在人员页面增加任职。`,
        cell,
      });
    else if (bearer.waits)
      draft.rows.push({
        status: 'needs-decision',
        ...fact,
        reason: '人工填写的学校和名单不同，确认之前不登记职务',
        change: null,
      });
    else if (other !== undefined) {
      const holder = nameOf.get(other.personId) ?? '另一位同志';
      const [now, written] =
        holder === bearer.name ? [`另一位${holder}`, numbered(bearer)] : [holder, bearer.name];
      ask(draft, fact, {
        kind: 'post-held',
        text: `${school}已登记的校长是${now}，名单里是${written}。没有登记，也没有免去。如果已经换人，请先在人员页面结束${holder}的任职，再点“重新预览”。`,
        cell,
        candidates: others.map(({ personId }) => personId),
      });
    } else if (rivals !== undefined) {
      const reason = `名单里${school}有${rivals}，都没有登记。请改正后重新导入，或在人员页面给其中一位增加任职。`;
      if (asked.has(school)) draft.rows.push({ status: 'needs-decision', ...fact, reason, change: null });
      else ask(draft, fact, { kind: 'post-held', text: reason, cell });
      asked.add(school);
    } else {
      const { stage, subject } = claim;
      const change = { do: 'insert-school-post', person: bearer.ref, school, post, stage, subject } as const;
      putNew(draft, fact, '名单里的职务', change);
    }
  }
  return claims.length + undecided.reduce((sum, { teacher }) => sum + (teacher?.posts.length ?? 0), 0);
}

/** More names than these are counted, not written out. */
const mostNamed = 5;

/** The schools for which a list writes down more than one principal, with their number and names. */
function principalsListed(
  claims: readonly Claim[],
  undecided: readonly ListRow[],
): ReadonlyMap<string, string> {
  const isPrincipal = ({ post }: { readonly post: SchoolPost }) => post === 'principal';
  const written = [
    ...claims.filter(isPrincipal).map(({ school, bearer }) => ({ school, name: bearer.name, bearer })),
    ...undecided.flatMap(({ name, teacher, school }) =>
      school !== null && teacher?.posts.some(isPrincipal) === true ? [{ school, name, bearer: null }] : [],
    ),
  ];
  return new Map(
    [...Map.groupBy(written, ({ school }) => school)].flatMap(([school, all]): [string, string][] => {
      if (all.length < 2) return [];
      const alike = Map.groupBy(all, ({ name }) => name);
      const names = all
        .slice(0, mostNamed)
        .map(({ name, bearer }) =>
          bearer === null || (alike.get(name)?.length ?? 0) < 2 ? name : numbered(bearer),
        );
      const more = all.length > mostNamed ? '等' : '';
      return [[school, ` ${all.length} 位校长：${names.join('、')}${more}`]];
    }),
  );
}

/** Who names no stage means the subject in every stage, or did not say which. */
const covers = (held: Held, { stage, subject }: Claim): boolean =>
  held.subject === subject && (held.stage === null || stage === null || held.stage === stage);

const numbered = ({ name, staffNumber }: Bearer): string =>
  `${name}（${staffNumber === null ? '没有工号' : `工号${staffNumber}`}）`;

/** The posts a person's rows name, each once; those without a school wait. */
function claimsOf(draft: PlanDraft, bearer: Bearer, book: SchoolBook): Claim[] {
  const claims = new Map<string, Claim>();
  const waiting = new Set<string>();
  for (const { teacher, school: settled } of bearer.rows)
    for (const { post, subject, cell, ...written } of teacher?.posts ?? []) {
      const schoolText = teacher?.schoolText ?? null;
      const school = settled ?? (schoolText === null ? bearer.homeSchool : null);
      const stages = school === null ? [] : book.stagesOf(school);
      const [only = null] = stages;
      const stage = post === 'subject-lead' ? (written.stage ?? (stages.length === 1 ? only : null)) : null;
      const field =
        subject === null
          ? ''
          : `${stages.length > 1 && stage !== null ? stageLabels[stage] : ''}${subjectLabels[subject]} `;
      const text = `${bearer.name}：${school ?? schoolText ?? '（没有写学校）'} ${field}${postLabels[post]}`;
      const claim = { bearer, text, cell, post, subject, stage };
      if (school !== null) {
        const key = `${school} ${post} ${subject} ${stage}`;
        if (!claims.has(key)) claims.set(key, { ...claim, school });
      } else if (!waiting.has(text)) {
        waiting.add(text);
        waitForSchool(draft, claim, schoolText);
      }
    }
  return [...claims.values()].filter(
    ({ school, post, subject, stage }) =>
      stage !== null ||
      !['primary', 'junior'].some((one) => claims.has(`${school} ${post} ${subject} ${one}`)),
  );
}

function waitForSchool(
  draft: PlanDraft,
  { text, cell }: Pick<Claim, 'text' | 'cell'>,
  schoolText: string | null,
): void {
  const fact = { about: 'appointment', text, cell } as const;
  if (schoolText !== null)
    draft.rows.push({
      status: 'needs-decision',
      ...fact,
      reason: '所写的学校还没有确定',
      change: null,
    });
  else
    ask(draft, fact, {
      kind: 'missing-school',
      text: `${text}，没有登记这个职务。请补上学校后重新导入。`,
      cell,
    });
}
