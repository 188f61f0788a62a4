import { appointmentsContract } from './appointments/contract.ts';
import { calendarContract } from './calendar/contract.ts';
import { coverageContract } from './coverage/contract.ts';
import { curriculumContract } from './curriculum/contract.ts';
import { peopleContract } from './people/contract.ts';
import { rosterImportContract } from './roster-import/contract.ts';
import { schoolsContract } from './schools/contract.ts';
import { structureContract } from './structure/contract.ts';
import { substitutionContract } from './substitution/contract.ts';
import { teachingContract } from './teaching/contract.ts';
import { timetableImportContract } from './timetable-import/contract.ts';

export * from './shapes/contract.ts';
export * from './vocabulary/contract.ts';

export const organisationContract = {
  ...structureContract,
  ...schoolsContract,
  ...peopleContract,
  ...appointmentsContract,
  ...coverageContract,
  ...calendarContract,
  ...curriculumContract,
  ...teachingContract,
  ...timetableImportContract,
  ...substitutionContract,
  ...rosterImportContract,
};
