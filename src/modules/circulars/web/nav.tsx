import { isInLeadingGroup, schoolsLedBy } from '#modules/organisation/rules.ts';
import type { Actor } from '#modules/organisation/vocabulary/contract.ts';
import type { ModuleNav } from '#web/module-nav.ts';

const readsCirculars = (me: Actor): boolean => isInLeadingGroup(me) || schoolsLedBy(me).length > 0;

export const circularsNav: ModuleNav = {
  pages: [
    { path: '/circulars', load: () => import('./circulars-page.tsx') },
    { path: '/circulars/register', load: () => import('./register-page.tsx') },
    { path: '/circulars/$circularId', load: () => import('./circular-page.tsx') },
    { path: '/circulars/$circularId/edit', load: () => import('./circular-edit-page.tsx') },
  ],
  entries: [
    {
      label: '通报与通知',
      path: '/circulars',
      group: '通报',
      phoneOrder: 50,
      icon: 'document',
      visible: readsCirculars,
    },
    { label: '发文登记与版头', path: '/circulars/register', group: '通报', visible: isInLeadingGroup },
  ],
  recordParts: [
    {
      key: 'circulars-letters',
      record: 'finding',
      visible: readsCirculars,
      load: () => import('./parts/finding-letters.tsx'),
    },
  ],
  homeCards: [
    {
      key: 'circulars-waiting',
      order: 30,
      visible: readsCirculars,
      load: () => import('./parts/waiting-card.tsx'),
    },
  ],
};
