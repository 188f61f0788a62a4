import type { ModuleNav } from '#web/module-nav.ts';

export const circularsNav: ModuleNav = { pages: [] };
