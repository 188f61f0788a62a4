import { isInLeadingGroup } from '#modules/organisation/rules.ts';
import type { ModuleNav } from '#web/module-nav.ts';

export const plansNav: ModuleNav = {
  pages: [{ path: '/targets', load: () => import('./targets-page.tsx') }],
  entries: [{ label: '目标设置', path: '/targets', group: '评价', visible: isInLeadingGroup }],
};
