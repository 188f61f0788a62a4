import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { it } from 'node:test';
import { newId } from '#platform/ids.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { makeDocx, makePng, para } from '#platform/word/testing.ts';
import { plainText } from '../content/rules.ts';
import { startLibraryServer } from '../server/testing.ts';
import { aLibraryDistrict, aStartedItem } from '../testing.ts';
import { aWordLesson } from '../word-start/testing.ts';

const { db } = await createTestDatabase();
const people = await aLibraryDistrict(db);
const { writer, second, teacher } = people;
const { bring, call, get } = await startLibraryServer(db, { writer, second, teacher });
const { roundId } = await aStartedItem(db, people);
const board = { key: 'board', title: '板书设计', form: 'text' };
const asked = { documentId: roundId, section: board, chosen: ['board'] };

it('a section of a Word file comes with its pictures, which whoever writes the draft then sees', async () => {
  const png = makePng(50, 20);
  const file = createHash('sha256').update(png).digest('hex');
  const { importId } = (await bring('writer', aWordLesson({ png }))).json;
  const picture = `/files/library/picture/${file}`;
  assert.equal((await get('second', picture)).status, 404);
  const taken = await call('writer', 'takeWordSection', { ...asked, importId });
  assert.equal(taken.status, 200, JSON.stringify(taken.json));
  assert.match(JSON.stringify(taken.json.body), new RegExp(file));
  assert.equal((await get('second', picture)).status, 200);
  const rows = await call('writer', 'takeWordSection', {
    ...asked,
    importId,
    section: { key: 'process', title: '教学过程', form: 'rows' },
    chosen: ['process'],
  });
  assert.match(plainText(rows.json.body), /出示一个蛋糕/u);
  const audited = await db
    .selectFrom('platform.auditEntry')
    .where('action', '=', 'library.word-section-taken')
    .select('after')
    .execute();
  assert.equal(audited.length, 2);
  assert.ok(!JSON.stringify(audited).includes('蛋糕'));
});

it('of a file of somebody else, of another kind, or into a draft that is not open to them nothing comes', async () => {
  const { importId } = (await bring('writer', aWordLesson())).json;
  const other = (await bring('writer', makeDocx({ body: para('说明') }), 'x.docx', 'test-paper')).json;
  const teachers = (await bring('teacher', aWordLesson())).json;
  for (const [who, input, status] of [
    ['second', { ...asked, importId }, 404],
    ['teacher', { ...asked, importId: teachers.importId }, 404],
    ['writer', { ...asked, importId: other.importId }, 422],
    ['writer', { ...asked, importId, chosen: ['goals'] }, 422],
    ['writer', { ...asked, importId, documentId: newId() }, 404],
  ] as const)
    assert.equal(
      (await call(who, 'takeWordSection', input)).status,
      status,
      `${who} ${JSON.stringify(input)}`,
    );
});
