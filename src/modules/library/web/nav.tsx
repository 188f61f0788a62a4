import type { Actor } from '#modules/organisation/vocabulary/contract.ts';
import type { ModuleNav } from '#web/module-nav.ts';

const everyone = (): boolean => true;

/** As `mayKeepSomeCurriculum` decides, without its code on the first screen. */
const keepsCurriculum = (me: Actor): boolean =>
  me.duties.includes('system') ||
  me.appointments.some(
    ({ bodyKind, post }) => bodyKind === 'research-office' || (bodyKind === 'core-group' && post === 'lead'),
  );

/** As `mayWriteSomething` decides. */
export const writesSomething = (me: Actor): boolean =>
  me.personId !== null &&
  me.appointments.some(
    ({ bodyKind, bodyId, schoolId }) =>
      bodyKind === 'core-group' ||
      bodyKind === 'grade-team' ||
      bodyKind === 'research-office' ||
      (bodyId === null && schoolId !== null),
  );
/** As `mayDecideSome` decides: who writes for the district, reviews and takes in suggestions. */
export const writesForDistrict = (me: Actor): boolean =>
  me.personId !== null &&
  me.appointments.some(
    ({ bodyKind }) =>
      bodyKind === 'core-group' || bodyKind === 'grade-team' || bodyKind === 'research-office',
  );
/** As `officerReach` decides: the queue of a field, whoever is asked. */
export const answersForField = (me: Actor): boolean => me.personId !== null && keepsCurriculum(me);
const isPerson = (me: Actor): boolean => me.personId !== null;
export const adapts = (me: Actor): boolean =>
  isPerson(me) && me.appointments.some(({ bodyId, schoolId }) => bodyId === null && schoolId !== null);

/** As `maySeeThemeCases` decides. */
const seesThemeCases = (me: Actor): boolean =>
  me.appointments.some(
    ({ bodyKind, bodyId, schoolId, post }) =>
      bodyKind === 'leading-group' ||
      bodyKind === 'research-office' ||
      (bodyKind === 'core-group' && post === 'lead') ||
      (bodyId === null && schoolId !== null),
  );

/** As `mayBringPackages` decides. */
const bringsPackages = (me: Actor): boolean =>
  me.duties.includes('system') ||
  me.appointments.some(
    ({ bodyKind, bodyId, schoolId, post }) =>
      bodyKind === 'research-office' ||
      (bodyId === null &&
        schoolId !== null &&
        (post === 'principal' || post === 'vice-principal' || post === 'dean')),
  );

export const libraryNav: ModuleNav = {
  pages: [
    { path: '/library', load: () => import('./library-page.tsx') },
    { path: '/library/add', load: () => import('./add-file-page.tsx') },
    { path: '/library/new', load: () => import('./new-item-page.tsx') },
    { path: '/library/grid', load: () => import('./grid-page.tsx') },
    { path: '/library/grid/subjects', load: () => import('./grid-subjects-page.tsx') },
    { path: '/library/theme-cases', load: () => import('./theme-cases-page.tsx') },
    { path: '/library/package', load: () => import('./package-page.tsx') },
    { path: '/library/packages', load: () => import('./packages-page.tsx') },
    { path: '/library/reviews', load: () => import('./reviews-page.tsx') },
    { path: '/library/items/$itemId', load: () => import('./item-page.tsx') },
    { path: '/library/items/$itemId/versions', load: () => import('./versions-page.tsx') },
    { path: '/library/rounds/$roundId', load: () => import('./round-page.tsx') },
    { path: '/library/rounds/$roundId/pick', load: () => import('./pick-items-page.tsx') },
    { path: '/library/adaptations', load: () => import('./adaptations-page.tsx') },
    { path: '/library/adaptations/$adaptationId', load: () => import('./adaptation-page.tsx') },
    { path: '/library/adaptations/$adaptationId/edit', load: () => import('./adaptation-edit-page.tsx') },
    { path: '/library/adaptations/$adaptationId/update', load: () => import('./adaptation-update-page.tsx') },
    {
      path: '/library/adaptations/$adaptationId/history',
      load: () => import('./adaptation-history-page.tsx'),
    },
    { path: '/library/suggestions', load: () => import('./suggestions-page.tsx') },
    { path: '/library/suggestions/$suggestionId', load: () => import('./suggestion-page.tsx') },
    { path: '/textbooks', load: () => import('./textbooks-page.tsx') },
    { path: '/textbooks/import', load: () => import('./textbook-imports-page.tsx') },
    { path: '/textbooks/import/$importId', load: () => import('./textbook-import-page.tsx') },
    { path: '/competencies', load: () => import('./competencies-page.tsx') },
  ],
  entries: [
    { label: '研训资源库', path: '/library', group: '研训资源库', phoneOrder: 30, visible: everyone },
    { label: '单元网格', path: '/library/grid', group: '研训资源库', visible: everyone },
    { label: '我的校本化', path: '/library/adaptations', group: '研训资源库', visible: adapts },
    {
      label: '改进建议',
      path: '/library/suggestions',
      group: '研训资源库',
      // Whoever sends them, and whoever decides about them.
      visible: (me) => adapts(me) || writesForDistrict(me),
    },
    { label: '主题学习课例', path: '/library/theme-cases', group: '研训资源库', visible: seesThemeCases },
    { label: '资源审核', path: '/library/reviews', group: '研训资源库', visible: writesSomething },
    { label: '资源包导入', path: '/library/packages', group: '研训资源库', visible: bringsPackages },
    { label: '教材目录', path: '/textbooks', group: '研训资源库', visible: everyone },
    { label: '教材目录导入', path: '/textbooks/import', group: '研训资源库', visible: keepsCurriculum },
    { label: '核心素养', path: '/competencies', group: '研训资源库', visible: everyone },
  ],
  homeCards: [
    { key: 'library-to-do', order: 25, visible: isPerson, load: () => import('./parts/library-card.tsx') },
  ],
};
