import type { Actor } from '#modules/organisation/vocabulary/contract.ts';
import type { ModuleNav } from '#web/module-nav.ts';

const everyone = (): boolean => true;

/** As `mayKeepSomeCurriculum` decides, without its code on the first screen. */
const keepsCurriculum = (me: Actor): boolean =>
  me.duties.includes('system') ||
  me.appointments.some(
    ({ bodyKind, post }) => bodyKind === 'research-office' || (bodyKind === 'core-group' && post === 'lead'),
  );

export const libraryNav: ModuleNav = {
  pages: [
    { path: '/textbooks', load: () => import('./textbooks-page.tsx') },
    { path: '/textbooks/import', load: () => import('./textbook-imports-page.tsx') },
    { path: '/textbooks/import/$importId', load: () => import('./textbook-import-page.tsx') },
    { path: '/competencies', load: () => import('./competencies-page.tsx') },
  ],
  entries: [
    { label: '教材目录', path: '/textbooks', group: '研训资源库', visible: everyone },
    { label: '教材目录导入', path: '/textbooks/import', group: '研训资源库', visible: keepsCurriculum },
    { label: '核心素养', path: '/competencies', group: '研训资源库', visible: everyone },
  ],
};
