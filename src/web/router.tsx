import {
  type AnyRouter,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import { accountsNav } from '#modules/accounts/web/nav.tsx';
import { circularsNav } from '#modules/circulars/web/nav.tsx';
import { classroomNav } from '#modules/classroom/web/nav.tsx';
import { evaluationNav } from '#modules/evaluation/web/nav.tsx';
import { libraryNav } from '#modules/library/web/nav.tsx';
import { organisationNav } from '#modules/organisation/web/nav.tsx';
import { plansNav } from '#modules/plans/web/nav.tsx';
import type { ModuleNav } from './module-nav.ts';
import { RecordPartsProvider } from './record-parts.tsx';
import { HomePage } from './shell/home-page.tsx';
import { NotFoundPage } from './shell/not-found-page.tsx';
import { PageFault } from './shell/page-fault.tsx';
import { Shell } from './shell/shell.tsx';

const modules: readonly ModuleNav[] = [
  classroomNav,
  evaluationNav,
  circularsNav,
  libraryNav,
  plansNav,
  organisationNav,
  accountsNav,
];

const entries = modules.flatMap((module) => module.entries ?? []);
const background = modules.flatMap((module) => module.background ?? []);
const recordParts = modules.flatMap((module) => module.recordParts ?? []);

export const createAppRouter = (): AnyRouter => {
  const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });
  const shell = createRoute({
    getParentRoute: () => root,
    id: 'shell',
    component: () => (
      <RecordPartsProvider parts={recordParts}>
        <Shell entries={entries} background={background} />
      </RecordPartsProvider>
    ),
  });
  const home = createRoute({
    getParentRoute: () => shell,
    path: '/',
    component: () => <HomePage cards={modules.flatMap((module) => module.homeCards ?? [])} />,
  });
  const pages = modules.flatMap((module) => module.pages);
  const inShell = pages.filter((page) => page.frame !== 'bare');
  const bare = pages.filter((page) => page.frame === 'bare');
  const shellRoutes = inShell.map((page) =>
    createRoute({
      getParentRoute: () => shell,
      path: page.path,
      component: lazyRouteComponent(page.load, 'Page'),
    }),
  );
  const bareRoutes = bare.map((page) =>
    createRoute({
      getParentRoute: () => root,
      path: page.path,
      component: lazyRouteComponent(page.load, 'Page'),
    }),
  );
  return createRouter({
    routeTree: root.addChildren([shell.addChildren([home, ...shellRoutes]), ...bareRoutes]),
    defaultPreload: 'intent',
    defaultErrorComponent: PageFault,
    scrollRestoration: true,
  });
};
