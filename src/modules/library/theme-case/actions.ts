import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { termName } from '#modules/organisation/calendar/rules.ts';
import { findCurrentTerm } from '#modules/organisation/calendar/store.ts';
import { type Actor, type Subject, subjects } from '#modules/organisation/contract.ts';
import { readSetting } from '#platform/district-setting.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, notFound } from '#platform/refusal.ts';
import { weeksOfTerm } from '../pacing/rules.ts';
import { findWeeklyLessons } from '../pacing/store.ts';
import type { themeCaseContract } from './contract.ts';
import { themeCaseScope } from './policy.ts';
import { subjectHours } from './rules.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof themeCaseContract>;
type Outputs = InferContractRouterOutputs<typeof themeCaseContract>;
type SubjectCount = Outputs['getThemeCases']['subjects'][number];
type Term = NonNullable<Awaited<ReturnType<typeof findCurrentTerm>>>;

const settingKey = 'library.theme-cases';
/** 每学科每学期 5—8 个主题学习课例 (notice 五(一)5), until the district sets other numbers. */
const wantedByNotice = { from: 5, to: 8 };

/** Cases and hours of one lead subject; planned are the lessons that the timetable gives it in the term. */
const countSubject = async (
  { db }: Context,
  { schoolId, term, subject }: { schoolId: string; term: Term; subject: Subject },
  cases: Awaited<ReturnType<typeof store.listCasesOfSchool>>,
): Promise<SubjectCount> => {
  const own = cases.map(({ id, title, grade, content }) => ({
    id,
    title,
    grade,
    hours: subjectHours(content).lead.reduce((sum, { hours }) => sum + hours, 0),
  }));
  const weeks = weeksOfTerm(term).length;
  const grades = [...new Set(own.map(({ grade }) => grade))].toSorted((one, other) => one - other);
  return {
    subject,
    cases: own,
    grades: await Promise.all(
      grades.map(async (grade) => {
        const weekly = await findWeeklyLessons(db, {
          schoolIds: [schoolId],
          termId: term.id,
          subject,
          grade,
        });
        return {
          grade,
          hours: own.filter((one) => one.grade === grade).reduce((sum, { hours }) => sum + hours, 0),
          planned: weekly === null ? null : Math.round(weekly * weeks),
        };
      }),
    ),
  };
};

export const getThemeCases = async (
  context: Context,
  { schoolId }: Inputs['getThemeCases'],
): Promise<Outputs['getThemeCases']> => {
  const { db, actor, today, now } = context;
  const term = await findCurrentTerm(db, today);
  if (term === undefined) throw conflict('还没有设置学期，请系统管理员先在“校历与作息”中设置。');
  const span = { from: term.startsOn, to: term.endsOn };
  const schools = await store.listSchoolsWithCases(db, themeCaseScope(actor), { ...span, on: today });
  const school =
    schoolId === undefined
      ? schools.length === 1
        ? schools[0]
        : undefined
      : schools.find(({ id }) => id === schoolId);
  if (schoolId !== undefined && school === undefined) throw notFound();
  const cases = school === undefined ? [] : await store.listCasesOfSchool(db, school.id, span);
  const counted = subjects.flatMap((subject) => {
    const own = cases.filter((one) => one.subject === subject);
    return own.length === 0 || school === undefined ? [] : [{ subject, own, schoolId: school.id }];
  });
  return {
    term: termName(term.schoolYear, term.term),
    school: school === undefined ? null : { id: school.id, name: school.name },
    schools: schools.map(({ id, name, cases: many }) => ({ id, name, cases: many })),
    wanted: await readSetting(db, settingKey, today, wantedByNotice),
    subjects: await Promise.all(
      counted.map(({ subject, own, schoolId: id }) =>
        countSubject(context, { schoolId: id, term, subject }, own),
      ),
    ),
    asOf: now.toISOString(),
  };
};
