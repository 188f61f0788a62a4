import type { Post, Stage, Subject } from '../../../contract.ts';
import { gradeLabels, subjectLabels } from '../../../contract.ts';
import type {
  BodyDescription,
  PersonFields,
  PersonRef,
  RosterDecision,
  SnapshotPerson,
  WrittenPerson,
  WrittenRoster,
  WrittenTeacher,
} from '../../contract.ts';
import type { Doubt, Identified, Mention } from '../../identity/rules.ts';
import { identify, isOfficerPost } from '../../identity/rules.ts';
import type { PlannedBodies } from '../bodies/rules.ts';
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
import type { Bearer } from '../school-posts/rules.ts';
import { planSchoolPosts } from '../school-posts/rules.ts';
import type { SchoolBook } from '../schools/rules.ts';

/** A mention with the name of its school, where that is settled. */
interface Placed extends Mention {
  readonly school: string | null;
  readonly stage: Stage | null;
}

interface Context {
  readonly draft: PlanDraft;
  readonly schoolNames: ReadonlyMap<string, string>;
  readonly appointed: ReadonlySet<string>;
  readonly taught: ReadonlySet<string>;
  readonly bearers: Bearer[];
}

const postKey = (body: BodyDescription, post: Post): string => `${bodyKey(body)}|${post}`;

export function planPeople(
  draft: PlanDraft,
  written: WrittenRoster,
  book: SchoolBook,
  bodies: PlannedBodies,
  decisions: readonly RosterDecision[],
): { people: number; appointments: number } {
  const { existing } = draft;
  const mentions = collect(draft, written, book, decisions);
  const bodyOf = new Map(existing.bodies.map((body) => [body.id, body]));
  const holders = new Map<string, string[]>();
  const officers = new Set<string>();
  for (const { personId, bodyId, post } of existing.appointments) {
    const body = bodyOf.get(bodyId);
    if (body === undefined) continue;
    const key = postKey(body, post);
    holders.set(key, [...(holders.get(key) ?? []), personId]);
    if (isOfficerPost(body, post)) officers.add(personId);
  }
  const { people, doubts } = identify(mentions, { people: existing.people, holders, officers });
  const placed = new Map<Mention, Placed>(mentions.map((mention) => [mention, mention]));
  const context: Context = {
    draft,
    schoolNames: new Map(existing.schools.map(({ id, name }) => [id, name])),
    appointed: new Set([...holders].flatMap(([key, ids]) => ids.map((id) => `${id} ${key}`))),
    taught: new Set(
      existing.teaching.map(
        ({ personId, schoolId, grade, subject }) => `${personId} ${schoolId} ${grade} ${subject}`,
      ),
    ),
    bearers: [],
  };
  let next = 0;
  for (const person of people) {
    const own = person.mentions.flatMap((mention) => placed.get(mention) ?? []);
    next += 1;
    planPerson(context, person, own, `person-${next}`);
  }
  const doubtful = doubts.flatMap(({ mentions: all }) => all.flatMap((mention) => placed.get(mention) ?? []));
  const schoolPosts = planSchoolPosts(draft, context.bearers, doubtful, book);
  for (const doubt of doubts) planDoubt(context, doubt);
  askAboutLeavers(draft, people, doubts, holders, bodies);
  askForSchools(draft, people, placed);
  const posts = new Set(
    mentions.flatMap(({ name, cell, post }) => (post === null ? [] : [`${name} ${cell} ${post.key}`])),
  );
  const undecided = new Set(doubts.map(({ name }) => name));
  return { people: people.length + undecided.size, appointments: posts.size + schoolPosts };
}

