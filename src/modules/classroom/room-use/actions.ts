import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { termName } from '#modules/organisation/calendar/rules.ts';
import {
  findCurrentTerm,
  findSchoolYearStart,
  findTerm,
  findTermOn,
} from '#modules/organisation/calendar/store.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import { schoolsLedBy } from '#modules/organisation/rules.ts';
import { listClasses } from '#modules/organisation/teaching/store.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import { chineseDate } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { countHeld, listRequired } from '../experiment/store.ts';
import { countRooms, findRoom, listRooms, listWorkplaces, readOpeningWanted } from '../room/store.ts';
import { slotsLabel } from '../rules.ts';
import { schoolScope } from '../school-scope/policy.ts';
import { listSchoolsInScope } from '../school-scope/store.ts';
import { listSlotTimes } from '../timetable/store.ts';
import { weeksOfTerm } from '../writing-check/rules.ts';
import type { Booking, RoomUse, roomUseContract } from './contract.ts';
import { mayBook, mayCancel, mayKeepRooms, mayMarkHeld } from './policy.ts';
import { perWeek, rateOf, sameBooking } from './rules.ts';
import * as store from './store.ts';
import { roomKinds } from './vocabulary/contract.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof roomUseContract>;
type Outputs = InferContractRouterOutputs<typeof roomUseContract>;

const personOf = ({ actor }: Context): string => {
  if (actor.personId === null) throw forbidden('请用本人的账号预约，不要用管理员账号。');
  return actor.personId;
};

const audit = (context: Context, what: string, id: string, after: Readonly<Record<string, unknown>>) =>
  recordAudit(context.db, context.origin, {
    action: `classroom.room-use-${what}`,
    objectKind: 'room-use',
    objectId: id,
    after,
  });

/** Class and teacher are named to the school; `named` says whether the one who asks belongs to it. */
const shown = ({ actor, today }: Context, use: store.UseRecord, named: boolean): RoomUse => {
  const { bookedBy, bookedByName, classLabel, saidVersion, saidNote, ...row } = use;
  const own = named || bookedBy === actor.personId;
  const standing = { schoolId: use.schoolId, bookedBy, cancelled: use.cancelledReason !== null };
  return {
    ...row,
    classLabel: own ? classLabel : null,
    bookedByName: own ? bookedByName : null,
    outcomeVersion: saidVersion ?? 0,
    outcomeNote: own ? (saidNote ?? '') : '',
    cancelledReason: own || use.cancelledReason === null ? use.cancelledReason : '',
    may: {
      cancel: mayCancel(actor, standing),
      markHeld: mayMarkHeld(actor, { ...standing, purpose: use.purpose, begun: use.dayOn <= today }),
    },
  };
};

/** Schools one works at or leads; the leading group opens every school's day without names. */
const placesOf = async (context: Context, dayOn: string) => {
  const { db, actor, today } = context;
  const term = await findCurrentTerm(db, dayOn);
  const workplaces = await listWorkplaces(db, {
    personId: personOf(context),
    termId: term?.id ?? null,
    on: today,
  });
  const led = schoolsLedBy(actor);
  const inScope = await listSchoolsInScope(db, schoolScope(actor), today);
  const own = [...inScope.filter(({ id }) => led.includes(id)), ...workplaces];
  return {
    term,
    workplaceIds: workplaces.map(({ id }) => id),
    schools: [...new Map([...own, ...inScope].map((school) => [school.id, school])).values()],
  };
};

export const openRoomDay = async (
  context: Context,
  input: Inputs['openRoomDay'],
): Promise<Outputs['openRoomDay']> => {
  const { db, actor, today } = context;
  const { dayOn = today } = input;
  const { term, workplaceIds, schools } = await placesOf(context, dayOn);
  const [first = null] = schools;
  const school = schools.find(({ id }) => id === input.schoolId) ?? first;
  if (input.schoolId !== undefined && school?.id !== input.schoolId) throw notFound();
  const base = { today, dayOn, school, schools };
  if (school === null)
    return {
      ...base,
      rooms: [],
      slots: [],
      uses: [],
      classes: [],
      experiments: [],
      may: { book: false, keep: false },
    };
  const place = { schoolId: school.id, worksThere: workplaceIds.includes(school.id) };
  const named = mayBook(actor, place);
  const classes = term === undefined ? [] : await listClasses(db, school.id, term.schoolYear);
  const grades = new Set(classes.map(({ grade }) => grade));
  const times = await listSlotTimes(db, school.id);
  return {
    ...base,
    rooms: await listRooms(db, school.id, dayOn),
    slots: [
      ...new Map(times.map(({ slot, startsAt, endsAt }) => [slot, { slot, startsAt, endsAt }])).values(),
    ],
    uses: (await store.listUsesOfDay(db, school.id, dayOn)).map((use) => shown(context, use, named)),
    classes: classes.map(({ id, label, grade }) => ({ id, label, grade })),
    experiments: (await listRequired(db, today))
      .filter(({ grade }) => grades.has(grade))
      .map(({ version: _version, ...experiment }) => experiment),
    may: { book: named, keep: mayKeepRooms(actor, school.id) },
  };
};

