import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { addRoom, closeRoom, editRoom, setLibraryOpening } from '../room/actions.ts';
import { mayReadSchoolChecks } from '../school-scope/policy.ts';
import { bookRoom, cancelBooking, listRoomUses, markExperiment, openRoomDay, roomTerm } from './actions.ts';
import { roomUseContract } from './contract.ts';
import { mayKeepSomeRooms, mayUseRooms } from './policy.ts';

const os = implement(roomUseContract).$context<RequestContext<Actor>>();

export const roomUseRoutes = {
  openRoomDay: os.openRoomDay.handler(read(mayUseRooms, openRoomDay)),
  bookRoom: os.bookRoom.handler(write(mayUseRooms, bookRoom)),
  cancelBooking: os.cancelBooking.handler(write(mayUseRooms, cancelBooking)),
  markExperiment: os.markExperiment.handler(write(mayUseRooms, markExperiment)),
  addRoom: os.addRoom.handler(write(mayKeepSomeRooms, addRoom)),
  editRoom: os.editRoom.handler(write(mayKeepSomeRooms, editRoom)),
  closeRoom: os.closeRoom.handler(write(mayKeepSomeRooms, closeRoom)),
  setLibraryOpening: os.setLibraryOpening.handler(write(mayKeepSomeRooms, setLibraryOpening)),
  listRoomUses: os.listRoomUses.handler(read(mayReadSchoolChecks, listRoomUses)),
  roomTerm: os.roomTerm.handler(read(mayReadSchoolChecks, roomTerm)),
};
