import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { makeXlsx } from '#platform/spreadsheet/testing.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { findCurrentTerm, findTermOn } from '../calendar/store.ts';
import {
  exchangeLessons,
  listDayLessons,
  substituteLesson,
  withdrawSubstitution,
} from '../substitution/actions.ts';
import { listTaughtLessons } from '../substitution/store.ts';
import { listAssignments, listClasses, setTimetable } from '../teaching/actions.ts';
import { actorOf, contextFor, makeAppointment, makePerson, makeSchool } from '../testing.ts';
import type { Subject } from '../vocabulary/contract.ts';
import {
  applyTimetable,
  bringTimetable,
  decideTimetable,
  getTimetableImport,
  listTimetableRows,
} from './actions.ts';

const { db } = await createTestDatabase();

const teachers: readonly (readonly [string, Subject])[] = [
  ['陈一', 'chinese'],
  ['陈二', 'mathematics'],
  ['陈三', 'english'],
  ['重名', 'music'],
  ['重名', 'fine-art'],
];

const district = async () => {
  const schoolId = await makeSchool(db, '清河小学');
  const principal = await makePerson(db, '赵校长', { schoolId });
  await makeAppointment(db, principal, 'principal', { schoolId });
  const other = await makePerson(db, '别校长', { schoolId: await makeSchool(db, '别的小学') });
  const ids: string[] = [];
  for (const [name, subject] of teachers)
    ids.push(await makePerson(db, name, { schoolId, subjects: [subject] }));
  const term = await findCurrentTerm(db, '2026-11-23');
  assert.ok(term);
  return { schoolId, principal, other, termId: term.id, ids };
};

let made: Awaited<ReturnType<typeof district>>;
before(async () => {
  made = await district();
});

const asPrincipal = async () => contextFor(db, await actorOf(db, made.principal));

const bring = async (bytes: Buffer) =>
  (
    await bringTimetable(await asPrincipal(), {
      params: {},
      query: { school: made.schoolId, term: made.termId, name: '课表.xlsx' },
      bytes,
    })
  ).importId;

const look = async (importId: string) => getTimetableImport(await asPrincipal(), { importId });

const decide = async (importId: string, decisions: Record<string, string>, complete = true) => {
  const { version } = await look(importId);
  await decideTimetable(await asPrincipal(), { importId, version, decisions, complete });
};

const apply = async (importId: string) => {
  const { version, shown } = await look(importId);
  return applyTimetable(await asPrincipal(), { importId, version, shown });
};

const book = (monday: string, second = '数学 陈二') =>
  makeXlsx([
    {
      name: '三(1)班',
      rows: [
        ['三(1)班课程表'],
        ['', '节次', '星期一', '星期二'],
        ['上午', '1', monday, '英语 陈三'],
        ['', '2', second, '书法 陈一'],
        ['', '9', '', '语文 陈一'],
      ],
      merges: ['A3:A5'],
    },
    {
      name: '三(2)班',
      rows: [
        ['', '节次', '星期一', '星期二'],
        ['', '1', '数学 陈二', '语文 陈一'],
        ['', '2', '阅读 陈九', '音乐 重名（单）/美术 重名（双）'],
      ],
    },
  ]);

const rowsOf = async (importId: string, status: 'new' | 'changed' | 'removed' | 'needs-decision') =>
  (await listTimetableRows(await asPrincipal(), { importId, status })).rows.map(({ text, reason }) =>
    `${text} ${reason}`.trim(),
  );

