import type { Queryable } from '#platform/database/database.ts';
import { insertChoice } from '../edition-choice/store.ts';
import { listEditions, listUnits, listVolumes } from '../textbook/store.ts';
import { planTextbooks } from '../textbook-import/rules.ts';
import { applyPlan } from '../textbook-import/store.ts';
import { emptyTree, written } from '../textbook-import/testing.ts';

/** 三年级上册 of primary mathematics, in use in 2026—2027: two units, of two lessons and of one. */
export const aVolumeInUse = async (db: Queryable) => {
  const file = written([
    ['学科', '年级', '版本', '修订年', '册次', '单元序号', '单元', '课序号', '课', '课时'],
    ['数学', '三年级', '人教版', '2024', '上册', '1', '时分秒', '1', '秒的认识', '1'],
    ['', '', '', '', '', '', '', '2', '时间的计算', '2'],
    ['', '', '', '', '', '2', '万以内的加法', '1', '两位数', '3'],
  ]);
  const plan = planTextbooks(file, emptyTree, { decisions: {}, mayKeep: () => true });
  await applyPlan(db, plan, '2026-08-20');
  const [edition] = await listEditions(db, { stage: 'primary', subject: 'mathematics' });
  if (edition === undefined) throw new Error('no edition was imported');
  const [volume] = await listVolumes(db, [edition.id]);
  if (volume === undefined) throw new Error('no volume was imported');
  await insertChoice(db, {
    schoolYear: 2026,
    subject: 'mathematics',
    grade: 3,
    version: 1,
    editionId: edition.id,
    chosenBy: '数学教研员',
  });
  const [first, second] = await listUnits(db, [volume.id]);
  if (first === undefined || second === undefined) throw new Error('no units were imported');
  return { volumeId: volume.id, first, second };
};
