import type { Actor, Post } from '#modules/organisation/contract.ts';
import type { ModuleNav } from '#web/module-nav.ts';

// The menu decides by posts alone and imports no rules: with them every first screen would load the schemas.
const leads: readonly Post[] = ['principal', 'vice-principal', 'dean'];

const isPerson = (me: Actor): boolean => me.personId !== null;
const readsOthers = (me: Actor): boolean =>
  me.appointments.some(
    ({ post, bodyKind, subject }) =>
      (leads.includes(post) && bodyKind === null) ||
      (subject !== null &&
        (post === 'subject-lead' ||
          bodyKind === 'research-office' ||
          (bodyKind === 'core-group' && post === 'lead'))),
  );
/** Observing belongs to the post; a fellow teacher finds it in the menu. */
const observesByPost = (me: Actor): boolean =>
  isPerson(me) &&
  (readsOthers(me) ||
    me.appointments.some(({ bodyKind }) => bodyKind === 'leading-group' || bodyKind === 'research-office'));

/** Leaders walk by post, others by their school's rota; an officer of the district alone has no corridor. */
const mayWalk = (me: Actor): boolean =>
  isPerson(me) && (me.appointments.some(({ bodyKind }) => bodyKind === null) || !observesByPost(me));
export const leadsSchool = (me: Actor): boolean =>
  isPerson(me) && me.appointments.some(({ post, bodyKind }) => leads.includes(post) && bodyKind === null);
/** A school's own checks and uses are its leaders'; all schools' the leading group's with the research office. */
const districtBodies: readonly (string | null)[] = ['leading-group', 'research-office'];
const readsSchools = (me: Actor): boolean =>
  leadsSchool(me) ||
  me.appointments.some(
    ({ post, bodyKind }) =>
      districtBodies.includes(bodyKind) || (bodyKind === 'core-group' && post === 'lead'),
  );
const plansDiagnosis = (me: Actor): boolean =>
  isPerson(me) &&
  me.appointments.some(
    ({ post, bodyKind, schoolId }) => leads.includes(post) && bodyKind === null && schoolId !== null,
  );
/** The leading group with the research office, whose members the core groups' leads are. */
const isInDistrictOffice = (me: Actor): boolean =>
  me.appointments.some(
    ({ post, bodyKind }) =>
      bodyKind === 'leading-group' ||
      bodyKind === 'research-office' ||
      (bodyKind === 'core-group' && post === 'lead'),
  );
const readsPlans = isInDistrictOffice;
export const findsSomething = (me: Actor): boolean =>
  isPerson(me) &&
  (leadsSchool(me) ||
    me.appointments.some(
      ({ post, bodyKind }) =>
        (post === 'subject-lead' && bodyKind === null) ||
        bodyKind === 'leading-group' ||
        bodyKind === 'research-office' ||
        bodyKind === 'core-group' ||
        bodyKind === 'grade-team',
    ));
export const plansVisits = (me: Actor): boolean => isPerson(me) && isInDistrictOffice(me);
const readsVisits = (me: Actor): boolean =>
  findsSomething(me) &&
  (leadsSchool(me) ||
    me.appointments.some(
      ({ bodyKind }) =>
        bodyKind === 'leading-group' ||
        bodyKind === 'research-office' ||
        bodyKind === 'core-group' ||
        bodyKind === 'grade-team',
    ));
export const readsFindingFigures = (me: Actor): boolean =>
  isPerson(me) && (leadsSchool(me) || isInDistrictOffice(me));