function collect(
  { existing }: PlanDraft,
  written: WrittenRoster,
  book: SchoolBook,
  decisions: readonly RosterDecision[],
): Placed[] {
  const idOf = new Map(existing.schools.map(({ id, name }) => [name, id]));
  const answers = new Map(
    decisions.flatMap((one) =>
      one.about === 'person' ? [[`${one.name} ${one.cell}`, one.is] as const] : [],
    ),
  );
  const mentions: Placed[] = [];
  const add = (
    person: WrittenPerson,
    stage: Stage | null,
    body: BodyDescription | null,
    post: Post,
    teacher: WrittenTeacher | null,
  ) => {
    const { name, cell, schoolText } = person;
    const found = schoolText === null ? null : book.ofPerson(schoolText, stage, cell);
    mentions.push({
      name,
      cell,
      post: body === null ? null : { body, key: postKey(body, post), post },
      teacher,
      staffNumber: teacher?.staffNumber ?? null,
      phone: teacher?.phone ?? null,
      place: found?.school ?? (schoolText === null ? null : `${stage ?? ''}|${schoolText}`),
      schoolId: found?.school == null ? null : (idOf.get(found.school) ?? null),
      answer: answers.get(`${name} ${cell}`) ?? null,
      school: found?.school ?? null,
      stage,
    });
  };
  for (const head of written.leadingGroup?.heads ?? []) add(head, null, leadingGroup, 'head', null);
  for (const deputy of written.leadingGroup?.deputies ?? []) add(deputy, null, leadingGroup, 'deputy', null);
  for (const group of written.coreGroups) {
    for (const lead of group.leads) add(lead, group.stage, coreGroupOf(group), 'lead', null);
    for (const member of group.members) add(member, group.stage, coreGroupOf(group), 'member', null);
    for (const team of group.teams) {
      for (const lead of team.leads) add(lead, group.stage, teamOf(group, team), 'grade-lead', null);
      for (const member of team.members) add(member, group.stage, teamOf(group, team), 'member', null);
    }
  }
  for (const { stage, base, heads } of written.consortia) {
    const name = book.ofAppendix(base, stage);
    if (name !== null) for (const head of heads) add(head, stage, consortiumOf(stage, name), 'head', null);
  }
  for (const teacher of written.teachers) add(teacher, teacher.stage, null, 'teacher', teacher);
  return mentions;
}

function planPerson(
  context: Context,
  { existing }: Identified,
  mentions: readonly Placed[],
  key: string,
): void {
  const { draft } = context;
  const [first] = mentions;
  if (first === undefined) return;
  const fields = fieldsOf(context, existing, mentions);
  const where =
    fields.homeSchool ?? mentions.find(({ teacher }) => teacher?.schoolText)?.teacher?.schoolText ?? '';
  const fact = {
    about: 'person',
    text: where === '' ? fields.name : `${fields.name}（${where}）`,
    cell: first.cell,
  } as const;
  const ref: PersonRef = existing === null ? { key } : { id: existing.id };
  if (existing === null) {
    const anchored = mentions.some(
      ({ post, staffNumber, school }) => post !== null || staffNumber !== null || school !== null,
    );
    if (!anchored) {
      draft.rows.push({
        status: 'needs-decision',
        ...fact,
        reason:
          first.place === null ? '没有写学校，也没有工号，无法确定是谁' : '所写的学校还没有确定，也没有工号',
        change: null,
      });
      return;
    }
    putNew(draft, fact, '名单里第一次出现', { do: 'insert-person', key, person: fields });
  } else {
    const differences = describe(context, existing, fields);
    if (differences === '') putUnchanged(draft, fact);
    else
      putChanged(draft, fact, differences, existing.byHand, {
        do: 'update-person',
        id: existing.id,
        person: fields,
      });
  }
  planPosts(context, ref, fields.name, mentions);
  const { name, staffNumber, homeSchool } = fields;
  const waits = existing?.byHand === true && homeOf(context, existing) !== homeSchool;
  if (mentions.some(({ teacher }) => (teacher?.posts.length ?? 0) > 0))
    context.bearers.push({ ref, name, staffNumber, homeSchool, waits, rows: mentions });
}

const homeOf = ({ schoolNames }: Context, { homeSchoolId }: SnapshotPerson): string | null =>
  homeSchoolId === null ? null : (schoolNames.get(homeSchoolId) ?? null);

