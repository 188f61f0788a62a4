import {
  type FindingSource,
  type FindingState,
  type FindingType,
  findingRoleLabels,
  findingSourceLabels,
  findingTypeLabels,
  type ResponsiblePost,
} from '#modules/classroom/finding/vocabulary/contract.ts';
import { gradeLabels, type Subject, subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chineseDate, type Day } from '#platform/dates.ts';
import type { Block } from '../contract.ts';

/** A finding as a letter writes of it: a school and posts, nobody's name. */
export interface FindingOfLetter {
  readonly type: FindingType;
  readonly source: FindingSource;
  readonly foundOn: Day;
  readonly subject: Subject | null;
  readonly grade: number | null;
  readonly place: string;
  readonly description: string;
  readonly advice: string;
  readonly repeated: boolean;
  readonly deadlineOn: Day;
  /** The deadline is over on the day of the draft, and nothing was reported. */
  readonly overdue: boolean;
  readonly responsiblePost: ResponsiblePost;
  /** The last day for the school's own view of the matter; null once it accepted. */
  readonly answerUntil: Day | null;
  /** A rule beside the notice that the finding is measured by. */
  readonly ruleGround: string | null;
}

/** What decides whether a letter may be written about a finding. */
export interface LetterCandidate {
  readonly id: string;
  readonly kind: 'district' | 'school';
  readonly schoolId: string;
  readonly state: FindingState;
  readonly handedOverOn: Day | null;
}

/** Why no letter may be written about these findings; null when it may. */
export const problemOfLetter = (findings: readonly LetterCandidate[]): string | null => {
  if (findings.some(({ state }) => state === 'closed' || state === 'cancelled'))
    return '所选的问题里有已经办结的，不必再发整改通知书，请重新选择。';
  if (findings.some(({ handedOverOn }) => handedOverOn === null))
    return '所选的问题里有还没有交办的，请先交办给学校，再拟整改通知书。';
  if (new Set(findings.map(({ schoolId }) => schoolId)).size > 1)
    return '一份整改通知书只发给一所学校，请只选同一所学校的问题。';
  return null;
};

const plan = '《关于中小学研训中心组推进工作的实施方案》';

/** What the notice asks for, in its own words. */
const groundOf: Readonly<Record<FindingType, string>> = {
  'unclear-ideas': `${plan}三（一）2：建立常规巡研、巡课制度，“帮助学校或学科解决理念不清、方法不当、评价不实等问题”`,
  'wrong-methods': `${plan}三（一）2：建立常规巡研、巡课制度，“帮助学校或学科解决理念不清、方法不当、评价不实等问题”`,
  'untrue-evaluation': `${plan}三（一）2：建立常规巡研、巡课制度，“帮助学校或学科解决理念不清、方法不当、评价不实等问题”`,
  routine: `${plan}五（一）7：“加强课堂教学管理，教师在‘研、备、上、辅、评’等环节全程落实课改精神”`,
  safety: `${plan}三（一）2：建立常规巡研、巡课制度，针对学校整体问题开展巡检`,
  handwriting: `${plan}五（一）10：“各学科教师要加强对学生书写规范的要求和指导。提升作业、试卷上文字和符号的规范程度”`,
  'course-opening': `${plan}五（一）1：“开齐、开足、开好课程”`,
  homework: `${plan}五（一）1：“落实‘双减’政策”`,
  'study-aids': `${plan}五（一）1：“无违规使用教辅等现象”`,
};

const heading = (title: string, level: 1 | 2 = 1): Block => ({ kind: 'heading', level, title, text: '' });
const paragraph = (text: string): Block => ({ kind: 'paragraph', text });

const ended = (text: string): string => (/[。！？；]$/u.test(text.trim()) ? text.trim() : `${text.trim()}。`);

const whereOf = ({ grade, subject, place }: FindingOfLetter): string =>
  [
    grade === null ? '' : (gradeLabels[grade] ?? ''),
    subject === null ? '' : subjectLabels[subject],
    place.trim(),
  ]
    .filter((text) => text !== '')
    .join('、');

const foundBy = (finding: FindingOfLetter): string => {
  const source = finding.source === 'other' ? '' : `${findingSourceLabels[finding.source]}中`;
  const where = whereOf(finding);
  return `${chineseDate(finding.foundOn)}${source}发现${where === '' ? '' : `（${where}）`}：`;
};

