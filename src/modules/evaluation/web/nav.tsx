import type { ModuleNav } from '#web/module-nav.ts';

export const evaluationNav: ModuleNav = { pages: [] };
