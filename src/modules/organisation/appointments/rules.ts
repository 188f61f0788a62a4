import type { ActiveAppointment, BodyKind, Post } from '../vocabulary/contract.ts';

/** Which posts a kind of body, or a school (null), knows. */
export const postsOf: Readonly<Record<BodyKind | 'school', readonly Post[]>> = {
  'leading-group': ['head', 'deputy', 'member'],
  'research-office': ['research-officer'],
  'core-group': ['lead', 'member'],
  'grade-team': ['grade-lead', 'member'],
  consortium: ['head'],
  'subject-group': ['lead', 'subject-lead', 'member'],
  school: ['principal', 'vice-principal', 'dean', 'subject-lead', 'teacher'],
};

/** Posts whose loss leaves a body or school without anybody answering for it. */
export const leadingPosts: readonly Post[] = ['head', 'lead', 'grade-lead', 'principal'];

type Held = Pick<
  ActiveAppointment,
  'post' | 'bodyId' | 'bodyKind' | 'parentBodyId' | 'schoolId' | 'stage' | 'subject'
>;

interface Grant {
  /** Equal keys are the same right, whichever post it comes from. */
  readonly key: string;
  readonly text: string;
}

/** What a post allows, in words; the tables of `policy.ts` decide, this says it to people. */
const grantsOf = (held: Held, place: string): Grant[] => {
  const { post, bodyKind, bodyId, schoolId } = held;
  if (bodyKind === 'leading-group' && (post === 'head' || post === 'deputy'))
    return [
      { key: 'sign', text: '签发通报和通知' },
      { key: 'district', text: '查看全区的听课、评价和通报' },
    ];
  if (bodyKind === 'research-office' || bodyKind === 'leading-group')
    return [
      { key: 'district', text: '查看全区的听课、评价和通报' },
      { key: 'shape', text: '调整研训中心组、联合体和优势学科基地校' },
    ];
  if (bodyKind === 'consortium') return [{ key: `decide ${bodyId}`, text: `接受${place}各学科组的推荐` }];
  if (bodyKind === 'subject-group' && (post === 'lead' || post === 'subject-lead'))
    return [{ key: `decide ${bodyId}`, text: `接受${place}的推荐` }];
  if (bodyKind === null && (post === 'principal' || post === 'vice-principal' || post === 'dean'))
    return [
      { key: `teaching ${schoolId}`, text: `维护${place}教师的学科和任教` },
      { key: `nominate ${schoolId}`, text: `为${place}推荐联合体学科组成员` },
      { key: `school ${schoolId}`, text: `查看${place}的听课进度和评价` },
    ];
  if (bodyKind === null) return [];
  return [{ key: `body ${bodyId}`, text: `作为${place}的成员承担任务` }];
};

/** In words: rights that end with one post and that no other post of the person gives. */
export const permissionsLost = (
  ending: Held & { readonly place: string },
  remaining: readonly (Held & { readonly place: string })[],
): string[] => {
  const kept = new Set(remaining.flatMap((held) => grantsOf(held, held.place).map(({ key }) => key)));
  return grantsOf(ending, ending.place)
    .filter(({ key }) => !kept.has(key))
    .map(({ text }) => text);
};
