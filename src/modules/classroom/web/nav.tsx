import type { Actor } from '#modules/organisation/contract.ts';
import type { ModuleNav } from '#web/module-nav.ts';
import { capacitiesFrom, readsOthersObservations } from '../rules.ts';

const isPerson = (me: Actor): boolean => me.personId !== null;
/** Observing belongs to the post; a fellow teacher finds it in the menu. */
const observesByPost = (me: Actor): boolean =>
  isPerson(me) && capacitiesFrom(me.appointments, null).some(({ capacity }) => capacity !== 'teacher');

export const classroomNav: ModuleNav = {
  pages: [
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
      visible: readsOthersObservations,
    },
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
