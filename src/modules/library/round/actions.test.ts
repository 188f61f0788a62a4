import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newId } from '#platform/ids.ts';
import { Refusal, type RefusalKind } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { remarksOnDraft } from '../co-editing/actions.ts';
import { findDraftContent, replaceDraftSection } from '../co-editing/store.ts';
import { commentActions } from '../comment/actions.ts';
import { emptyContent } from '../content/rules.ts';
import { getItem, getVersion, listItems, listVersions, startItem } from '../item/actions.ts';
import {
  addRow,
  aLessonDesign,
  aLibraryDistrict,
  aParagraph,
  aPublishedItem,
  aRow,
  aStartedItem,
  contextOf,
  mostGoals,
  primaryMaths,
  publishOpenRound,
} from '../testing.ts';
import {
  decideReview,
  dropRound,
  findRoundDraft,
  getRound,
  listReviewers,
  listReviews,
  publishRound,
  startRound,
  submitRound,
  takeBackRound,
} from './actions.ts';

const { db } = await createTestDatabase();
const district = await aLibraryDistrict(db);
const { here, lead, writer, second, third, chinese, head, principal, teacher, elsewhere } = district;

const refused = (kind: RefusalKind) => (error: unknown) => error instanceof Refusal && error.kind === kind;
const as = (personId: string) => contextOf(db, personId);
const roundAs = async (personId: string, id: string) => getRound(await as(personId), { id });

const submitted = async (roundId: string, reviewers = [second, third]) => {
  const { version } = await roundAs(writer, roundId);
  return submitRound(await as(writer), { id: roundId, version, note: '请看重点', reviewers });
};

const decide = async (
  personId: string,
  roundId: string,
  verdict: 'approved' | 'changes',
  remark = '板书请再简明。',
) => {
  const { submissions } = await roundAs(lead, roundId);
  const review = submissions[0]?.reviews.find(({ reviewer }) => reviewer.id === personId);
  assert.ok(review);
  return decideReview(await as(personId), { id: review.id, version: review.version, verdict, remark });
};

describe('starting an item', () => {
  it('is for the core group of the field, or for one of the own school', async () => {
    const started = { ...primaryMaths, kind: 'lesson-design', title: '认识分数', shared: false } as const;
    for (const personId of [teacher, chinese, head, principal])
      await assert.rejects(
        as(personId).then((context) => startItem(context, { ...started, schoolId: null })),
        refused('forbidden'),
      );
    await assert.rejects(
      as(elsewhere).then((context) => startItem(context, { ...started, schoolId: here })),
      refused('forbidden'),
    );
    const { id } = await startItem(await as(teacher), { ...started, schoolId: here });
    assert.equal((await getItem(await as(teacher), { id })).schoolName, '晨光小学');
    for (const personId of [elsewhere, chinese, lead])
      await assert.rejects(
        as(personId).then((context) => getItem(context, { id })),
        refused('not-found'),
      );
  });

  it('refuses a grade of another stage and a place that does not exist', async () => {
    const started = { kind: 'lesson-design', title: '一', schoolId: null, shared: true } as const;
    await assert.rejects(
      as(writer).then((context) => startItem(context, { ...started, ...primaryMaths, grade: 7 })),
      refused('invalid'),
    );
    await assert.rejects(
      as(writer).then((context) => startItem(context, { ...started, ...primaryMaths, volumeId: newId() })),
      refused('invalid'),
    );
    await assert.rejects(
      as(writer).then((context) => startItem(context, { ...started, ...primaryMaths, unitId: newId() })),
      refused('invalid'),
    );
  });

  it('begins with the empty form of its kind, and keeps what came from elsewhere beside it', async () => {
    const { roundId } = await startItem(await as(writer), {
      ...primaryMaths,
      kind: 'unit-assessment',
      title: '分数的初步认识',
      schoolId: null,
      shared: true,
      content: {
        sections: [
          { key: 'own-1', title: '附记', body: { form: 'text', blocks: [aParagraph('从旧教案来。')] } },
        ],
      },
    });
    const { content } = await roundAs(writer, roundId);
    assert.deepEqual(
      content.sections.map(({ key }) => key),
      [...emptyContent('unit-assessment').sections.map(({ key }) => key), 'own-1'],
    );
  });
});

describe('who sees a draft', () => {
  it('the core group writes, the leading group reads, everybody else finds nothing', async () => {
    const { id, roundId } = await aStartedItem(db, district);
    for (const [personId, access] of [
      [writer, 'edit'],
      [second, 'edit'],
      [lead, 'edit'],
      [head, 'read'],
      [teacher, null],
      [principal, null],
      [chinese, null],
    ] as const) {
      const { actor } = await as(personId);
      assert.equal((await findRoundDraft(db, roundId, actor))?.access ?? null, access);
      if (access === null) {
        await assert.rejects(roundAs(personId, roundId), refused('not-found'));
        await assert.rejects(
          as(personId).then((context) => getItem(context, { id })),
          refused('not-found'),
        );
      } else assert.equal((await roundAs(personId, roundId)).may.write, access === 'edit');
    }
    const { rows } = await listItems(await as(teacher), { view: 'in-work', limit: 100 });
    assert.equal(
      rows.some((row) => row.id === id),
      false,
    );
  });
});

