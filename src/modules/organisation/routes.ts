import { implement } from '@orpc/server';
import type { RequestContext } from '#platform/http/endpoint.ts';
import type { FileRoute, UploadRoute } from '#platform/http/file-route.ts';
import { appendixFileRoutes } from './appendix/routes.ts';
import { appointmentsRoutes } from './appointments/routes.ts';
import { calendarRoutes } from './calendar/routes.ts';
import { type Actor, organisationContract } from './contract.ts';
import { coverageRoutes } from './coverage/routes.ts';
import { curriculumRoutes } from './curriculum/routes.ts';
import { peopleRoutes } from './people/routes.ts';
import { rosterImportRoutes, rosterUploadRoutes } from './roster-import/routes.ts';
import { schoolsRoutes } from './schools/routes.ts';
import { structureRoutes } from './structure/routes.ts';
import { substitutionRoutes } from './substitution/routes.ts';
import { teachingRoutes } from './teaching/routes.ts';
import { timetableImportRoutes, timetableUploadRoutes } from './timetable-import/routes.ts';

export const organisationRouter = implement(organisationContract)
  .$context<RequestContext<Actor>>()
  .router({
    ...structureRoutes,
    ...schoolsRoutes,
    ...peopleRoutes,
    ...appointmentsRoutes,
    ...coverageRoutes,
    ...calendarRoutes,
    ...curriculumRoutes,
    ...teachingRoutes,
    ...timetableImportRoutes,
    ...substitutionRoutes,
    ...rosterImportRoutes,
  });

export const organisationFileRoutes: readonly FileRoute<Actor>[] = [...appendixFileRoutes];

export const organisationUploadRoutes: readonly UploadRoute<Actor>[] = [
  ...rosterUploadRoutes,
  ...timetableUploadRoutes,
];