/** What the file says, over what is known; a file never empties a field. */
function fieldsOf(
  context: Context,
  existing: SnapshotPerson | null,
  mentions: readonly Placed[],
): PersonFields {
  const schools = mentions.flatMap(({ school }) => school ?? []);
  const known = existing === null ? null : homeOf(context, existing);
  const phones = mentions.flatMap(({ phone }) => phone ?? []);
  const taught = mentions.flatMap(
    ({ teacher, post }) => teacher?.subjects ?? (existing === null ? (post?.body.subject ?? []) : []),
  );
  return {
    name: existing?.name ?? mentions[0]?.name ?? '',
    staffNumber:
      mentions.find(({ staffNumber }) => staffNumber !== null)?.staffNumber ?? existing?.staffNumber ?? null,
    phone:
      existing?.phone != null && (phones.length === 0 || phones.includes(existing.phone))
        ? existing.phone
        : (phones[0] ?? null),
    homeSchool:
      known !== null && (schools.length === 0 || schools.includes(known)) ? known : (schools[0] ?? null),
    subjects: [...new Set<Subject>([...(existing?.subjects ?? []), ...taught])],
  };
}

function describe(context: Context, before: SnapshotPerson, after: PersonFields): string {
  const changes: string[] = [];
  const compare = (label: string, old: string | null, now: string | null) => {
    if (old !== now) changes.push(`${label}：${old ?? '（空）'} → ${now ?? '（空）'}`);
  };
  compare('工号', before.staffNumber, after.staffNumber);
  compare('学校', homeOf(context, before), after.homeSchool);
  if (before.phone !== after.phone) changes.push(before.phone === null ? '补上电话' : '更换电话');
  const added = after.subjects.filter((subject) => !before.subjects.includes(subject));
  if (added.length > 0)
    changes.push(`增加学科：${added.map((subject) => subjectLabels[subject]).join('、')}`);
  return changes.join('；');
}

function planPosts(context: Context, ref: PersonRef, name: string, mentions: readonly Placed[]): void {
  const { draft } = context;
  const id = 'id' in ref ? ref.id : null;
  const done = new Set<string>();
  for (const { post, teacher, school, schoolId, cell } of mentions) {
    if (post !== null && !done.has(post.key)) {
      done.add(post.key);
      const fact = {
        about: 'appointment',
        text: `${name}：${bodyName(post.body)}${postWord(post.body, post.post)}`,
        cell,
      } as const;
      if (id !== null && context.appointed.has(`${id} ${post.key}`)) putUnchanged(draft, fact);
      else
        putNew(draft, fact, '名单里的任职', {
          do: 'insert-appointment',
          person: ref,
          body: post.body,
          post: post.post,
        });
    }
    if (teacher === null || school === null) continue;
    for (const grade of teacher.grades)
      for (const subject of teacher.subjects) {
        const key = `${school} ${grade} ${subject}`;
        if (done.has(key)) continue;
        done.add(key);
        const text = `${name}：${school}${gradeLabels[grade] ?? ''}${subjectLabels[subject]}`;
        const fact = { about: 'teaching', text, cell } as const;
        if (id !== null && context.taught.has(`${id} ${schoolId} ${grade} ${subject}`))
          putUnchanged(draft, fact);
        else
          putNew(draft, fact, '名单里的任教', { do: 'insert-teaching', person: ref, school, grade, subject });
      }
  }
}

const postWord = (body: BodyDescription, post: Post): string => {
  if (post === 'head') return body.kind === 'consortium' ? '负责人' : '组长';
  if (post === 'deputy') return '副组长';
  return post === 'member' ? '组员' : '组长';
};

