import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Refusal, type RefusalKind } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { aBody, anAppointment, aPerson, aTerm, contextOf, type TestPerson } from '../testing.ts';
import {
  changeFindingChecker,
  getFinding,
  handOverFinding,
  listFindings,
  listFindingsWaiting,
  proposeForFinding,
  registerFinding,
  takeFindingStep,
} from './actions.ts';
import type { NewFinding } from './contract.ts';
import { startFinding } from './figures/actions.ts';
import { standingFrom } from './rules.ts';
import { listEvents, listFindingsOf } from './store.ts';
import { aDistrict, aFinding, aNewFinding, at, takeSteps, toPrincipal } from './testing.ts';

const { db } = await createTestDatabase();
await aTerm(db);
const district = await aDistrict(db);
const {
  here,
  there,
  officer,
  colleague,
  head,
  groupMember,
  principal,
  vice,
  subjectLead,
  teacher,
  elsewhere,
} = district;

const refused = (kind: RefusalKind) => (error: unknown) => error instanceof Refusal && error.kind === kind;
const as = (person: TestPerson, on = '2024-03-20') => contextOf(db, person, at(on));
const listed = async (person: TestPerson, on = '2024-03-20') =>
  (await listFindings(await as(person, on), { limit: 100 })).rows.map(({ id }) => id);
const waiting = async (person: TestPerson) =>
  (await listFindingsWaiting(await as(person), { limit: 100 })).rows.map(({ id }) => id);

const inside = (given: Partial<NewFinding> = {}): NewFinding =>
  aNewFinding(here.id, {
    kind: 'school',
    type: 'routine',
    description: '三楼走廊候课时有两个班没有教师。',
    handOver: { ...toPrincipal, responsiblePost: null, responsibleId: teacher.id },
    ...given,
  });