describe('a school’s timetable', () => {
  it('is previewed with its questions, written, and brings nothing a second time', async () => {
    const importId = await bring(book('语文 陈一'));
    const preview = await look(importId);
    assert.deepEqual(preview.newClasses, ['三年级(1)班', '三年级(2)班']);
    assert.deepEqual(
      preview.questions.map(({ kind, cell }) => `${kind} ${cell}`),
      ['bells 三(1)班!D5', 'subject 三(2)班!C3'],
    );
    assert.deepEqual(preview.changes, { new: 8, changed: 0, removed: 0, unchanged: 0 });
    assert.equal((await listClasses(await asPrincipal(), { schoolId: made.schoolId })).rows.length, 0);
    await apply(importId);
    const again = await look(await bring(book('语文 陈一')));
    assert.deepEqual(again.changes, { new: 0, changed: 0, removed: 0, unchanged: 8 });
    const { rows } = await listAssignments(await asPrincipal(), {
      schoolId: made.schoolId,
      termId: made.termId,
    });
    assert.deepEqual(
      rows
        .filter(({ classLabel }) => classLabel === '三年级(2)班')
        .map(({ personName, subject, timetable }) => [personName, subject, timetable]),
      [
        ['陈一', 'chinese', [{ weekday: 2, slot: 1, parity: 'every' }]],
        ['重名', 'fine-art', [{ weekday: 2, slot: 2, parity: 'even' }]],
        ['陈二', 'mathematics', [{ weekday: 1, slot: 1, parity: 'every' }]],
        ['重名', 'music', [{ weekday: 2, slot: 2, parity: 'odd' }]],
      ],
    );
  });

  it('what was decided later is written by a second step', async () => {
    const importId = await bring(book('语文 陈一'));
    await decide(importId, { 'subject:阅读': 'chinese', 'bells:primary:9': 'leave-out' });
    const named = await look(importId);
    assert.deepEqual(
      named.questions.map(({ key }) => key),
      ['teacher:陈九'],
    );
    await decide(importId, { ...named.decisions, 'teacher:陈九': made.ids[0] ?? '' });
    assert.deepEqual(await rowsOf(importId, 'new'), ['三年级(2)班 周一第2节 语文 陈一']);
    await apply(importId);
    const done = await look(importId);
    assert.deepEqual([done.open, done.applied?.new], [false, 1]);
    await assert.rejects(apply(importId), { kind: 'conflict' });
  });

  it('lists what was set by hand before it is written over, and what the file no longer holds', async () => {
    const context = await asPrincipal();
    const listed = await listAssignments(context, { schoolId: made.schoolId, termId: made.termId });
    const english = listed.rows.find(({ subject }) => subject === 'english');
    await setTimetable(context, {
      assignmentId: english?.id ?? '',
      timetable: [
        { weekday: 2, slot: 1 },
        { weekday: 3, slot: 4 },
      ],
    });
    const importId = await bring(book('英语 陈三'));
    assert.deepEqual(
      (await look(importId)).overwritten.map(({ text, reason }) => `${text}：${reason}`),
      ['三年级(1)班 周三第4节 英语 陈三：文件里没有这一节（手工设定）'],
    );
    assert.deepEqual(await rowsOf(importId, 'changed'), ['三年级(1)班 周一第1节 英语 陈三 原为语文 陈一']);
    // The place in question (阅读) keeps what stands there.
    assert.deepEqual(await rowsOf(importId, 'removed'), [
      '三年级(1)班 周三第4节 英语 陈三 文件里没有这一节（手工设定）',
    ]);
    await decide(importId, {}, false);
    assert.deepEqual(await rowsOf(importId, 'removed'), []);
  });

  it('two lessons in one place, and one teacher in two classes, are asked', async () => {
    const importId = await bring(book('语文 陈一 / 英语 陈三', '数学 陈二'));
    const place = (await look(importId)).questions.find(({ kind }) => kind === 'place');
    assert.match(place?.text ?? '', /三年级\(1\)班周一第1节写了不止一节课/);
    const busy = await bring(book('数学 陈二'));
    const clash = (await look(busy)).questions.find(({ kind }) => kind === 'teacher-slot');
    assert.match(clash?.text ?? '', /陈二周一第1节不能同时在三年级\(1\)班/);
    const first = clash?.choices[0]?.value ?? '';
    await decide(busy, { [clash?.key ?? '']: first });
    assert.deepEqual(await rowsOf(busy, 'changed'), ['三年级(1)班 周一第1节 数学 陈二 原为语文 陈一']);
    assert.equal(
      (await rowsOf(busy, 'removed')).includes('三年级(2)班 周一第1节 数学 陈二 让给文件里的课'),
      true,
    );
  });

  it('a preview that is no longer true is not written, and other schools’ people find nothing', async () => {
    const importId = await bring(book('英语 陈三'));
    const { version, shown } = await look(importId);
    await assert.rejects(applyTimetable(await asPrincipal(), { importId, version, shown: `${shown}0` }), {
      kind: 'conflict',
    });
    const stranger = contextFor(db, await actorOf(db, made.other));
    await assert.rejects(getTimetableImport(stranger, { importId }), { kind: 'not-found' });
    await assert.rejects(
      bringTimetable(stranger, {
        params: {},
        query: { school: made.schoolId, term: made.termId },
        bytes: book('语文 陈一'),
      }),
      { kind: 'not-found' },
    );
    await assert.rejects(bring(Buffer.from('姓名\t电话\n甲\t1')), { kind: 'invalid' });
  });
});

