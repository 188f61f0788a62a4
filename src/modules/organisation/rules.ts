import {
  type Actor,
  type BodyKind,
  type Duty,
  gradeLabels,
  namedHonours,
  type Post,
  postLabels,
  type Subject,
  subjectLabels,
} from './vocabulary/contract.ts';

const schoolLeaderPosts: readonly Post[] = ['principal', 'vice-principal', 'dean'];

/** Schools where the actor is principal, vice-principal or dean. */
export const schoolsLedBy = (actor: Actor): readonly string[] => schoolsOf(actor, schoolLeaderPosts);

/** Schools where the actor holds one of the posts. */
export const schoolsOf = (actor: Actor, posts: readonly Post[]): readonly string[] => [
  ...new Set(
    actor.appointments.flatMap(({ post, schoolId, bodyId }) =>
      schoolId !== null && bodyId === null && posts.includes(post) ? [schoolId] : [],
    ),
  ),
];

export const holdsIn = (actor: Actor, kind: BodyKind, posts?: readonly Post[]): boolean =>
  actor.appointments.some(
    ({ bodyKind, post }) => bodyKind === kind && (posts === undefined || posts.includes(post)),
  );

/** Head and deputies are named; the members are the whole research office, by rule (notice 三(一)). */
export const isInLeadingGroup = (actor: Actor): boolean =>
  holdsIn(actor, 'leading-group') || isResearchOfficer(actor);

/** Signs documents: head or deputy of the leading group. */
export const maySign = (actor: Actor): boolean => holdsIn(actor, 'leading-group', ['head', 'deputy']);

/** 教研员: of the research office, or lead of a core group, whom the notice takes from it (三(二)). */
export const isResearchOfficer = (actor: Actor): boolean =>
  holdsIn(actor, 'research-office') || holdsIn(actor, 'core-group', ['lead']);

export const hasDuty = (actor: Actor, duty: Duty): boolean => actor.duties.includes(duty);

/** An honour in words; a kind of the district's own is its own word. */
export const honourLabel = (kind: string): string =>
  namedHonours.find((one) => one.kind === kind)?.label ?? kind;

/** A post in words as the appendices say it: the head of the leading group is its 组长, of a consortium its 负责人. */
export const postLabel = (post: Post, bodyKind: BodyKind | null): string =>
  post === 'head' && bodyKind === 'leading-group' ? '组长' : postLabels[post];

const gradeSpan = (from: number | null, to: number | null): string =>
  from === null ? '' : to === null || to === from ? (gradeLabels[from] ?? '') : `${from}—${to}年级`;

/** A whole appointment in words, e.g. `小学语文区级研训中心组 组长`, `银丰中学 校长`. */
export const appointmentLabel = (held: {
  readonly post: Post;
  readonly bodyKind: BodyKind | null;
  readonly bodyName: string | null;
  readonly schoolName: string | null;
  readonly subject: Subject | null;
  readonly gradeFrom: number | null;
  readonly gradeTo: number | null;
}): string =>
  [
    held.bodyName ?? held.schoolName ?? '',
    held.bodyKind === null && held.subject !== null ? subjectLabels[held.subject] : '',
    held.bodyKind === 'grade-team' ? '' : gradeSpan(held.gradeFrom, held.gradeTo),
    postLabel(held.post, held.bodyKind),
  ]
    .filter((part) => part !== '')
    .join(' ');

/**
 * Posts of one person in words; a member of one body for several grades is one post, e.g.
 * `春晖小学联合体语文学科组 三年级、四年级 组员`.
 */
export const appointmentLabels = (held: readonly Parameters<typeof appointmentLabel>[0][]): string[] => {
  const merged = new Map<string, { grades: string[]; first: Parameters<typeof appointmentLabel>[0] }>();
  for (const one of held) {
    const key = [
      one.bodyKind,
      one.bodyName,
      one.bodyKind === null ? one.schoolName : '',
      one.subject,
      one.post,
    ];
    const known = merged.get(key.join('|')) ?? { grades: [], first: one };
    const span = one.bodyKind === 'grade-team' ? '' : gradeSpan(one.gradeFrom, one.gradeTo);
    if (span !== '' && !known.grades.includes(span)) known.grades.push(span);
    merged.set(key.join('|'), known);
  }
  return [...merged.values()].map(({ grades, first }) =>
    grades.length < 2
      ? appointmentLabel(first)
      : appointmentLabel({ ...first, gradeFrom: null, gradeTo: null }).replace(
          / ([^ ]+)$/u,
          ` ${grades.join('、')} $1`,
        ),
  );
};