/** An experiment of the list takes its name and kind from there; another one is named. */
const experimentOf = async (context: Context, booking: Booking) => {
  if (booking.purpose !== 'experiment')
    return { experimentId: null, experimentName: '', experimentMode: null };
  if (booking.experimentId === null) {
    const experimentName = booking.experimentName.trim();
    if (experimentName === '' || booking.experimentMode === null)
      throw invalid('请选择实验，或写明实验名称和演示、分组。', { field: 'experimentName' });
    return { experimentId: null, experimentName, experimentMode: booking.experimentMode };
  }
  const listed = (await listRequired(context.db, context.today)).find(
    ({ id }) => id === booking.experimentId,
  );
  if (listed === undefined)
    throw invalid('这个实验已不在应开实验表上，请重新选择。', { field: 'experimentId' });
  return { experimentId: listed.id, experimentName: listed.name, experimentMode: listed.mode };
};

export const bookRoom = async (
  context: Context,
  booking: Inputs['bookRoom'],
): Promise<Outputs['bookRoom']> => {
  const { db, actor } = context;
  const bookedBy = personOf(context);
  const room = await findRoom(db, booking.roomId);
  const { term, workplaceIds } = await placesOf(context, booking.dayOn);
  if (
    room === undefined ||
    !mayBook(actor, { schoolId: room.schoolId, worksThere: workplaceIds.includes(room.schoolId) })
  )
    throw notFound();
  if (booking.dayOn < room.activeFrom || (room.activeTo !== null && booking.dayOn >= room.activeTo))
    throw invalid('这个场所那一天不使用，请另选场所或日期。');
  const classes = term === undefined ? [] : await listClasses(db, room.schoolId, term.schoolYear);
  const chosen = classes.find(({ id }) => id === booking.classId);
  if (booking.classId !== null && chosen === undefined)
    throw invalid('这个班不在本校，请重新选择班级。', { field: 'classId' });
  const experiment = await experimentOf(context, booking);
  await store.lockRoom(db, room.id);
  const taken = await store.findTaken(db, booking);
  const asked = { ...booking, ...experiment };
  // Sent again after a lost answer.
  if (taken?.id === asked.id && taken.bookedBy === bookedBy && sameBooking(taken, asked))
    return { id: asked.id };
  if (taken !== undefined)
    throw conflict(
      `${room.name}${chineseDate(booking.dayOn)}${slotsLabel(taken.slotFrom, taken.slotTo)}已由${taken.bookedByName}预约${taken.classLabel === '' ? '' : `（${taken.classLabel}）`}，请另选节次或场所。`,
      { otherId: taken.id },
    );
  await store.insertUse(db, asked, {
    schoolId: room.schoolId,
    termId: (await findTermOn(db, booking.dayOn))?.id ?? null,
    classLabel: chosen?.label ?? '',
    grade: chosen?.grade ?? null,
    bookedBy,
  });
  const { roomId, dayOn, slotFrom, slotTo, purpose } = booking;
  await audit(context, 'booked', booking.id, { roomId, dayOn, slotFrom, slotTo, purpose });
  return { id: booking.id };
};

const openUse = async (context: Context, id: string) => {
  const use = await store.findUseForUpdate(context.db, id);
  const standing = use && { ...use, cancelled: use.cancelledAt !== null };
  if (standing === undefined || !mayCancel(context.actor, { ...standing, cancelled: false }))
    throw notFound();
  if (standing.cancelled) throw conflict('这次预约已经取消。');
  return standing;
};

export const cancelBooking = async (
  context: Context,
  { id, reason }: Inputs['cancelBooking'],
): Promise<Outputs['cancelBooking']> => {
  await openUse(context, id);
  await store.markUseCancelled(context.db, id, {
    cancelledAt: context.now.toISOString(),
    cancelledBy: personOf(context),
    cancelledReason: reason,
  });
  await audit(context, 'cancelled', id, { reason });
  return { id };
};

