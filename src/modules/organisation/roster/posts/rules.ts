import type { Stage, Subject } from '../../contract.ts';
import type { SchoolPost } from '../contract.ts';
import { readSubject } from '../headings/rules.ts';
import { normaliseText, squeeze } from '../names/rules.ts';

/** What one word of a 职务 cell means; `none` is ordinary and gives no post, `unknown` is for a person to say. */
export type PostRead =
  | {
      readonly as: 'post';
      readonly post: SchoolPost;
      /** Of a subject lead, where the word itself says them (初中语文教研组长). */
      readonly stage: Stage | null;
      readonly subject: Subject | null;
    }
  | { readonly as: 'none' }
  | { readonly as: 'unknown' };

/** More than any list of posts; a whole text in one cell is one word that nobody knows. */
const longestCell = 200;

/** The words of a 职务 cell, parted by 、 or the like, by 兼, or by spaces between whole words. */
export function splitPosts(cell: string): string[] {
  const text = normaliseText(cell);
  if (text.length > longestCell) return [`${squeeze(text.slice(0, 20))}……`];
  return text
    .split(/(?:[、，,;；/\n]|兼(?!职)任?)(?![^()]*\))/u)
    .flatMap((piece) => {
      const parts = piece.trim().split(/\s+/u);
      return parts.every((part) => part.length >= 2) ? parts : [parts.join('')];
    })
    .map((word) => squeeze(word))
    .filter((word) => word !== '');
}

/**
 * Only words that leave no doubt give a post, since posts of a school give rights: a deputy who is not said to be
 * for teaching (副校长), an acting one (代校长) or a head below the school's (执行校长) is asked about.
 */
export function readPost(word: string, school: string): PostRead {
  const said = withoutSchool(word.replace(/\(兼任?\)$/u, ''), school);
  for (const [post, pattern] of schoolPosts)
    if (pattern.test(said)) return { as: 'post', post, stage: null, subject: null };
  const lead = readSubjectLead(said);
  if (lead !== null) return lead;
  const plain = said.replace(/\([^()]*\)/gu, '');
  const meansNone = otherDeputy.test(plain) || (ordinary.test(plain) && !near.test(plain));
  return { as: meansNone ? 'none' : 'unknown' };
}

const deputyForTeaching =
  /^(?:(?:分管|主管)?教学(?:工作)?的?副校长|副校长\((?:分管|主管)?教学(?:工作)?(?:[、，,和及][^()]*)?\))$/u;

const schoolPosts: readonly (readonly [SchoolPost, RegExp])[] = [
  ['principal', /^(?:[党总委支部副]*书记)?校长$|^校长[党总委支部副]*书记$/u],
  ['vice-principal', deputyForTeaching],
  ['dean', /^教(?:务|导)处?主任$/u],
];

const subjectLead = /^(小学|初中)?(.*?)(?:学科长|(?:学科)?教研组组?长|学科组长)$/u;

function readSubjectLead(word: string): PostRead | null {
  const found = subjectLead.exec(word);
  if (found === null) return null;
  const [, stage, name = ''] = found;
  const subject = readSubject(name);
  if (name !== '' && subject === null) return null;
  return {
    as: 'post',
    post: 'subject-lead',
    stage: stage === undefined ? null : stage === '小学' ? 'primary' : 'junior',
    subject,
  };
}

/** A word about these is asked unless it is understood, whatever else is in it. */
const near = /校长|教务|教导/u;

const otherDeputy = /^(?:德育|政教|总务|后勤|安全|行政)副校长$/u;

/** Words of a staff list that name no post of this district's work. */
const ordinary = new RegExp(
  `^(?:${[
    '无|没有|员工|职工|教职工|干事|专技|管理|工勤|会计|出纳|校医|门卫|保安|保洁|厨师|宿管',
    '.*(?:教师|老师|教员|班主任|辅导员|管理员|实验员|保健员|电教员)',
    '.*书记|.*委员',
    '.*年级(?:组长|主任)|级部主任|.*备课组组?长',
    '(?:德育|政教|总务|后勤|安全|行政|办公室|教科|教科研|科研|体卫艺|人事)(?:处|室)?(?:副?主任|干事)',
    '工会(?:副?主席|主任|干事)|(?:管理|专技|专业技术|工勤|工勤技能|教师)岗位?',
    '[-—–]+',
  ].join('|')})$`,
  'u',
);

/** 中心校校长 in a row of 东田中心校 is the row's own 校长; in any other row the words stay as they are. */
function withoutSchool(word: string, school: string): string {
  const sizes = Array.from({ length: Math.max(0, school.length - 1) }, (_, index) => school.length - index);
  const size = sizes.find((length) => word.length > length && word.startsWith(school.slice(-length)));
  return size === undefined ? word : word.slice(size);
}
