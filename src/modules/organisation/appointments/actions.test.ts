import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createTestDatabase } from '#platform/testing.ts';
import {
  actorOf,
  contextFor,
  makeAppointment,
  makeBody,
  makePerson,
  makeSchool,
  standingBody,
} from '../testing.ts';
import { appoint, endAppointment, previewEndOfAppointment } from './actions.ts';

const { db } = await createTestDatabase();

const district = async () => {
  const school = await makeSchool(db, '春晖小学');
  const principal = await makePerson(db, '赵校长', { schoolId: school });
  const asPrincipal = await makeAppointment(db, principal, 'principal', { schoolId: school });
  await makeAppointment(db, principal, 'dean', { schoolId: school });
  const officer = await makePerson(db, '钱教研');
  await makeAppointment(db, officer, 'research-officer', {
    bodyId: await standingBody(db, 'research-office'),
  });
  const group = await makeBody(db, 'core-group', '小学语文研训中心组', {
    stage: 'primary',
    subject: 'chinese',
  });
  const asLead = await makeAppointment(db, officer, 'lead', { bodyId: group });
  return { school, principal, asPrincipal, officer, group, asLead };
};

let made: Awaited<ReturnType<typeof district>>;
before(async () => {
  made = await district();
});

const system = async () => contextFor(db, await actorOf(db, null, { duties: ['system'] }));
const officer = async () => contextFor(db, await actorOf(db, made.officer));

const blank = {
  bodyId: null,
  schoolId: null,
  stage: null,
  subject: null,
  gradeFrom: null,
  gradeTo: null,
  activeTo: null,
  activeFrom: '2026-09-01',
};

test('the research office appoints to core groups, not to schools', async () => {
  const person = await makePerson(db, '孙老师', { schoolId: made.school });
  const membership = { ...blank, personId: person, bodyId: made.group, post: 'member' } as const;
  await appoint(await officer(), membership);
  await assert.rejects(appoint(await officer(), membership), { kind: 'conflict' });
  await assert.rejects(
    appoint(await officer(), { ...blank, personId: person, schoolId: made.school, post: 'dean' }),
    { kind: 'forbidden' },
  );
  await appoint(await system(), { ...blank, personId: person, schoolId: made.school, post: 'dean' });
  await assert.rejects(appoint(await system(), { ...membership, post: 'principal' }), { kind: 'invalid' });
  const posts = (await actorOf(db, person)).appointments.map(({ post }) => post);
  assert.deepEqual(posts, ['member', 'dean']);
});

test('rights that another post still gives are not listed as lost', async () => {
  const effect = await previewEndOfAppointment(await system(), {
    appointmentId: made.asPrincipal,
    activeTo: '2026-12-01',
  });
  assert.deepEqual(effect, {
    permissionsLost: [],
    cellsEmptied: [],
    leftWithoutLead: ['春晖小学'],
  });
});

test('the end of the only lead is shown, saved with a version, and gives nothing from that day', async () => {
  const effect = await previewEndOfAppointment(await system(), {
    appointmentId: made.asLead,
    activeTo: '2026-12-01',
  });
  assert.deepEqual(effect.leftWithoutLead, ['小学语文研训中心组']);
  assert.equal(effect.permissionsLost.length, 1);
  const end = { appointmentId: made.asLead, version: 1, activeTo: '2026-12-01' };
  await assert.rejects(endAppointment(await officer(), end), { kind: 'forbidden' });
  await endAppointment(await system(), end);
  await assert.rejects(endAppointment(await system(), end), { kind: 'conflict' });
  const leadsOn = async (on: string) =>
    (await actorOf(db, made.officer, { on })).appointments.filter(({ post }) => post === 'lead').length;
  assert.deepEqual([await leadsOn('2026-11-30'), await leadsOn('2026-12-01')], [1, 0]);
});
