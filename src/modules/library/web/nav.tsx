import type { ModuleNav } from '#web/module-nav.ts';

export const libraryNav: ModuleNav = {
  pages: [{ path: '/library/drafts/$draftId', load: () => import('./draft-page.tsx') }],
};
