import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import { aDistrict, aFinding, takeSteps } from '#modules/classroom/finding/testing.ts';
import { aTerm, contextOf, type TestPerson } from '#modules/classroom/testing.ts';
import { Refusal } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import {
  checkCircular,
  draftLetter,
  getCircular,
  issueCircular,
  lettersOfFinding,
  listCirculars,
  listReceipts,
  openCircular,
  redraftBulletin,
  saveDraft,
  signCircular,
  voidCircular,
} from '../actions.ts';
import { printDocx, printPdf } from '../printing/actions.ts';

const { db } = await createTestDatabase();
await aTerm(db);
const district = await aDistrict(db);
const { officer, colleague, head, principal, vice, teacher, elsewhere, here, there } = district;
const at = '2024-03-21T02:00:00Z';
const as = (person: TestPerson) => contextOf(db, person, at);
/** As a request does it: refused, all of it is undone. */
const draftAs = async (person: TestPerson, ...findingIds: string[]) => {
  const context = await as(person);
  return db
    .transaction()
    .execute((transaction) => draftLetter({ ...context, db: transaction }, { findingIds }));
};
const issue = async (draft: { id: string; version: number }) => {
  const checked = await checkCircular(await as(colleague), draft);
  return issueCircular(await as(officer), await signCircular(await as(head), checked));
};
const refusedAs =
  (kind: Refusal['kind'], says: RegExp = /./) =>
  (error: unknown): boolean =>
    error instanceof Refusal && error.kind === kind && says.test(error.message);
const letters = async (person: TestPerson, findingId: string) =>
  (await lettersOfFinding(await as(person), { findingId })).rows.map(({ state }) => state);

test('from a finding to the letter that its school reads, and no other', async () => {
  const finding = await aFinding(db, district);
  const second = await aFinding(db, district, { type: 'handwriting', advice: '' });
  const offered = await lettersOfFinding(await as(officer), { findingId: finding.id });
  assert.equal(offered.mayDraft, true);
  assert.deepEqual(
    offered.others.map(({ id }) => id),
    [second.id],
  );
  assert.equal((await lettersOfFinding(await as(principal), { findingId: finding.id })).mayDraft, false);

  const draft = await draftAs(officer, finding.id, second.id);
  const written = await getCircular(await as(officer), draft);
  assert.equal(written.title, `唐山市丰南区教育局关于${here.name}有关问题的整改通知书`);
  assert.deepEqual(
    [written.schoolName, written.letterhead.recipients, written.letterhead.copyTo],
    [here.name, here.name, ''],
  );
  assert.deepEqual(
    written.findings.map(({ id }) => id),
    [finding.id, second.id],
  );
  const text = JSON.stringify(written.body);
  for (const { name } of [principal, vice, teacher, officer]) assert.ok(!text.includes(name), name);
  assert.deepEqual(written.namesInText, []);
  assert.deepEqual(await letters(officer, finding.id), ['draft']);
  assert.deepEqual(await letters(principal, finding.id), [], 'a draft is the office’s own');
  await assert.rejects(getCircular(await as(principal), draft), refusedAs('not-found'));
  await assert.rejects(checkCircular(await as(officer), draft), refusedAs('forbidden'));

  const { documentNumber } = await issue(draft);
  const input = { id: draft.id };
  const read = await getCircular(await as(principal), input);
  assert.deepEqual([read.readByMe, read.steps, read.letterhead.recipients], [false, [], here.name]);
  assert.ok((await openCircular(await as(principal), input)).readAt !== null);
  const { rows } = await listReceipts(await as(officer), input);
  assert.deepEqual(
    rows.map(({ personId, readAt }) => [personId, readAt !== null]),
    [
      [principal.id, true],
      [vice.id, false],
    ],
    'those who lead the school and nobody else',
  );
  assert.deepEqual(await letters(principal, second.id), ['issued']);

  // Another school's head finds it nowhere; a teacher has no letters at all.
  for (const other of [elsewhere, teacher]) {
    await assert.rejects(getCircular(await as(other), input), refusedAs('not-found'));
    assert.deepEqual((await listCirculars(await as(other), { limit: 100 })).rows, []);
    await assert.rejects(printPdf(await as(other), { params: input, query: {} }), refusedAs('not-found'));
    assert.deepEqual(await letters(other, finding.id), []);
  }

  const paper = await printDocx(await as(principal), { params: input, query: {} });
  assert.ok(paper.bytes instanceof Uint8Array);
  const xml = unzipSync(paper.bytes)['word/document.xml'];
  const words = new TextDecoder()
    .decode(xml)
    .replaceAll(/<\/w:p>/g, '\n')
    .replaceAll(/<[^>]+>/g, '');
  assert.match(words, new RegExp(`丰教研字〔2024〕${documentNumber.number}号`));
  assert.match(words, new RegExp(`\\n${here.name}：\\n`));
  assert.match(words, /一、发现的问题\n（一）方法不当/);
  assert.match(words, /\n（二）规范书写/);
  assert.doesNotMatch(words, /抄送|草稿/);
  const { bytes } = await printPdf(await as(officer), { params: input, query: {} });
  assert.ok(bytes instanceof Uint8Array && bytes.length > 10_000);
});