export const markExperiment = async (
  context: Context,
  { id, version, held, note }: Inputs['markExperiment'],
): Promise<Outputs['markExperiment']> => {
  const use = await openUse(context, id);
  if (!mayMarkHeld(context.actor, { ...use, begun: use.dayOn <= context.today }))
    throw invalid('实验当天或以后，才能登记是否开出。');
  if (use.outcomeVersion !== version)
    throw conflict('是否开出刚刚被别人登记过，请看过最新内容后再改。', { version: use.outcomeVersion });
  const next = version + 1;
  await store.insertOutcome(context.db, {
    useId: id,
    version: next,
    held,
    note: note.trim(),
    markedBy: personOf(context),
  });
  await audit(context, 'experiment-marked', id, { held, version: next });
  return { version: next };
};

export const listRoomUses = async (
  context: Context,
  { cursor, limit, ...filter }: Inputs['listRoomUses'],
): Promise<Outputs['listRoomUses']> => {
  const { db, actor, now } = context;
  const scope = schoolScope(actor);
  const asked = { ...filter, cancelled: filter.cancelled ?? false };
  const { rows, nextCursor } = await store.listUses(db, scope, asked, { cursor, limit: limit ?? 30 });
  return {
    rows: rows.map((use) => shown(context, use, scope.schoolIds.includes(use.schoolId))),
    total: await store.countUses(db, scope, asked),
    nextCursor,
    asOf: now.toISOString(),
  };
};

export const roomTerm = async (
  context: Context,
  { termId, schoolId }: Inputs['roomTerm'],
): Promise<Outputs['roomTerm']> => {
  const { db, actor, today, now } = context;
  const scope = schoolScope(actor);
  const term = await (termId === undefined ? findCurrentTerm(db, today) : findTerm(db, termId));
  if (term === undefined) throw notFound('还没有设置学期，请先由系统管理员在校历中设置。');
  const schools = await listSchoolsInScope(db, scope, today);
  const [only = null] = schools.length === 1 ? schools : [];
  const school = schools.find(({ id }) => id === schoolId) ?? only;
  if (schoolId !== undefined && school?.id !== schoolId) throw notFound();
  const to = today < term.endsOn ? today : term.endsOn;
  const filter = { from: term.startsOn, to, schoolId: school?.id, cancelled: false };
  const uses = (by: Parameters<typeof store.countUsesBy>[1]) => store.countUsesBy(db, by, scope, filter);
  const byWeek = await uses('week');
  const byKind = await uses('kind');
  const byRoom = await uses('room');
  const bySchool = await uses('school');
  const counted = (await countRooms(db, scope, to)).filter(
    (one) => school === null || one.schoolId === school.id,
  );
  const roomsIn = (of: (one: (typeof counted)[number]) => boolean): number =>
    counted.filter(of).reduce((sum, { rooms }) => sum + rooms, 0);
  const weeks = weeksOfTerm(term.startsOn, to);
  const year = { from: (await findSchoolYearStart(db, term.schoolYear)) ?? term.startsOn, to };
  const grades =
    school === null ? [] : (await listClasses(db, school.id, term.schoolYear)).map(({ grade }) => grade);
  return {
    term: { id: term.id, name: termName(term.schoolYear, term.term), from: term.startsOn, to },
    school,
    total: await store.countUses(db, scope, filter),
    weeks: weeks.map(({ monday, ...week }) => ({ ...week, uses: byWeek.get(monday) ?? 0 })),
    kinds: roomKinds.map((kind) => ({
      kind,
      rooms: roomsIn((one) => one.kind === kind),
      uses: byKind.get(kind) ?? 0,
    })),
    rooms:
      school === null
        ? []
        : (await listRooms(db, school.id, to, [...byRoom.keys()])).map(
            ({ id, name, kind, openingMinutes }) => ({
              roomId: id,
              name,
              kind,
              uses: byRoom.get(id) ?? 0,
              perWeek: perWeek(byRoom.get(id) ?? 0, weeks.length),
              openingMinutes,
            }),
          ),
    schools:
      school !== null
        ? []
        : (await listSchoolsInScope(db, scope, today, [...bySchool.keys()])).map(({ id, name }) => ({
            schoolId: id,
            schoolName: name,
            rooms: roomsIn((one) => one.schoolId === id),
            uses: bySchool.get(id) ?? 0,
          })),
    library: await readOpeningWanted(db, to),
    experiments:
      school === null
        ? []
        : (await countHeld(db, { schoolId: school.id, grades, ...year })).map((one) => ({
            ...one,
            rate: rateOf(one.held, one.required),
          })),
    experimentYear: year,
    asOf: now.toISOString(),
  };
};
