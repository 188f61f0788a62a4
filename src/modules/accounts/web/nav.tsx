import type { Actor } from '#modules/organisation/contract.ts';
import type { ModuleNav } from '#web/module-nav.ts';

const holds =
  (...duties: readonly Actor['duties'][number][]) =>
  (me: Actor): boolean =>
    me.duties.some((duty) => duties.includes(duty));

export const accountsNav: ModuleNav = {
  pages: [
    { path: '/account', load: () => import('./my-account-page.tsx') },
    { path: '/accounts', load: () => import('./accounts-page.tsx') },
    { path: '/accounts/new', load: () => import('./new-accounts-page.tsx') },
    { path: '/administrators', load: () => import('./administrators-page.tsx') },
    { path: '/security', load: () => import('./security-page.tsx') },
    { path: '/audit', load: () => import('./audit-page.tsx') },
  ],
  entries: [
    {
      label: '账号',
      path: '/accounts',
      group: '系统管理',
      icon: 'people',
      phoneOrder: 50,
      visible: holds('system', 'security'),
    },
    { label: '管理员', path: '/administrators', group: '系统管理', visible: holds('security') },
    {
      label: '安全规则',
      path: '/security',
      group: '系统管理',
      icon: 'settings',
      phoneOrder: 60,
      visible: holds('security'),
    },
    {
      label: '审计日志',
      path: '/audit',
      group: '系统管理',
      icon: 'document',
      phoneOrder: 50,
      visible: holds('audit'),
    },
  ],
};