export const classroomNav: ModuleNav = {
  pages: [
    { path: '/findings', load: () => import('./findings-page.tsx') },
    { path: '/findings/new', load: () => import('./new-finding-page.tsx') },
    { path: '/findings/figures', load: () => import('./finding-figures-page.tsx') },
    { path: '/settings/classroom', load: () => import('./classroom-settings-page.tsx') },
    { path: '/research-visits', load: () => import('./research-visits-page.tsx') },
    { path: '/research-visits/new', load: () => import('./new-research-visit-page.tsx') },
    { path: '/research-visits/$visitId', load: () => import('./research-visit-page.tsx') },
    { path: '/calibrations', load: () => import('./calibrations-page.tsx') },
    { path: '/calibrations/new', load: () => import('./new-calibration-page.tsx') },
    { path: '/calibrations/$calibrationId', load: () => import('./calibration-page.tsx') },
    { path: '/findings/$findingId', load: () => import('./finding-page.tsx') },
    { path: '/observations', load: () => import('./observations-page.tsx') },
    { path: '/observations/mine', load: () => import('./my-observations-page.tsx') },
    { path: '/observations/import', load: () => import('./stuck-record-page.tsx') },
    { path: '/observations/school', load: () => import('./school-observations-page.tsx') },
    { path: '/observations/feedback', load: () => import('./feedback-page.tsx') },
    { path: '/patrols', load: () => import('./patrols-page.tsx') },
    { path: '/patrols/week', load: () => import('./patrol-week-page.tsx') },
    { path: '/patrols/stops', load: () => import('./patrol-stops-page.tsx') },
    { path: '/patrols/school', load: () => import('./school-patrols-page.tsx') },
    { path: '/patrols/setup', load: () => import('./patrol-setup-page.tsx') },
    { path: '/patrols/$patrolId', load: () => import('./patrol-page.tsx') },
    { path: '/writing-checks', load: () => import('./writing-checks-page.tsx') },
    { path: '/writing-checks/new', load: () => import('./writing-check-form-page.tsx') },
    { path: '/writing-checks/list', load: () => import('./writing-check-list-page.tsx') },
    { path: '/writing-checks/$checkId', load: () => import('./writing-check-page.tsx') },
    { path: '/rooms', load: () => import('./rooms-page.tsx') },
    { path: '/rooms/term', load: () => import('./rooms-term-page.tsx') },
    { path: '/rooms/list', load: () => import('./room-uses-page.tsx') },
    { path: '/rooms/setup', load: () => import('./rooms-setup-page.tsx') },
    { path: '/experiments', load: () => import('./experiments-page.tsx') },
    { path: '/training-budget', load: () => import('./budget-page.tsx') },
    { path: '/homework', load: () => import('./homework-page.tsx') },
    { path: '/homework/term', load: () => import('./homework-term-page.tsx') },
    { path: '/homework/list', load: () => import('./homework-list-page.tsx') },
    { path: '/observations/follow-ups', load: () => import('./follow-ups-page.tsx') },
    { path: '/observations/ledger', load: () => import('./ledger-page.tsx') },
    { path: '/observations/debriefs', load: () => import('./debriefs-page.tsx') },
    { path: '/observations/debriefs/$debriefId', load: () => import('./debrief-page.tsx') },
    { path: '/observations/$observationId', load: () => import('./observation-page.tsx') },
    { path: '/observations/$observationId/edit', load: () => import('./observation-form-page.tsx') },
    { path: '/diagnosis-plan', load: () => import('./diagnosis-plan-page.tsx') },
    { path: '/diagnosis-plans', load: () => import('./diagnosis-plans-page.tsx') },
    { path: '/diagnosis-plans/$planId', load: () => import('./diagnosis-plan-page.tsx') },
    { path: '/observations/$observationId/lens', load: () => import('./lens-page.tsx') },
  ],
  entries: [
    {
      label: '听课',
      path: '/observations',
      group: '课堂',
      phoneOrder: 10,
      icon: 'observe',
      visible: isPerson,
    },
    {
      label: '听课反馈',
      path: '/observations/feedback',
      group: '课堂',
      phoneOrder: 20,
      icon: 'inbox',
      visible: isPerson,
    },
    {
      label: '本校与本学科听课',
      path: '/observations/school',
      group: '课堂',
      visible: readsOthers,
    },
    { label: '巡课', path: '/patrols', group: '课堂', icon: 'school', visible: mayWalk },
    { label: '本校巡课周汇总', path: '/patrols/week', group: '课堂', visible: leadsSchool },
    { label: '值班表与巡课路线', path: '/patrols/setup', group: '课堂', visible: leadsSchool },
    { label: '跟踪', path: '/observations/follow-ups', group: '课堂', visible: observesByPost },
    { label: '听课台账', path: '/observations/ledger', group: '课堂', visible: observesByPost },
    { label: '议课', path: '/observations/debriefs', group: '课堂', visible: observesByPost },
    { label: '听课评课校准', path: '/calibrations', group: '课堂', visible: observesByPost },
    { label: '规范书写', path: '/writing-checks', group: '学校工作', visible: readsSchools },
    { label: '场所使用', path: '/rooms', group: '学校工作', visible: isPerson },
    { label: '研训经费', path: '/training-budget', group: '学校工作', visible: readsSchools },
    { label: '作业公示', path: '/homework', group: '学校工作', visible: isPerson },
    { label: '课堂诊断计划', path: '/diagnosis-plan', group: '课堂', visible: plansDiagnosis },
    { label: '各校诊断计划', path: '/diagnosis-plans', group: '课堂', visible: readsPlans },
    { label: '巡研安排', path: '/research-visits', group: '课堂', visible: readsVisits },
    {
      label: '问题整改',
      path: '/findings',
      group: '课堂',
      phoneOrder: 45,
      icon: 'inbox',
      visible: findsSomething,
    },
    {
      label: '导入听课记录',
      path: '/observations/import',
      group: '系统管理',
      visible: (me) => me.duties.includes('system'),
    },
    { label: '整改情况', path: '/findings/figures', group: '课堂', visible: readsFindingFigures },
    { label: '课堂工作规定', path: '/settings/classroom', group: '课堂', visible: isInDistrictOffice },
  ],
  background: { visible: isPerson, load: () => import('./parts/background.ts') },
  recordParts: [
    {
      key: 'classroom-assign-homework',
      record: 'library-adaptation',
      visible: isPerson,
      load: () => import('./parts/assign-homework.tsx'),
    },
  ],
  homeCards: [
    {
      key: 'classroom-outbox',
      order: 5,
      offline: true,
      visible: isPerson,
      load: () => import('./parts/outbox-card.tsx'),
    },
    {
      key: 'classroom-follow-up',
      order: 15,
      visible: observesByPost,
      load: () => import('./parts/follow-up-card.tsx'),
    },
    {
      key: 'classroom-debrief',
      order: 16,
      visible: isPerson,
      load: () => import('./parts/debrief-card.tsx'),
    },
    {
      key: 'classroom-calibration',
      order: 17,
      visible: isPerson,
      load: () => import('./parts/calibration-card.tsx'),
    },
    {
      key: 'classroom-research-visits',
      order: 35,
      visible: readsVisits,
      load: () => import('./parts/research-visit-card.tsx'),
    },
    {
      key: 'classroom-findings',
      order: 20,
      visible: isPerson,
      load: () => import('./parts/finding-card.tsx'),
    },
    {
      key: 'classroom-start',
      order: 10,
      offline: true,
      visible: observesByPost,
      load: () => import('./parts/start-card.tsx'),
    },
    {
      key: 'classroom-patrol',
      order: 15,
      offline: true,
      visible: leadsSchool,
      load: () => import('./parts/patrol-card.tsx'),
    },
    {
      key: 'classroom-feedback',
      order: 40,
      visible: isPerson,
      load: () => import('./parts/feedback-card.tsx'),
    },
  ],
};