describe('from the district to a school', () => {
  it('goes the whole way, each act kept, and the row says what follows from them', async () => {
    const { id, version, state } = await aFinding(db, district);
    assert.equal(state, 'handed-over');
    assert.ok((await waiting(principal)).includes(id));
    assert.ok(!(await waiting(vice)).includes(id));
    await takeSteps(db, id, version, [
      [principal, 'accept', '2024-03-21'],
      [principal, 'plan', '2024-03-22'],
      [principal, 'report-done', '2024-04-01'],
      [officer, 'recheck', '2024-04-08'],
      [officer, 'send-back', '2024-04-08', '2024-04-20'],
      [principal, 'report-done', '2024-04-18'],
      [officer, 'recheck', '2024-04-19'],
      [officer, 'close', '2024-04-19'],
    ]);
    const events = await listEvents(db, id);
    assert.equal(events.length, 11);
    const standing = standingFrom(events);
    const row = await db
      .selectFrom('classroom.finding')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    assert.equal(row.version, 11);
    assert.deepEqual(
      { ...standing, workedBy: [principal.id] },
      {
        state: row.state,
        deadlineOn: row.deadlineOn,
        responsiblePost: row.responsiblePost,
        responsibleId: row.responsibleId,
        checkerId: row.checkerId,
        handedOverBy: row.handedOverBy,
        handedOverOn: row.handedOverOn,
        answerUntil: row.answerUntil,
        acceptedOn: row.acceptedOn,
        doneOn: row.doneOn,
        closedOn: row.closedOn,
        sentBack: row.sentBack,
        extensionOn: row.extensionOn,
        answerOpen: row.answerOpen,
        workedBy: [principal.id],
      },
    );
    assert.deepEqual([row.closedOn, row.answerUntil, row.sentBack], ['2024-04-19', '2024-03-25', 1]);
    await assert.rejects(
      as(principal).then((context) =>
        takeFindingStep(context, { id, version: 11, step: 'plan', text: '再改', dayOn: null }),
      ),
      refused('forbidden'),
    );
  });

  it('the school sees it once it is handed over; others never', async () => {
    const noted = await registerFinding(await as(groupMember), aNewFinding(here.id, { handOver: null }));
    assert.equal(noted.state, 'found');
    assert.ok((await listed(groupMember)).includes(noted.id));
    assert.ok((await listed(officer)).includes(noted.id));
    assert.ok((await waiting(colleague)).includes(noted.id));
    for (const one of [principal, vice, subjectLead, teacher, elsewhere]) {
      assert.ok(!(await listed(one)).includes(noted.id), one.name);
      await assert.rejects(getFinding(await as(one), { id: noted.id }), refused('not-found'));
    }
    const version = await takeSteps(db, noted.id, 1, [[officer, 'register', '2024-03-20']]);
    const given = { ...toPrincipal, responsiblePost: 'vice-principal', checkerId: colleague.id } as const;
    await handOverFinding(await as(officer), { id: noted.id, version, ...given });
    assert.ok((await listed(vice)).includes(noted.id));
    assert.ok((await waiting(vice)).includes(noted.id));
    for (const one of [subjectLead, teacher, elsewhere])
      assert.ok(!(await listed(one)).includes(noted.id), one.name);
  });

  it('above the school its people have no names', async () => {
    const { id, version } = await aFinding(db, district);
    await takeSteps(db, id, version, [[principal, 'accept', '2024-03-21']]);
    const fromAbove = await getFinding(await as(officer), { id });
    const own = await getFinding(await as(vice), { id });
    const accepted = (detail: typeof own) => detail.events.find(({ act }) => act === 'accept')?.personName;
    assert.equal(accepted(own), principal.name);
    assert.equal(accepted(fromAbove), null);
    assert.equal(fromAbove.responsibleName, null);
    assert.ok(!JSON.stringify(fromAbove).includes(principal.name));
    assert.ok(!JSON.stringify(fromAbove).includes(principal.id));
  });

  it('no person is named above the school, and nobody looks again at the own school', async () => {
    const to = (handOver: NonNullable<NewFinding['handOver']>) =>
      as(officer).then((context) => registerFinding(context, aNewFinding(here.id, { handOver })));
    const deadlineOn = '2024-04-03';
    await assert.rejects(
      to({ deadlineOn, responsiblePost: null, responsibleId: teacher.id, checkerId: null }),
      refused('invalid'),
    );
    await assert.rejects(
      to({ deadlineOn, responsiblePost: 'principal', responsibleId: null, checkerId: principal.id }),
      refused('invalid'),
    );
    await assert.rejects(
      to({ deadlineOn: '2024-03-19', responsiblePost: 'principal', responsibleId: null, checkerId: null }),
      refused('invalid'),
    );
    await assert.rejects(
      as(officer).then((context) => registerFinding(context, aNewFinding(groupMember.id))),
      refused('not-found'),
    );
  });

  it('who is not on the list of the act is refused, a stale page is told', async () => {
    const { id, version } = await aFinding(db, district);
    const step = (person: TestPerson, name: 'accept' | 'close', of = version) =>
      as(person).then((context) =>
        takeFindingStep(context, { id, version: of, step: name, text: '', dayOn: null }),
      );
    await assert.rejects(step(vice, 'accept'), refused('forbidden'));
    await assert.rejects(step(officer, 'accept'), refused('forbidden'));
    await assert.rejects(step(elsewhere, 'accept'), refused('not-found'));
    await assert.rejects(step(officer, 'close'), refused('forbidden'));
    await assert.rejects(step(principal, 'accept', version - 1), refused('conflict'));
    assert.equal((await step(principal, 'accept')).state, 'accepted');
  });

  it('the school answers and asks for more time; who handed it over decides', async () => {
    const { id, version } = await aFinding(db, district);
    const asked = await takeSteps(db, id, version, [
      [vice, 'answer', '2024-03-21'],
      [principal, 'ask-extension', '2024-03-21', '2024-04-15'],
    ]);
    assert.ok((await waiting(officer)).includes(id));
    assert.ok(!(await waiting(colleague)).includes(id));
    await takeSteps(db, id, asked, [
      [officer, 'reply', '2024-03-22'],
      [head, 'grant-extension', '2024-03-22'],
    ]);
    assert.ok(!(await waiting(officer)).includes(id));
    assert.equal((await getFinding(await as(principal), { id })).deadlineOn, '2024-04-15');
  });

  it('an answer waits for a reply also once the work is reported as done', async () => {
    const { id, version } = await aFinding(db, district, {
      handOver: { ...toPrincipal, checkerId: colleague.id },
    });
    const reported = await takeSteps(db, id, version, [
      [principal, 'accept', '2024-03-21'],
      [principal, 'plan', '2024-03-21'],
      [principal, 'answer', '2024-03-21'],
      [principal, 'report-done', '2024-03-22'],
    ]);
    assert.ok((await waiting(officer)).includes(id));
    await takeSteps(db, id, reported, [[officer, 'reply', '2024-03-22']]);
    assert.ok(!(await waiting(officer)).includes(id));
  });

  it('another looks again when the first one leaves', async () => {
    const { id, version } = await aFinding(db, district);
    const changed = await changeFindingChecker(await as(head), {
      id,
      version,
      checkerId: colleague.id,
      text: '工作调整',
    });
    assert.equal((await getFinding(await as(principal), { id })).checkerName, colleague.name);
    await assert.rejects(
      changeFindingChecker(await as(head), {
        id,
        version: changed.version,
        checkerId: principal.id,
        text: '',
      }),
      refused('invalid'),
    );
  });
});

