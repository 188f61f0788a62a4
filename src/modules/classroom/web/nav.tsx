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

export const leadsSchool = (me: Actor): boolean =>
  me.appointments.some(({ post, bodyKind }) => leads.includes(post) && bodyKind === null);
const isInDistrictOffice = (me: Actor): boolean =>
  me.appointments.some(
    ({ post, bodyKind }) =>
      bodyKind === 'leading-group' ||
      bodyKind === 'research-office' ||
      (bodyKind === 'core-group' && post === 'lead'),
  );
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
    { path: '/research-visits', load: () => import('./research-visits-page.tsx') },
    { path: '/research-visits/new', load: () => import('./new-research-visit-page.tsx') },
    { path: '/research-visits/$visitId', load: () => import('./research-visit-page.tsx') },
    { path: '/findings/$findingId', load: () => import('./finding-page.tsx') },
    { path: '/observations', load: () => import('./observations-page.tsx') },
    { path: '/observations/mine', load: () => import('./my-observations-page.tsx') },
    { path: '/observations/school', load: () => import('./school-observations-page.tsx') },
    { path: '/observations/feedback', load: () => import('./feedback-page.tsx') },
    { path: '/observations/$observationId', load: () => import('./observation-page.tsx') },
    { path: '/observations/$observationId/edit', load: () => import('./observation-form-page.tsx') },
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
    { label: '巡研安排', path: '/research-visits', group: '课堂', visible: readsVisits },
    {
      label: '问题整改',
      path: '/findings',
      group: '课堂',
      phoneOrder: 45,
      icon: 'inbox',
      visible: findsSomething,
    },
    { label: '整改情况', path: '/findings/figures', group: '课堂', visible: readsFindingFigures },
  ],
  homeCards: [
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
