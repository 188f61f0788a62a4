import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProcedure } from '@orpc/server';
import { admitTo, NotSignedIn } from '#platform/http/endpoint.ts';
import type { Actor, Duty } from './contract.ts';
import { organisationRouter } from './routes.ts';

const caller = (duties: readonly Duty[]) => {
  const actor: Actor = { accountId: 'a', personId: null, name: '某人', appointments: [], duties };
  return {
    actor,
    origin: { accountId: 'a', personId: null, name: '某人', address: '' },
    mustChangePassword: false,
    sessionId: 's',
  };
};

const procedures = Object.entries(organisationRouter).map(([name, one]) => {
  assert.ok(isProcedure(one), name);
  return [name, one['~orpc'].handler] as const;
});

const opensTo = (handler: object, who: unknown): boolean => {
  try {
    admitTo(handler, who);
    return true;
  } catch {
    return false;
  }
};

test('every endpoint names its permission, and none answers without a session', () => {
  for (const [name, handler] of procedures) assert.throws(() => admitTo(handler, null), NotSignedIn, name);
});

test('a person without posts and duties may look, and change nothing', () => {
  const open = procedures.filter(([, handler]) => opensTo(handler, caller([]))).map(([name]) => name);
  assert.deepEqual(open.sort(), [
    'getBellSlots',
    'getCoverage',
    'getOffer',
    'getPerson',
    'getSchool',
    'getStructure',
    'getTerm',
    'listAssignments',
    'listBodies',
    'listClasses',
    'listCoverage',
    'listNominations',
    'listSchools',
    'listTerms',
    'searchPeople',
  ]);
});
