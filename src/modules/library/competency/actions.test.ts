import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actorOf, contextFor, makeAppointment, makeBody, makePerson } from '#modules/organisation/testing.ts';
import { Refusal, type RefusalKind } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { addCompetencyStandard, listCompetencies } from './actions.ts';
import { competenciesOfStage, findByName, standardSubject } from './rules.ts';
import { findCompetencyNames, findCompetencyStandard, listCompetencyStandards } from './store.ts';

const { db } = await createTestDatabase();

const refused = (kind: RefusalKind, sentence: RegExp) => (error: unknown) => {
  assert.ok(error instanceof Refusal, String(error));
  assert.equal(error.kind, kind);
  assert.match(error.message, sentence);
  return true;
};

test('the lists of 2022 stand for every subject that has one', async () => {
  const standards = await listCompetencyStandards(db);
  const counts = Object.fromEntries(
    standards.map(({ subject, competencies }) => [subject, competencies.length]),
  );
  assert.deepEqual(counts, {
    arts: 4,
    biology: 4,
    chemistry: 4,
    chinese: 4,
    english: 4,
    'ethics-and-law': 5,
    geography: 4,
    history: 5,
    'information-technology': 4,
    labour: 4,
    mathematics: 3,
    'physical-education': 3,
    physics: 4,
    science: 4,
  });
  const names = (list: readonly { readonly name: string }[] | undefined) =>
    list?.map(({ name }) => name).join(' ');
  const of = (subject: string) => standards.find((one) => one.subject === subject);
  assert.equal(names(of('biology')?.competencies), '生命观念 科学思维 探究实践 态度责任');
  assert.equal(names(of('chemistry')?.competencies), '化学观念 科学思维 科学探究与实践 科学态度与责任');
  const mathematics = await findCompetencyStandard(db, 'mathematics');
  assert.ok(mathematics);
  assert.equal(competenciesOfStage(mathematics, 'primary').length, 3 + 11);
  assert.equal(competenciesOfStage(mathematics, 'junior').length, 3 + 9);
  assert.equal(
    names(mathematics.manifestations.slice(-9)),
    '抽象能力 运算能力 几何直观 空间观念 推理能力 数据观念 模型观念 应用意识 创新意识',
  );
  assert.equal(findByName(mathematics, 'primary', '数学眼光')?.name, '会用数学的眼光观察现实世界');
  assert.equal(findByName(mathematics, 'junior', '数感'), undefined);
  const [first] = mathematics.competencies;
  assert.deepEqual((await findCompetencyNames(db, [first?.id ?? ''])).get(first?.id ?? ''), {
    name: '会用数学的眼光观察现实世界',
    subject: 'mathematics',
    year: 2022,
  });
});

test('music and fine art follow the standard for arts; a subject without a list has none', async () => {
  assert.equal(standardSubject('music'), 'arts');
  assert.equal((await findCompetencyStandard(db, 'fine-art'))?.subject, 'arts');
  assert.equal(await findCompetencyStandard(db, 'local-course'), undefined);
});

test('a later standard stands beside the earlier one, added by the subject’s officer', async () => {
  const officer = await makePerson(db, '历史教研员');
  await makeAppointment(db, officer, 'lead', {
    bodyId: await makeBody(db, 'core-group', '初中历史', { stage: 'junior', subject: 'history' }),
  });
  const context = contextFor(db, await actorOf(db, officer));
  assert.deepEqual((await listCompetencies(context, {})).mayAddFor, ['history']);
  const list = {
    subject: 'history',
    year: 2032,
    title: '义务教育历史课程标准（2032年版）',
    competencies: [
      { name: '史料实证', aliases: ['实证'] },
      { name: '家国情怀', aliases: [] },
    ],
    manifestations: [],
  } as const;
  const input = {
    ...list,
    competencies: list.competencies.map((one) => ({ ...one, aliases: [...one.aliases] })),
    manifestations: [],
  };
  await addCompetencyStandard(context, input);
  const { standards } = await listCompetencies(context, { subject: 'history' });
  assert.deepEqual(
    standards.map(({ year, competencies, addedBy }) => [year, competencies.length, addedBy]),
    [
      [2032, 2, '测试'],
      [2022, 5, null],
    ],
  );
  await assert.rejects(addCompetencyStandard(context, input), refused('conflict', /已登记的版本不改/));
  await assert.rejects(
    addCompetencyStandard(context, { ...input, subject: 'geography' }),
    refused('forbidden', /由该学科的教研员登记/),
  );
  await assert.rejects(
    addCompetencyStandard(context, { ...input, subject: 'music' }),
    refused('invalid', /音乐属于艺术课程标准/),
  );
  await assert.rejects(
    addCompetencyStandard(context, {
      ...input,
      year: 2033,
      competencies: [...input.competencies, { name: '实证', aliases: [] }],
    }),
    refused('invalid', /“实证”写了两次/),
  );
});
