import { isInLeadingGroup, schoolsLedBy } from '#modules/organisation/rules.ts';
import type { Actor } from '#modules/organisation/vocabulary/contract.ts';
import type { ModuleNav } from '#web/module-nav.ts';

const leadsSchool = (me: Actor): boolean => schoolsLedBy(me).length > 0;

export const evaluationNav: ModuleNav = {
  pages: [
    { path: '/progress', load: () => import('./progress-page.tsx') },
    { path: '/progress/lessons', load: () => import('./counted-lessons-page.tsx') },
    { path: '/progress/district', load: () => import('./district-progress-page.tsx') },
    { path: '/evaluation', load: () => import('./school-evaluation-page.tsx') },
  ],
  entries: [
    {
      label: '听课进度',
      path: '/progress',
      group: '评价',
      phoneOrder: 30,
      icon: 'chart',
      visible: leadsSchool,
    },
    { label: '区级听课进度', path: '/progress/district', group: '评价', visible: isInLeadingGroup },
    {
      label: '学校评价',
      path: '/evaluation',
      group: '评价',
      icon: 'school',
      phoneOrder: 40,
      visible: (me) => leadsSchool(me) || isInLeadingGroup(me),
    },
  ],
  homeCards: [
    {
      key: 'evaluation-progress',
      order: 12,
      visible: leadsSchool,
      load: () => import('./parts/progress-card.tsx'),
    },
    {
      key: 'evaluation-district',
      order: 5,
      visible: isInLeadingGroup,
      load: () => import('./parts/district-card.tsx'),
    },
  ],
};