function planDoubt({ draft, schoolNames }: Context, { kind, name, mentions, candidates }: Doubt): void {
  const [first] = mentions;
  if (first === undefined) return;
  const places = mentions.map(({ post, place, cell }) => {
    const body = post === null ? '教师名单' : bodyName(post.body);
    return `${body}${place === null ? '（没有写学校）' : `（${place.split('|').at(-1)}）`}，${cell}`;
  });
  const known = candidates.map(({ homeSchoolId }) =>
    homeSchoolId === null ? '一位没有学校的' : (schoolNames.get(homeSchoolId) ?? ''),
  );
  const shown =
    places.length > 5 ? `${places.slice(0, 5).join('；')}等 ${places.length} 处` : places.join('；');
  const already =
    known.length === 0 ? '' : `；已有 ${known.length} 位${name}：${known.slice(0, 5).join('、')}`;
  const text =
    kind === 'same-name'
      ? `“${name}”：${shown}${already}。没有工号或电话可以分辨是不是同一个人，请人工确认；确认之前不导入这几处。`
      : `工号 ${first.staffNumber ?? ''} 在名单里是“${name}”，${known.length > 0 ? `系统里是“${candidates[0]?.name}”` : '别处又是另一个姓名'}。请核对工号和姓名；核对之前不导入这一行。`;
  for (const { cell, post } of mentions)
    draft.rows.push({
      status: 'needs-decision',
      about: 'person',
      text: post === null ? name : `${name}：${bodyName(post.body)}${postWord(post.body, post.post)}`,
      reason: kind === 'same-name' ? '同名，分不清是不是同一个人' : '工号和姓名对不上',
      cell,
      change: null,
    });
  draft.questions.push({
    kind,
    text,
    cell: first.cell,
    candidates: candidates.map(({ id }) => id),
    person: { name, cells: mentions.map(({ cell }) => cell) },
  });
}

/** Holders of posts in the file's bodies whom the file no longer names; nobody's post ends by an import. */
function askAboutLeavers(
  draft: PlanDraft,
  people: readonly Identified[],
  doubts: readonly Doubt[],
  holders: ReadonlyMap<string, readonly string[]>,
  bodies: PlannedBodies,
): void {
  const named = new Set(
    people.flatMap(({ existing, mentions }) =>
      existing === null
        ? []
        : mentions.flatMap(({ post }) => (post === null ? [] : [`${existing.id} ${post.key}`])),
    ),
  );
  const undecided = new Set(
    doubts.flatMap(({ name, mentions }) =>
      mentions.flatMap(({ post }) => (post === null ? [] : [`${name} ${post.key}`])),
    ),
  );
  const nameOf = new Map(draft.existing.people.map(({ id, name }) => [id, name]));
  for (const body of draft.existing.bodies) {
    const cell = bodies.get(bodyKey(body));
    if (cell === undefined) continue;
    for (const post of ['head', 'deputy', 'lead', 'grade-lead', 'member'] as const)
      for (const id of holders.get(postKey(body, post)) ?? []) {
        const name = nameOf.get(id) ?? '';
        const key = postKey(body, post);
        if (named.has(`${id} ${key}`) || undecided.has(`${name} ${key}`)) continue;
        const text = `${name}：${bodyName(body)}${postWord(body, post)}`;
        ask(
          draft,
          { about: 'appointment', text, cell },
          {
            kind: 'no-longer-listed',
            text: `${text}，新名单里没有了；没有免去。如已不再任职，请在人员页面填上截止日期。`,
            cell,
            candidates: [id],
          },
        );
      }
  }
}

/** Core group members the file gives no school: one question for each stage. */
function askForSchools(
  draft: PlanDraft,
  people: readonly Identified[],
  placed: ReadonlyMap<Mention, Placed>,
): void {
  const cells = new Map<Stage, { people: number; cell: string }>();
  for (const { existing, mentions } of people) {
    if ((existing?.homeSchoolId ?? null) !== null || mentions.some(({ place }) => place !== null)) continue;
    const member = mentions.find(({ post }) => post !== null && !isOfficerPost(post.body, post.post));
    const stage = member === undefined ? null : (placed.get(member)?.stage ?? null);
    if (member === undefined || stage === null) continue;
    const count = cells.get(stage) ?? { people: 0, cell: member.cell };
    cells.set(stage, { ...count, people: count.people + 1 });
  }
  for (const [stage, { people: count, cell }] of cells)
    draft.questions.push({
      kind: 'missing-school',
      text: `${stage === 'junior' ? '初中' : '小学'}名单里有 ${count} 人没有写学校，先按没有学校导入。请用带工号和学校的教师名单补上，或在人员页面填写。`,
      cell,
    });
}
