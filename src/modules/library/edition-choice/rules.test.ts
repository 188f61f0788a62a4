import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ChoiceRecord, choiceRows, type EditionWithGrades, schoolYearOn } from './rules.ts';

const edition = (id: string, more: Partial<EditionWithGrades> = {}): EditionWithGrades => ({
  id,
  subject: 'mathematics',
  stage: 'primary',
  publisher: '人教版',
  revisionYear: 2013,
  withdrawnOn: null,
  grades: [3],
  ...more,
});
const choice = (schoolYear: number, editionId: string | null, version = 1): ChoiceRecord => ({
  schoolYear,
  subject: 'mathematics',
  grade: 3,
  version,
  editionId,
  chosenBy: '某人',
  chosenAt: '2026-08-28T00:00:00Z',
});

const rowFor = (editions: readonly EditionWithGrades[], choices: readonly ChoiceRecord[]) => {
  const [row] = choiceRows({
    schoolYear: 2026,
    editions,
    choices,
    offers: [{ subject: 'mathematics', grade: 3 }],
  });
  assert.ok(row);
  return {
    chosen: row.chosen?.id ?? null,
    proposal: row.proposal?.id ?? null,
    newer: row.newer?.id ?? null,
    choices: row.choices.map(({ id }) => id),
    version: row.version,
  };
};

const older = edition('older');
const newer = edition('newer', { revisionYear: 2024 });
const gone = edition('gone', { withdrawnOn: '2026-09-01' });
const other = edition('other', { publisher: '冀教版', revisionYear: 2024 });
const elsewhere = edition('elsewhere', { grades: [4] });

test('what is chosen, proposed and newer', () => {
  const none = { chosen: null, proposal: null, newer: null, choices: [], version: 0 };
  assert.deepEqual(rowFor([], []), none);
  assert.deepEqual(rowFor([older], [choice(2026, 'older')]), {
    ...none,
    chosen: 'older',
    choices: ['older'],
    version: 1,
  });
  assert.deepEqual(rowFor([older, newer, other], [choice(2025, 'older')]), {
    ...none,
    proposal: 'older',
    newer: 'newer',
    choices: ['older', 'newer', 'other'],
  });
  // Taken back on purpose: last year's is not proposed again.
  assert.deepEqual(rowFor([older], [choice(2025, 'older'), choice(2026, null, 2)]), {
    ...none,
    choices: ['older'],
    version: 2,
  });
  // A withdrawn one stays visible where it is chosen, and is offered nowhere else.
  assert.deepEqual(rowFor([gone, newer], [choice(2026, 'gone')]), {
    ...none,
    chosen: 'gone',
    newer: 'newer',
    choices: ['gone', 'newer'],
    version: 1,
  });
  assert.deepEqual(rowFor([gone], []), none);
});

test('subjects and grades come from the offers, the books and what was chosen', () => {
  const rows = choiceRows({
    schoolYear: 2026,
    editions: [elsewhere],
    choices: [],
    offers: [
      { subject: 'mathematics', grade: 3 },
      { subject: 'chinese', grade: 9 },
    ],
  });
  assert.deepEqual(
    rows.map(({ subject, stage, grade }) => `${subject} ${stage} ${grade}`),
    ['chinese junior 9', 'mathematics primary 3', 'mathematics primary 4'],
  );
});

test('the school year begins in September', () => {
  assert.equal(schoolYearOn('2026-08-31'), 2025);
  assert.equal(schoolYearOn('2026-09-01'), 2026);
  assert.equal(schoolYearOn('2027-01-10'), 2026);
});