test('one letter stands for a finding, also at the same moment; once voided another may be written', async () => {
  const { id } = await aFinding(db, district);
  const outcomes = await Promise.allSettled([
    draftAs(officer, id),
    draftAs(colleague, id),
    draftAs(officer, id),
  ]);
  const made = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  assert.equal(made.length, 1);
  const [first] = made;
  assert.ok(first !== undefined);
  await assert.rejects(
    draftAs(officer, id),
    (error) =>
      error instanceof Refusal && error.kind === 'conflict' && error.details['existingId'] === first.id,
  );
  assert.equal((await lettersOfFinding(await as(officer), { findingId: id })).mayDraft, false);
  const issued = await issue(first);
  await voidCircular(await as(head), { id: issued.id, version: issued.version, reason: '期限有误' });
  assert.equal((await lettersOfFinding(await as(officer), { findingId: id })).mayDraft, true);
  const again = await draftAs(officer, id);
  assert.deepEqual(await letters(officer, id), ['draft', 'voided']);
  await voidCircular(await as(officer), { ...again, reason: '不发了' });
  assert.deepEqual(await letters(officer, id), ['voided'], 'a draft that was given up is not shown');
});

test('no letter without hand-over, about settled findings, for two schools, or about what is inside a school', async () => {
  const registered = await aFinding(db, district, { handOver: null });
  await assert.rejects(draftAs(officer, registered.id), refusedAs('invalid', /先交办/));
  const cancelled = await aFinding(db, district);
  await takeSteps(db, cancelled.id, cancelled.version, [[officer, 'cancel', '2024-03-20']]);
  await assert.rejects(draftAs(officer, cancelled.id), refusedAs('invalid', /已经办结/));
  const one = await aFinding(db, district);
  const other = await aFinding(db, district, { schoolId: there.id });
  await assert.rejects(draftAs(officer, one.id, other.id), refusedAs('invalid', /一所学校/));
  const inside = await aFinding(db, { officer: principal, here }, { kind: 'school', handOver: null });
  await assert.rejects(draftAs(officer, inside.id), refusedAs('not-found'));
  await assert.rejects(draftAs(officer, one.id, crypto.randomUUID()), refusedAs('not-found'));
  assert.equal((await lettersOfFinding(await as(officer), { findingId: inside.id })).mayDraft, false);
});

test('a name of the school’s people is told and not let through unseen; a settled finding stops the letter', async () => {
  const finding = await aFinding(db, district, { description: `${teacher.name}的课以讲代练。` });
  const draft = await draftAs(officer, finding.id);
  const { title, namesInText, body } = await getCircular(await as(colleague), draft);
  assert.deepEqual(namesInText, [teacher.name]);
  await assert.rejects(
    checkCircular(await as(colleague), draft),
    refusedAs('invalid', new RegExp(teacher.name)),
  );
  const saved = await saveDraft(await as(officer), {
    ...draft,
    title,
    body: [...body, { kind: 'paragraph', text: '手写的一句。' }],
  });
  const redrafted = await redraftBulletin(await as(officer), saved);
  assert.doesNotMatch(JSON.stringify((await getCircular(await as(officer), draft)).body), /手写的一句/);
  const checked = await checkCircular(await as(colleague), { ...redrafted, namesAreWords: true });
  const signed = await signCircular(await as(head), checked);
  await takeSteps(db, finding.id, finding.version, [[officer, 'cancel', '2024-03-21']]);
  await assert.rejects(issueCircular(await as(officer), signed), refusedAs('conflict', /办结或撤销/));
});