const dueText = ({ responsiblePost, deadlineOn, overdue }: FindingOfLetter): string => {
  const who = `由学校${findingRoleLabels[responsiblePost]}负责，`;
  const day = chineseDate(deadlineOn);
  return overdue
    ? `${who}整改期限为${day}，现已逾期。请立即整改，并说明逾期的原因`
    : `${who}请于${day}前完成整改`;
};
const extension = '确需延期的，请在平台上写明原因和希望延到的日期。';

/** Several findings with one answer are written once. */
const deadlines = (findings: readonly FindingOfLetter[]): Block[] => {
  const [first] = findings;
  if (first === undefined) return [];
  if (new Set(findings.map(dueText)).size === 1)
    return [paragraph(`以上问题${dueText(first)}。${extension}`)];
  return [
    {
      kind: 'table',
      heading: '整改期限和责任',
      columns: [
        { title: '序号', align: 'center' },
        { title: '问题', align: 'left' },
        { title: '责任', align: 'center' },
        { title: '整改期限', align: 'center' },
      ],
      rows: findings.map((finding, index) => [
        String(index + 1),
        findingTypeLabels[finding.type],
        findingRoleLabels[finding.responsiblePost],
        `${chineseDate(finding.deadlineOn)}${finding.overdue ? '（已逾期）' : ''}`,
      ]),
    },
    paragraph(
      `请按期完成整改${findings.some(({ overdue }) => overdue) ? '；已逾期的请立即整改，并说明逾期的原因' : ''}。${extension}`,
    ),
  ];
};

const answers = (findings: readonly FindingOfLetter[]): Block[] => {
  const open = findings.flatMap(({ answerUntil }) => (answerUntil === null ? [] : [answerUntil])).toSorted();
  const [until] = open;
  return [
    ...(until === undefined
      ? []
      : [
          paragraph(
            `收到后请在研训平台“问题整改”中逐项认领。对事实有不同意见的，请在${chineseDate(until)}以前说明；学校认领或说明期满以后，才计入区级统计。`,
          ),
        ]),
    paragraph('请逐项写明整改措施；完成后写明怎么改的、现在怎样，报整改完成。'),
    paragraph('答复只在平台上填写，不另报纸质材料，不要求照片、视频等留痕材料，不写教师和学生姓名。'),
    paragraph('教研室收到后回头看：改好的予以销号，没有改好的退回，另定期限继续整改。'),
  ];
};

/** The draft of a letter about findings of one school; people edit it before it goes further. */
export const composeLetter = (findings: readonly FindingOfLetter[]): Block[] => {
  const advised = findings.filter(({ advice }) => advice.trim() !== '');
  const rules = findings.flatMap(({ ruleGround }) => (ruleGround === null ? [] : [ruleGround]));
  const grounds = [...new Set([...findings.map(({ type }) => groundOf[type]), ...rules])];
  return [
    paragraph(
      `按照${plan}建立常规巡研、巡课制度的要求，现将发现的${findings.length === 1 ? '' : `${findings.length}个`}问题交你校整改，请认真研究，按期完成。`,
    ),
    heading('发现的问题'),
    ...findings.flatMap((finding) => [
      heading(findingTypeLabels[finding.type], 2),
      paragraph(`${foundBy(finding)}${ended(finding.description)}`),
      ...(finding.repeated ? [paragraph('这个问题以前发现过，属于重复发生。')] : []),
    ]),
    heading('整改建议'),
    ...(advised.length === 0
      ? [paragraph('请学校对照问题查找原因，研究具体措施。')]
      : advised.map(({ type, advice }) =>
          paragraph(
            findings.length === 1 ? ended(advice) : `关于“${findingTypeLabels[type]}”：${ended(advice)}`,
          ),
        )),
    heading('整改期限'),
    ...deadlines(findings),
    heading('请学校答复的内容'),
    ...answers(findings),
    heading('依据'),
    ...grounds.map((ground) => paragraph(ended(ground))),
  ];
};

/** `丰南区教育局关于第一小学有关问题的整改通知书`. */
export const letterTitle = (issuer: string, schoolName: string): string =>
  `${issuer}关于${schoolName}有关问题的整改通知书`;
