import { implement } from '@orpc/server';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayKeepCalendar, mayKeepSomeBells } from '../policy.ts';
import type { Actor } from '../vocabulary/contract.ts';
import {
  addTerm,
  clearCalendarDay,
  editTerm,
  getBellSlots,
  getTerm,
  listTerms,
  setBellSlots,
  setCalendarDay,
} from './actions.ts';
import { calendarContract } from './contract.ts';

const os = implement(calendarContract).$context<RequestContext<Actor>>();

export const calendarRoutes = {
  listTerms: os.listTerms.handler(read('signed-in', listTerms)),
  getTerm: os.getTerm.handler(read('signed-in', getTerm)),
  addTerm: os.addTerm.handler(write(mayKeepCalendar, addTerm)),
  editTerm: os.editTerm.handler(write(mayKeepCalendar, editTerm)),
  setCalendarDay: os.setCalendarDay.handler(write(mayKeepCalendar, setCalendarDay)),
  clearCalendarDay: os.clearCalendarDay.handler(write(mayKeepCalendar, clearCalendarDay)),
  getBellSlots: os.getBellSlots.handler(read('signed-in', getBellSlots)),
  setBellSlots: os.setBellSlots.handler(write(mayKeepSomeBells, setBellSlots)),
};
