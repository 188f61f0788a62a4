import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeAppointment, makePerson } from '#modules/organisation/testing.ts';
import { makePng } from '#platform/files/testing.ts';
import { newId } from '#platform/ids.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { startLibraryServer } from '../server/testing.ts';
import { aLibraryDistrict } from '../testing.ts';
import { aVolumeInUse } from '../unit-grid/testing.ts';

const { db } = await createTestDatabase();
const district = await aLibraryDistrict(db);
const { first, second } = await aVolumeInUse(db);
const { writer, third, colleague, elsewhere, chinese, here } = district;
const own = await makePerson(db, '教师丁', { schoolId: here });
await makeAppointment(db, own, 'subject-lead', {
  schoolId: here,
  subject: 'mathematics',
  gradeFrom: 3,
  gradeTo: 3,
});
const people = { writer, third, own, colleague, elsewhere, chinese };
const { call, get, upload } = await startLibraryServer(db, people);
type Who = keyof typeof people;

const place = { subject: 'mathematics', grade: 3 } as const;
const add = async (who: Who, title: string, given: object = {}) =>
  call(who, 'addFile', {
    ...place,
    uploadId: await upload(who, makePng(30, 20), `${title}.png`),
    title,
    kind: 'homework-design',
    unitId: second.id,
    ...given,
  });
const found = async (who: Who, q: string) => (await call(who, 'searchItems', { q, limit: 30 })).json.rows;

describe('adding a file quickly', () => {
  it('knows subject, grade, units and owner before anything is typed', async () => {
    const { json } = await call('own', 'startingFile', {});
    assert.deepEqual(
      [json.place.subject, json.place.grade, json.owner],
      ['mathematics', 3, { schoolName: '晨光小学' }],
    );
    assert.deepEqual(
      json.place.volumes.flatMap(({ units }: { units: { id: string }[] }) => units.map(({ id }) => id)),
      [first.id, second.id],
    );
    assert.equal(json.place.unitId, null);
    const fromUnit = (await call('writer', 'startingFile', { unitId: second.id })).json;
    assert.deepEqual([fromUnit.place.unitId, fromUnit.owner], [second.id, { schoolName: null }]);
  });

  it('makes a school’s own item with the file, found at once by the school and by nobody else', async () => {
    const { status, json } = await add('own', '口算卡片');
    assert.equal(status, 200);
    const item = (await call('own', 'getItem', { id: json.id })).json;
    assert.deepEqual(
      [item.schoolName, item.shared, item.kind, item.unitId, item.grade, item.round.state],
      ['晨光小学', false, 'homework-design', second.id, 3, 'drafting'],
    );
    const [row, ...others] = await found('colleague', '口算卡片');
    assert.deepEqual([row.id, others], [json.id, []]);
    assert.deepEqual(row.cover.picture, true);
    assert.deepEqual([await found('elsewhere', '口算卡片'), await found('chinese', '口算卡片')], [[], []]);
    const picture = `/files/library/attachments/${row.cover.attachmentId}/first-page`;
    assert.equal((await get('colleague', picture)).headers.get('content-type'), 'image/png');
    assert.equal((await get('elsewhere', picture)).status, 404);
  });

  it('makes the core group’s draft where one writes for it, found by the group alone', async () => {
    const { json } = await add('writer', '万以内加法课件', { kind: 'lesson-design', unitId: first.id });
    const item = (await call('third', 'getItem', { id: json.id })).json;
    assert.deepEqual([item.schoolId, item.shared, item.published], [null, true, null]);
    assert.deepEqual(
      (await found('third', '万以内加法')).map(({ id }: { id: string }) => id),
      [json.id],
    );
    assert.deepEqual(await found('colleague', '万以内加法'), []);
    const { json: guide } = await add('writer', '进度表', { kind: 'pacing-guide' });
    const whole = (await call('writer', 'getItem', { id: guide.id })).json;
    assert.deepEqual([whole.unitId, whole.volumeId !== null], [null, true]);
  });

  it('refuses what is not one’s own, and makes nothing then', async () => {
    const hers = await upload('writer', makePng(31, 20), '别人的.png');
    assert.equal((await add('own', '拿来的', { uploadId: hers })).status, 404);
    assert.deepEqual(await found('own', '拿来的'), []);
    assert.equal((await add('chinese', '跨学科')).status, 403);
    assert.equal((await add('own', '没有单元', { unitId: newId() })).status, 422);
  });
});
