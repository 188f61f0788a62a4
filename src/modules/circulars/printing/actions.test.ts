import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import { aBody, anAppointment, aPerson, contextOf } from '#modules/classroom/testing.ts';
import type { FileAnswer } from '#platform/http/file-route.ts';
import { createTestDatabase } from '#platform/testing.ts';
import {
  checkCircular,
  draftNotice,
  issueCircular,
  saveDraft,
  signCircular,
  voidCircular,
} from '../actions.ts';
import { printDocx, printPdf } from './actions.ts';

const { db } = await createTestDatabase();

const wordsOf = async ({ bytes }: FileAnswer): Promise<string> => {
  assert.ok(bytes instanceof Uint8Array);
  return Object.entries(unzipSync(bytes))
    .filter(([name]) => name.endsWith('document.xml'))
    .map(([, xml]) =>
      new TextDecoder()
        .decode(xml)
        .replaceAll(/<\/w:p>/g, '\n')
        .replaceAll(/<[^>]+>/g, ''),
    )
    .join('');
};

test('a draft bears no number and says so; the issued paper bears number and date; a voided one says so', async () => {
  const office = await aBody(db, { kind: 'research-office' });
  const drafter = await aPerson(db);
  const checker = await aPerson(db);
  for (const { id } of [drafter, checker])
    await anAppointment(db, id, { post: 'research-officer', bodyId: office });
  const signer = await aPerson(db);
  await anAppointment(db, signer.id, { post: 'head', bodyId: await aBody(db, { kind: 'leading-group' }) });
  const at = '2024-04-02T08:20:00Z';
  const draft = await draftNotice(await contextOf(db, drafter, at), { title: '关于报送研训计划的通知' });
  const saved = await saveDraft(await contextOf(db, drafter, at), {
    ...draft,
    title: '关于报送研训计划的通知',
    body: [
      { kind: 'heading', level: 1, title: '报送时间', text: '' },
      { kind: 'paragraph', text: '请柳树酄中学等校按时报送。' },
      { kind: 'table', heading: '', columns: [{ title: '学校', align: 'left' }], rows: [['柳树酄中学']] },
    ],
  });
  const input = { params: { id: draft.id }, query: {} };
  const drafted = await printDocx(await contextOf(db, drafter, at), input);
  assert.equal(drafted.fileName, '关于报送研训计划的通知（草稿）.docx');
  const draftWords = await wordsOf(drafted);
  assert.match(draftWords, /草稿/);
  assert.doesNotMatch(draftWords, /〔2024〕/);
  assert.match(draftWords, /一、报送时间/);

  const signed = await signCircular(
    await contextOf(db, signer, at),
    await checkCircular(await contextOf(db, checker, at), saved),
  );
  const issued = await issueCircular(await contextOf(db, drafter, at), signed);
  const paper = await printDocx(await contextOf(db, drafter, at), input);
  assert.equal(paper.fileName, '关于报送研训计划的通知.docx');
  const words = await wordsOf(paper);
  assert.match(words, /丰教研字〔2024〕1号/);
  assert.match(words, /2024年4月2日/);
  assert.doesNotMatch(words, /草稿/);
  const { bytes } = await printPdf(await contextOf(db, drafter, at), input);
  assert.ok(bytes instanceof Uint8Array);
  assert.equal(new TextDecoder().decode(bytes.subarray(0, 5)), '%PDF-');

  await voidCircular(await contextOf(db, signer, at), { ...issued, reason: '时间有误' });
  assert.match(
    await wordsOf(await printDocx(await contextOf(db, drafter, at), input)),
    /本件已作废：时间有误/,
  );
});