describe('inside a school', () => {
  it('is unknown above it and to other teachers', async () => {
    const { id, state } = await registerFinding(await as(vice), inside());
    assert.equal(state, 'handed-over');
    for (const one of [principal, vice, teacher]) assert.ok((await listed(one)).includes(id), one.name);
    for (const one of [officer, colleague, head, groupMember, subjectLead, elsewhere]) {
      assert.ok(!(await listed(one)).includes(id), one.name);
      await assert.rejects(getFinding(await as(one), { id }), refused('not-found'));
    }
    assert.ok((await waiting(teacher)).includes(id));
  });

  it('whoever finds, registers and checks: the one named does the work', async () => {
    const noted = await registerFinding(await as(subjectLead), inside({ handOver: null }));
    assert.equal(noted.state, 'found');
    await assert.rejects(
      as(subjectLead).then((context) => registerFinding(context, inside())),
      refused('forbidden'),
    );
    const registered = await takeSteps(db, noted.id, 1, [[vice, 'register', '2024-03-20']]);
    const { handOver } = inside();
    assert.ok(handOver);
    await assert.rejects(
      handOverFinding(await as(vice), {
        id: noted.id,
        version: registered,
        ...handOver,
        responsibleId: vice.id,
        checkerId: vice.id,
      }),
      refused('invalid'),
    );
    const given = await handOverFinding(await as(vice), { id: noted.id, version: registered, ...handOver });
    await takeSteps(db, noted.id, given.version, [
      [teacher, 'accept', '2024-03-20'],
      [teacher, 'plan', '2024-03-21'],
      [teacher, 'report-done', '2024-03-25'],
      [vice, 'recheck', '2024-03-26'],
      [vice, 'close', '2024-03-26'],
    ]);
    assert.equal((await getFinding(await as(teacher), { id: noted.id })).state, 'closed');
    await assert.rejects(
      as(vice).then((context) =>
        registerFinding(context, inside({ handOver: { ...handOver, responsibleId: elsewhere.id } })),
      ),
      refused('invalid'),
    );
  });

  it('what waits for somebody can be done by that person', async () => {
    for (const person of [officer, colleague, head, principal, vice, teacher, elsewhere])
      for (const id of await waiting(person)) {
        const { acts } = await getFinding(await as(person), { id });
        assert.ok(acts.length > 0, `${person.name} can do nothing`);
      }
  });
});

