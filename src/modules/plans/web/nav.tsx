import type { ModuleNav } from '#web/module-nav.ts';

export const plansNav: ModuleNav = { pages: [] };
