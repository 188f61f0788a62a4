import type { Subject, WeekParity } from '../../vocabulary/contract.ts';
import type { ClassName } from '../contract.ts';
import {
  looksLikeName,
  parityOfTitle,
  plain,
  readTaughtSubject,
  splitSubject,
  takeClassNames,
} from '../words/rules.ts';

/** Whose week a grid shows: a class's or a teacher's. */
export type GridOwner =
  | { readonly is: 'class'; readonly className: ClassName; readonly text: string }
  | {
      readonly is: 'teacher';
      readonly name: string;
      /** The subject the title says, for cells that say only the class. */
      readonly subject: Subject | null;
      readonly subjectText: string;
    };

const notAName =
  /表|课|年级|学年|学期|学校|小学|中学|时间|节次|星期|上午|下午|备注|班主任|班级|教师|姓名|学科|说明|Sheet|正文|粘贴/u;

/** 三(2)班课程表, 教师：张三（语文）, 张三老师课表, or a name alone; null when the text says neither. */
export const readOwner = (text: string): GridOwner | null => {
  const word = plain(text).replace(/\s+/gu, '');
  const { classes } = takeClassNames(word);
  const [first] = classes;
  if (first !== undefined && classes.length === 1)
    return { is: 'class', className: first.className, text: first.text };
  if (classes.length > 0) return null;
  const name =
    /([\p{Script=Han}·]{2,10}?)(?:老师|教师)?(?:\([^()]*\))?(?:老师|教师)?的?(?:个人)?(?:任课表|课程表|课表)/u.exec(
      word,
    )?.[1] ??
    /(?:教师|姓名|老师)(?:姓名)?:?([\p{Script=Han}·]{2,4}?)(?=$|[(,、;-]|学科|科目|任教|老师)/u.exec(
      word,
    )?.[1] ??
    /^([\p{Script=Han}·]{2,10}?)(?:老师)?(?:\(.*\))?$/u.exec(word)?.[1];
  if (name === undefined) return null;
  const split = splitSubject(name);
  const person = split !== null && looksLikeName(split.rest) ? split.rest : name;
  if (!looksLikeName(person) || notAName.test(person) || readTaughtSubject(person) !== null) return null;
  const subjectText =
    split !== null && person === split.rest
      ? split.subject
      : (/(?:学科|科目|任教)[:]?([\p{Script=Han}]{2,6})/u.exec(word)?.[1] ??
        /\(([\p{Script=Han}]{1,6})\)/u.exec(word)?.[1] ??
        '');
  return { is: 'teacher', name: person, subject: readTaughtSubject(subjectText), subjectText };
};

export const parityOf = (texts: readonly string[]): WeekParity =>
  texts.map(parityOfTitle).find((parity) => parity !== 'every') ?? 'every';
