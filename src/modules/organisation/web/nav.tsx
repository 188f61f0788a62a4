import type { ModuleNav } from '#web/module-nav.ts';

export const organisationNav: ModuleNav = { pages: [] };