describe('代课和调课', () => {
  const day = '2026-11-23';
  const at = async () => {
    const context = await asPrincipal();
    const { rows } = await listClasses(context, { schoolId: made.schoolId });
    return { context, classId: rows.find(({ label }) => label === '三年级(1)班')?.id ?? '' };
  };
  const given = async (on: string, slot: number, number: number) => {
    const term = await findTermOn(db, on);
    const lessons =
      term === undefined ? [] : await listTaughtLessons(db, { schoolId: made.schoolId, term, on });
    return lessons.filter((lesson) => lesson.slot === slot && lesson.grade === 3 && lesson.number === number);
  };
  const taught = async (slot: number, on = day) =>
    (await given(on, slot, 1)).map(({ subject, teacherName, insteadOf }) => [
      subject,
      teacherName,
      insteadOf?.teacherName ?? null,
    ]);

  it('the proposal shows who really teaches; withdrawn, the timetable holds again', async () => {
    const { context, classId } = await at();
    const place = { schoolId: made.schoolId, classId, dayOn: day, slot: 1 };
    assert.deepEqual(await taught(1), [['chinese', '陈一', null]]);
    await substituteLesson(context, {
      ...place,
      personId: made.ids[2] ?? '',
      subject: 'english',
      reason: '外出',
    });
    assert.deepEqual(await taught(1), [['english', '陈三', '陈一']]);
    await assert.rejects(
      substituteLesson(context, {
        ...place,
        personId: made.ids[1] ?? '',
        subject: 'mathematics',
        reason: '',
      }),
      { kind: 'conflict' },
    );
    const { lessons } = await listDayLessons(context, { schoolId: made.schoolId, classId, dayOn: day });
    const substitutionId = lessons.find(({ slot }) => slot === 1)?.substitutionId ?? '';
    await withdrawSubstitution(context, { schoolId: made.schoolId, substitutionId });
    assert.deepEqual(await taught(1), [['chinese', '陈一', null]]);
    await assert.rejects(withdrawSubstitution(context, { schoolId: made.schoolId, substitutionId }), {
      kind: 'conflict',
    });
  });

  it('two lessons change places, also between days, and go back together', async () => {
    const { context, classId } = await at();
    const place = { schoolId: made.schoolId, classId, dayOn: day, slot: 2 };
    await exchangeLessons(context, { ...place, otherDayOn: '2026-11-24', otherSlot: 1, reason: '教研' });
    assert.deepEqual(await taught(2), [['english', '陈三', '陈二']]);
    assert.deepEqual(await taught(1, '2026-11-24'), [['mathematics', '陈二', '陈三']]);
    const { lessons } = await listDayLessons(context, { schoolId: made.schoolId, classId, dayOn: day });
    const substitutionId = lessons.find(({ slot }) => slot === 2)?.substitutionId ?? '';
    await withdrawSubstitution(context, { schoolId: made.schoolId, substitutionId });
    assert.deepEqual(await taught(1, '2026-11-24'), [['english', '陈三', null]]);
  });

  it('follows the weekday of a make-up day and the week’s parity; nothing is entered for a holiday', async () => {
    const { context, classId } = await at();
    // 2026-09-20 is a Sunday taught as a Tuesday.
    assert.deepEqual(await taught(1, '2026-09-20'), [['english', '陈三', null]]);
    const second = async (on: string) => (await given(on, 2, 2)).map(({ subject }) => subject);
    assert.deepEqual([await second('2026-09-08'), await second('2026-09-15')], [['fine-art'], ['music']]);
    await assert.rejects(
      substituteLesson(context, {
        schoolId: made.schoolId,
        classId,
        dayOn: '2026-10-01',
        slot: 1,
        personId: made.ids[2] ?? '',
        subject: 'english',
        reason: '',
      }),
      { kind: 'invalid' },
    );
  });
});