describe('a round', () => {
  it('goes through two reviewers, back for changes, and out as a version', async () => {
    const { id, roundId } = await aStartedItem(db, district);
    const sent = await submitted(roundId);
    assert.equal(sent.state, 'in-review');
    assert.equal((await roundAs(writer, roundId)).may.write, false);
    assert.equal((await findRoundDraft(db, roundId, (await as(third)).actor))?.access, 'comment');
    // A closed document takes no more.
    const section = { key: 'learners', body: { form: 'text' as const, blocks: [aParagraph('再加一句。')] } };
    assert.equal(await replaceDraftSection(db, roundId, { ...section, personId: writer }), false);

    assert.equal((await decide(second, roundId, 'changes')).state, 'in-review');
    assert.equal((await decide(third, roundId, 'approved', '')).state, 'drafting');
    assert.equal(await replaceDraftSection(db, roundId, { ...section, personId: writer }), true);

    await submitted(roundId);
    assert.equal((await decide(second, roundId, 'approved', '')).state, 'in-review');
    assert.equal((await decide(third, roundId, 'approved', '')).state, 'approved');
    const { version } = await roundAs(lead, roundId);
    await assert.rejects(
      as(writer).then((context) => publishRound(context, { id: roundId, version, note: '' })),
      refused('forbidden'),
    );
    await publishRound(await as(lead), { id: roundId, version, note: '' });
    const { current, round } = await getItem(await as(teacher), { id });
    assert.equal(round, null);
    assert.equal(current?.number, 1);
    assert.deepEqual(current.content.sections.find(({ key }) => key === 'learners')?.body, section.body);
    assert.deepEqual(
      current.contributors.map((one) => one.id),
      [writer],
    );
  });

  it('keeps the version that is read while the next one is written', async () => {
    const id = await aPublishedItem(db, district);
    const round = await startRound(await as(second), { itemId: id });
    // Somebody else joins the same round.
    assert.equal((await startRound(await as(writer), { itemId: id })).id, round.id);
    await replaceDraftSection(db, round.id, {
      key: 'learners',
      body: { form: 'text', blocks: [aParagraph('新学情。')] },
      personId: writer,
    });
    const read = async () => (await getItem(await as(teacher), { id })).current;
    assert.equal((await read())?.number, 1);
    await publishOpenRound(db, district, round.id);
    assert.equal((await read())?.number, 2);
    assert.equal((await getVersion(await as(teacher), { id, number: 1 })).number, 1);
    const { rows } = await listVersions(await as(teacher), { id });
    assert.deepEqual(
      rows.map((row) => [row.number, row.contributors.map((one) => one.name).sort()]),
      [
        [2, ['组员乙', '组员甲'].sort()],
        [1, ['组员甲']],
      ],
    );
  });

  it('does not go to its own writers, to too few, or to strangers', async () => {
    const { roundId } = await aStartedItem(db, district);
    await replaceDraftSection(db, roundId, {
      key: 'board',
      body: { form: 'text', blocks: [aParagraph('板书。')] },
      personId: second,
    });
    const { rows } = await listReviewers(await as(writer), { id: roundId });
    assert.deepEqual(
      rows.map((row) => row.id).filter((one) => [writer, second, chinese, teacher].includes(one)),
      [],
    );
    assert.equal(rows.filter(({ proposed }) => proposed).length, 2);
    for (const reviewers of [[third], [third, writer], [third, second], [third, third], [third, chinese]])
      await assert.rejects(submitted(roundId, reviewers), refused('invalid'));
    assert.equal((await roundAs(writer, roundId)).state, 'drafting');
    assert.equal((await submitted(roundId, [third, lead])).state, 'in-review');
  });

  it('is not submitted with what it lacks, and stays open for writing', async () => {
    const { roundId } = await aStartedItem(db, district, emptyContent('lesson-design'));
    assert.equal((await roundAs(writer, roundId)).problems.length, 2);
    await assert.rejects(submitted(roundId), refused('invalid'));
    // The refusal came with its transaction: outside one, the test reopens what it closed.
    assert.equal((await roundAs(writer, roundId)).state, 'drafting');
  });

  it('of a paper names every item without source, people or with a purchase', async () => {
    const { roundId } = await aStartedItem(
      db,
      district,
      {
        sections: [
          {
            key: 'items',
            title: '试题',
            body: {
              form: 'rows',
              rows: [
                aRow('i1', { number: '1', stem: '计算 $12\\times 11$。', points: '4' }),
                aRow('i2', {
                  number: '2',
                  stem: '填空。',
                  source: 'quoted',
                  author: '甲',
                  chooser: '乙',
                  reviewer: '丙',
                  purchased: 'yes',
                }),
              ],
            },
          },
        ],
      },
      'test-paper',
    );
    const { problems } = await roundAs(writer, roundId);
    assert.deepEqual(problems, [
      '第1题没有写明来源、命题人、选题人、审题人，请补上。',
      '第1题没有注明是否购买，请选“否”或换掉这道题。',
      '第2题没有写明出处，请补上。',
      '第2题标为购买的试题。义务教育学校不得购买试题，请换掉这道题。',
      '请在“试卷信息”中选择用途。',
    ]);
  });

  it('can be taken back and dropped by whoever leads it', async () => {
    const { id, roundId } = await aStartedItem(db, district);
    const sent = await submitted(roundId);
    await assert.rejects(
      as(second).then((context) => takeBackRound(context, sent)),
      refused('forbidden'),
    );
    const back = await takeBackRound(await as(writer), sent);
    const { rows } = await listReviews(await as(second), { view: 'mine', limit: 100 });
    assert.equal(
      rows.some((row) => row.roundId === roundId),
      false,
    );
    await assert.rejects(
      as(writer).then((context) => dropRound(context, { id: roundId, version: back.version - 1 })),
      refused('conflict'),
    );
    await dropRound(await as(writer), back);
    assert.equal((await getItem(await as(writer), { id })).round, null);
    assert.equal((await startRound(await as(writer), { itemId: id })).state, 'drafting');
  });

  it('is sent whole or not at all: what cannot be held is named before, and stays', async () => {
    const { roundId } = await aStartedItem(db, district, aLessonDesign({ goals: mostGoals() }));
    await addRow(db, roundId, 'goals');
    const { problems } = await roundAs(writer, roundId);
    assert.equal(problems.filter((one) => one.startsWith('“教学目标”的表格超过500行')).length, 1);
    await assert.rejects(
      db.transaction().execute(async (transaction) => {
        const context = await as(writer);
        const { version } = await roundAs(writer, roundId);
        return submitRound(
          { ...context, db: transaction },
          { id: roundId, version, note: '', reviewers: [second, third] },
        );
      }),
      (error) => error instanceof Refusal && error.kind === 'invalid' && error.message.includes('超过500行'),
    );
    assert.equal((await findDraftContent(db, roundId))?.closed, false);
  });

  it('is remarked on while it is open, and its remarks are read after', async () => {
    const remarks = remarksOnDraft(findRoundDraft);
    const may = async (personId: string, id: string) => remarks(db, id, (await as(personId)).actor);
    const { roundId } = await aStartedItem(db, district);
    assert.equal(await may(second, roundId), 'comment');
    await submitted(roundId);
    assert.equal(await may(second, roundId), 'comment');
    await decide(second, roundId, 'approved');
    await decide(third, roundId, 'approved');
    const { version } = await roundAs(lead, roundId);
    await publishRound(await as(lead), { id: roundId, version, note: '' });
    assert.equal(await may(second, roundId), 'ended');
    assert.equal(await may(lead, roundId), 'ended');
    for (const personId of [chinese, teacher, head]) assert.equal(await may(personId, roundId), null);
    const read = commentActions(remarks).listComments;
    assert.equal((await read(await as(second), { documentId: roundId })).mayComment, false);
    const dropped = await aStartedItem(db, district);
    await dropRound(await as(writer), { id: dropped.roundId, version: 1 });
    assert.equal(await may(second, dropped.roundId), 'ended');
  });

  it('shows its reviews to the reviewer, and the queue with ages to the officer', async () => {
    const { roundId } = await aStartedItem(db, district);
    await submitted(roundId);
    const later = new Date('2026-11-26T01:00:00Z');
    const mine = await listReviews(await contextOf(db, second, later), { view: 'mine', limit: 100 });
    assert.ok(mine.rows.some((row) => row.roundId === roundId));
    const queue = await listReviews(await contextOf(db, lead, later), { view: 'all', limit: 100 });
    assert.equal(queue.rows.filter((row) => row.roundId === roundId).length, 2);
    const foreign = await listReviews(await contextOf(db, chinese, later), { view: 'all', limit: 100 });
    assert.equal(foreign.rows.length, 0);
    await assert.rejects(decide(third, roundId, 'changes', ' '), refused('invalid'));
    await decide(third, roundId, 'approved', '');
    await assert.rejects(decide(third, roundId, 'approved', ''), refused('conflict'));
  });
});

it("a school's own is published by its leader's approval", async () => {
  const { id, roundId } = await startItem(await as(teacher), {
    ...primaryMaths,
    kind: 'lesson-design',
    title: '校本课例',
    schoolId: here,
    shared: false,
    content: aLessonDesign(),
  });
  const { version } = await getRound(await as(teacher), { id: roundId });
  await submitRound(await as(teacher), { id: roundId, version, note: '', reviewers: [principal] });
  const { submissions } = await getRound(await as(principal), { id: roundId });
  const review = submissions[0]?.reviews[0];
  assert.ok(review);
  const { state } = await decideReview(await as(principal), {
    id: review.id,
    version: review.version,
    verdict: 'approved',
    remark: '',
  });
  assert.equal(state, 'published');
  assert.equal((await getItem(await as(teacher), { id })).current?.number, 1);
  // Not shared: another school finds nothing, the officer of the field reads it.
  await assert.rejects(
    as(elsewhere).then((context) => getItem(context, { id })),
    refused('not-found'),
  );
  assert.equal((await getItem(await as(lead), { id })).current?.number, 1);
});
