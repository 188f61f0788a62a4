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

const plansDiagnosis = (me: Actor): boolean =>
  isPerson(me) &&
  me.appointments.some(
    ({ post, bodyKind, schoolId }) => leads.includes(post) && bodyKind === null && schoolId !== null,
  );
/** The leading group with the research office, whose members the core groups' leads are. */
const readsPlans = (me: Actor): boolean =>
  me.appointments.some(
    ({ bodyKind, post }) =>
      bodyKind === 'leading-group' ||
      bodyKind === 'research-office' ||
      (bodyKind === 'core-group' && post === 'lead'),
  );

export const classroomNav: ModuleNav = {
  pages: [
    { path: '/observations', load: () => import('./observations-page.tsx') },
    { path: '/observations/mine', load: () => import('./my-observations-page.tsx') },
    { path: '/observations/school', load: () => import('./school-observations-page.tsx') },
    { path: '/observations/feedback', load: () => import('./feedback-page.tsx') },
    { path: '/observations/$observationId', load: () => import('./observation-page.tsx') },
    { path: '/observations/$observationId/edit', load: () => import('./observation-form-page.tsx') },
    { path: '/diagnosis-plan', load: () => import('./diagnosis-plan-page.tsx') },
    { path: '/diagnosis-plans', load: () => import('./diagnosis-plans-page.tsx') },
    { path: '/diagnosis-plans/$planId', load: () => import('./diagnosis-plan-page.tsx') },
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
    { label: '课堂诊断计划', path: '/diagnosis-plan', group: '课堂', visible: plansDiagnosis },
    { label: '各校诊断计划', path: '/diagnosis-plans', group: '课堂', visible: readsPlans },
  ],
  homeCards: [
    {
      key: 'classroom-start',
      order: 10,
      visible: observesByPost,
      load: () => import('./parts/start-card.tsx'),
    },
    {
      key: 'classroom-feedback',
      order: 40,
      visible: isPerson,
      load: () => import('./parts/feedback-card.tsx'),
    },
  ],
};