describe('what it may repeat, and where it came from', () => {
  it('proposes earlier ones of the same school and type, and takes no other school’s nor a cancelled one', async () => {
    const first = await aFinding(db, district, { type: 'untrue-evaluation' });
    const proposal = await proposeForFinding(await as(officer), {
      kind: 'district',
      schoolId: here.id,
      type: 'untrue-evaluation',
    });
    assert.deepEqual(
      proposal.repeats.map(({ id }) => id),
      [first.id],
    );
    assert.ok(proposal.checkers.some(({ id }) => id === officer.id));
    assert.ok(!proposal.checkers.some(({ id }) => id === principal.id));
    assert.deepEqual(proposal.leaderPosts, ['principal', 'vice-principal']);
    const again = await aFinding(db, district, { type: 'untrue-evaluation', repeatsId: first.id });
    assert.equal((await getFinding(await as(officer), { id: again.id })).repeats?.id, first.id);
    await assert.rejects(
      aFinding(db, district, { schoolId: there.id, repeatsId: first.id }),
      refused('invalid'),
    );
    await takeSteps(db, first.id, first.version, [[officer, 'cancel', '2024-03-20']]);
    await assert.rejects(aFinding(db, district, { repeatsId: first.id }), refused('invalid'));
    await assert.rejects(
      proposeForFinding(await as(teacher), { kind: 'school', schoolId: here.id }),
      refused('not-found'),
    );
  });

  it('who is given a finding does not read the one it repeats, unless that was shown to them too', async () => {
    const first = await aFinding(db, district, { handOver: null });
    const again = await aFinding(db, district, { repeatsId: first.id });
    const toSchool = await getFinding(await as(principal), { id: again.id });
    assert.deepEqual([toSchool.repeated, toSchool.repeats], [true, null]);
    assert.equal((await getFinding(await as(officer), { id: again.id })).repeats?.id, first.id);

    const earlier = await registerFinding(await as(vice), inside({ handOver: null }));
    const given = await registerFinding(await as(vice), inside({ repeatsId: earlier.id }));
    assert.equal((await getFinding(await as(teacher), { id: given.id })).repeats, null);
    assert.equal((await getFinding(await as(vice), { id: given.id })).repeats?.id, earlier.id);
  });

  it('who leads a school in two posts looks again inside it, once on the list, and never for the district', async () => {
    const both = await aPerson(db, { schoolId: there.id });
    const bodyId = await aBody(db, { kind: 'core-group', stage: 'primary', subject: 'english' });
    await anAppointment(db, both.id, { post: 'vice-principal', schoolId: there.id });
    await anAppointment(db, both.id, { post: 'dean', schoolId: there.id });
    await anAppointment(db, both.id, { post: 'lead', bodyId });
    const offered = async (person: TestPerson, kind: 'district' | 'school', schoolId = there.id) =>
      (await proposeForFinding(await as(person), { kind, schoolId })).checkers.filter(
        ({ id }) => id === both.id,
      ).length;
    assert.equal(await offered(elsewhere, 'school'), 1);
    assert.equal(await offered(officer, 'district'), 0);
    assert.equal(await offered(officer, 'district', here.id), 1);
  });

  it('those of one patrol or visit, by its id', async () => {
    const sourceId = officer.id;
    const { id } = await aFinding(db, district, { source: 'patrol', sourceId });
    const scope = { personId: officer.id, allDistrict: true, ledSchoolIds: [] };
    const rows = await listFindingsOf(db, scope, { source: 'patrol', sourceId }, '2024-03-20');
    assert.deepEqual(
      rows.map((row) => row.id),
      [id],
    );
  });

  it('offers the units to the district, the own school to its leaders', async () => {
    const above = await startFinding(await as(officer));
    assert.deepEqual(
      above.kinds.map(({ kind, mayHandOver }) => [kind, mayHandOver]),
      [['district', true]],
    );
    assert.deepEqual(
      above.kinds[0]?.schools.map(({ id }) => id),
      [here.id, there.id],
    );
    assert.equal(above.deadlineOn, '2024-04-03');
    const own = await startFinding(await as(subjectLead));
    assert.deepEqual(own.kinds, [{ kind: 'school', schools: [here], mayHandOver: false }]);
  });
});

it('pages by keyset without losing or repeating a row', async () => {
  const context = await as(officer);
  const whole = (await listFindings(context, { limit: 100 })).rows.map(({ id }) => id);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listFindings(context, { limit: 3, cursor });
    seen.push(...page.rows.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  assert.deepEqual(seen, whole);
});

it('the application can neither change nor remove what happened', async () => {
  await assert.rejects(
    db.updateTable('classroom.findingEvent').set({ text: '' }).execute(),
    /permission denied/,
  );
  await assert.rejects(db.deleteFrom('classroom.findingEvent').execute(), /permission denied/);
  await assert.rejects(db.deleteFrom('classroom.finding').execute(), /permission denied/);
  await assert.rejects(
    db.updateTable('classroom.finding').set({ description: '改写' }).execute(),
    /permission denied/,
  );
});
