import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Content, Row } from '../content/contract.ts';
import { shareOfHours, subjectHours, themeCaseProblems } from './rules.ts';

const aCase = (...rows: Row['cells'][]): Content => ({
  sections: [
    {
      key: 'subjects',
      title: '学科与课时',
      body: { form: 'rows', rows: rows.map((cells, index) => ({ id: `r${index}`, cells })) },
    },
  ],
});
const lead = { subject: 'science', part: 'lead', hours: '4' };
const linked = { subject: 'mathematics', part: 'linked', hours: '1' };

it('a case has one lead subject, its own, and at least one linked', () => {
  const cases: [rows: Row['cells'][], problems: number][] = [
    [[lead, linked], 0],
    [[lead, linked, { subject: 'chinese', part: 'linked', hours: '2' }], 0],
    [[lead], 1],
    [[linked], 1],
    [[lead, lead, linked], 1],
    [[{ ...lead, subject: 'chinese' }, linked], 1],
    [[lead, { ...linked, subject: 'science' }], 1],
    [[{ subject: 'science', part: 'lead' }, linked], 1],
    [[], 2],
  ];
  for (const [rows, problems] of cases)
    assert.equal(
      themeCaseProblems({ subject: 'science' }, aCase(...rows)).length,
      problems,
      JSON.stringify(rows),
    );
});

it('counts hours for the lead subject alone (domain.md annex B 5)', () => {
  assert.deepEqual(subjectHours(aCase(lead, linked)), {
    lead: [{ subject: 'science', hours: 4 }],
    linked: [{ subject: 'mathematics', hours: 1 }],
  });
  assert.equal(shareOfHours(4, 40), 0.1);
  assert.equal(shareOfHours(4, null), null);
});
