import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Actor } from '#modules/organisation/contract.ts';
import { holding } from '#modules/organisation/testing.ts';
import { mayKeepBudget } from '../budget/policy.ts';
import { mayKeepExperiments } from '../experiment/policy.ts';
import { mayBook, mayCancel, mayKeepRooms, mayMarkHeld } from './policy.ts';

it('who books, keeps rooms and money, and edits the list, post by post', () => {
  const cases: [
    string,
    Actor,
    bookAsStaff: boolean,
    bookElsewhere: boolean,
    keeps: boolean,
    edits: boolean,
  ][] = [
    ['principal', holding('principal', { schoolId: 'own' }), true, true, true, false],
    ['dean', holding('dean', { schoolId: 'own' }), true, true, true, false],
    ['teacher', holding('teacher', { schoolId: 'own' }), true, false, false, false],
    ['subject lead', holding('subject-lead', { schoolId: 'own' }), true, false, false, false],
    ['officer', holding('research-officer', { bodyKind: 'research-office' }), true, false, false, true],
    ['core lead', holding('lead', { bodyKind: 'core-group' }), true, false, false, true],
    ['leading group', holding('head', { bodyKind: 'leading-group' }), true, false, false, false],
    ['account without person', holding('principal', { schoolId: 'own' }, null), false, false, false, false],
  ];
  for (const [who, actor, asStaff, elsewhere, keeps, edits] of cases) {
    assert.equal(mayBook(actor, { schoolId: 'own', worksThere: true }), asStaff, who);
    assert.equal(mayBook(actor, { schoolId: 'own', worksThere: false }), elsewhere, who);
    assert.equal(mayBook(actor, { schoolId: 'other', worksThere: false }), false, who);
    for (const [schoolId, may] of [
      ['own', keeps],
      ['other', false],
    ] as const) {
      assert.equal(mayKeepRooms(actor, schoolId), may, `${who} ${schoolId}`);
      assert.equal(mayKeepBudget(actor, schoolId), may, `${who} ${schoolId}`);
    }
    assert.equal(mayKeepExperiments(actor), edits, who);
  }
});

it('a booking is cancelled, and its experiment spoken for, by its maker and the school’s leaders', () => {
  const use = { schoolId: 'own', bookedBy: 'person', cancelled: false };
  const mine = holding('teacher', { schoolId: 'own' });
  const colleague = holding('teacher', { schoolId: 'own' }, 'colleague');
  const dean = holding('dean', { schoolId: 'own' }, 'dean');
  const elsewhere = holding('principal', { schoolId: 'other' }, 'stranger');
  for (const [actor, may] of [
    [mine, true],
    [colleague, false],
    [dean, true],
    [elsewhere, false],
  ] as const) {
    assert.equal(mayCancel(actor, use), may);
    assert.equal(mayCancel(actor, { ...use, cancelled: true }), false);
    assert.equal(mayMarkHeld(actor, { ...use, purpose: 'experiment', begun: true }), may);
    assert.equal(mayMarkHeld(actor, { ...use, purpose: 'experiment', begun: false }), false);
    assert.equal(mayMarkHeld(actor, { ...use, purpose: 'lesson', begun: true }), false);
  }
});
