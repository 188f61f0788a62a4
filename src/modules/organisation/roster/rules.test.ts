import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { Stage, Subject } from '../contract.ts';
import { gradeLabels, subjectLabels } from '../contract.ts';
import { emptySnapshot } from './contract.ts';
import { planRoster } from './plan/rules.ts';
import { readRoster, refusalOf } from './rules.ts';
import type { Noise } from './testing.ts';
import { applyPlan, smallDistrict as existing, nameOf, noise, rowsOf, untidy } from './testing.ts';

interface MadeTeam {
  grade: number;
  lead: string;
  members: { name: string; school: string }[];
}
interface MadeGroup {
  subject: Subject;
  leads: string[];
  members: string[];
  teams: MadeTeam[];
}
interface Made {
  junior: MadeGroup[];
  primary: MadeGroup[];
  consortia: { stage: Stage; base: string; members: string[]; head: string }[];
}

const juniorSubjects: Subject[] = ['chinese', 'physics', 'history', 'biology'];
const primarySubjects: Subject[] = ['chinese', 'science', 'english'];
const townships = '东西南北中上下前后左右里'.split('').map((character) => `${character}河湾`);

const made: fc.Arbitrary<Made> = fc
  .record({
    junior: fc.array(fc.record({ leads: fc.integer({ min: 1, max: 3 }), members: fc.nat(7) }), {
      minLength: 1,
      maxLength: 4,
    }),
    primary: fc.array(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 6 }), {
      minLength: 1,
      maxLength: 3,
    }),
    consortia: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
  })
  .map((shape) => {
    let people = 0;
    const person = () => nameOf(people++);
    let place = 0;
    const township = () => townships[place++] ?? '';
    const consortia = shape.consortia.map((count) => ({
      stage: 'primary' as const,
      base: `${township()}小学`,
      members: Array.from({ length: count }, () => `${township()}小学`),
      head: person(),
    }));
    const schools = consortia.flatMap(({ base, members }) => [base, ...members]);
    const school = () => (schools[people % schools.length] ?? '').slice(0, 3);
    return {
      consortia,
      junior: shape.junior.map(({ leads, members }, index) => ({
        subject: juniorSubjects[index] ?? 'chinese',
        leads: Array.from({ length: leads }, person),
        members: Array.from({ length: members + 1 }, person),
        teams: [],
      })),
      primary: shape.primary.map((sizes, index) => ({
        subject: primarySubjects[index] ?? 'chinese',
        leads: [person()],
        members: [],
        teams: sizes.map((size, at) => ({
          grade: at + 1,
          lead: person(),
          members: Array.from({ length: size }, () => ({ name: person(), school: school() })),
        })),
      })),
    };
  });

const spacedOut = (name: string, { pick }: Noise) => (pick([true, false]) ? name.split('').join(' ') : name);
const list = (names: readonly string[], noisy: Noise) =>
  names.length === 1
    ? spacedOut(names[0] ?? '', noisy)
    : names.join(noisy.pick([' ', '  ', '、', '　', '，', '\n']));
const withSchools = (people: MadeTeam['members'], { pick }: Noise) =>
  people
    .map(({ name, school }) => {
      const [open, close] = pick([
        ['(', ')'],
        ['（', '）'],
        [' (', ' )'],
        ['（ ', ')'],
      ]);
      return `${name}${open}${school}${close}`;
    })
    .join(noisySeparator(pick));
const noisySeparator = (pick: Noise['pick']) => pick(['', ' ', '、', '\n', '　']);

const write = ({ junior, primary, consortia }: Made, noisy: Noise): string[][] => {
  const subject = (group: MadeGroup, first: boolean) =>
    first || noisy.pick([true, false]) ? subjectLabels[group.subject] : '';
  const juniorRows = junior.map((group) => [
    subjectLabels[group.subject],
    list(group.leads, noisy),
    list(group.members, noisy),
  ]);
  const primaryRows = primary.flatMap((group) =>
    group.teams.map((team, index) => [
      subject(group, index === 0),
      index === 0 ? list(group.leads, noisy) : '',
      gradeLabels[team.grade] ?? '',
      team.lead,
      withSchools(team.members, noisy),
    ]),
  );
  const consortiumRows = consortia.map(({ base, members, head }, index) => [
    index === 0 ? '小学' : '',
    base,
    members.join(noisy.pick(['、', '，', ' 、'])),
    head,
  ]);
  return [
    ['初中区级研训中心组分组名单'],
    ...untidy(['学科', '组长', '组员'], juniorRows, noisy),
    [''],
    ['小学区级研训中心组分组名单'],
    ...untidy(['学科', '组长', '年级', '组长', '组员'], primaryRows, noisy),
    ['附 2.'],
    ...untidy(['学段', '研训基地校', '联合学校', '负责人'], consortiumRows, noisy),
  ].filter((row) => row.some((cell) => cell !== ''));
};

const readMade = (one: Made, noisy: Noise) => readRoster(rowsOf('表', write(one, noisy)));
const names = (people: readonly { name: string }[]) => people.map(({ name }) => name);

suite('made-up appendices', () => {
  test('read the same however they are typed', () => {
    fc.assert(
      fc.property(made, noise, (one, noisy) => {
        const written = readMade(one, noisy);
        assert.deepEqual(
          written.coreGroups.map((group) => ({
            subject: group.subject,
            leads: names(group.leads),
            members: names(group.members),
            teams: group.teams.map((team) => ({
              grade: team.gradeFrom,
              lead: names(team.leads).join(),
              members: team.members.map(({ name, schoolText }) => ({ name, school: schoolText })),
            })),
          })),
          [...one.junior, ...one.primary],
        );
        assert.deepEqual(
          written.consortia.map(({ stage, base, members, heads }) => ({
            stage,
            base: base.name,
            members: names(members),
            head: names(heads).join(),
          })),
          one.consortia,
        );
        assert.deepEqual(written.questions, []);
      }),
      { numRuns: 300 },
    );
  });

  test('importing is idempotent, also when the same roster is typed another way', () => {
    fc.assert(
      fc.property(made, noise, noise, (one, first, second) => {
        const plan = planRoster(readMade(one, first), emptySnapshot);
        assert.equal(plan.changes.changed, 0);
        const after = applyPlan(emptySnapshot, plan);
        assert.equal(after.people.length, plan.counts.people);
        assert.equal(after.appointments.length, plan.counts.appointments);
        const again = planRoster(readMade(one, second), after);
        assert.deepEqual(again.changes, { new: 0, changed: 0, unchanged: plan.changes.new });
        assert.deepEqual(again.counts, plan.counts);
      }),
      { numRuns: 150 },
    );
  });
});

suite('files that are something else', () => {
  const words = fc.constantFrom('品名', '单价', '12.5', '', '三年级', '铅笔', '合计', '(空)', '柳0');
  test('no rows of another table become a roster', () => {
    fc.assert(
      fc.property(fc.array(fc.array(words, { maxLength: 6 }), { maxLength: 20 }), (grid) => {
        const written = readRoster(rowsOf('表', grid));
        assert.match(refusalOf(written) ?? '', /请/u);
        const plan = planRoster(written, emptySnapshot);
        assert.deepEqual(plan.changes, { new: 0, changed: 0, unchanged: 0 });
      }),
    );
  });

  test('any text under a heading is read or asked about, never an error', () => {
    const grid = fc.array(fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { maxLength: 6 }), {
      maxLength: 8,
    });
    const heading = fc.constantFrom(
      ['学科', '组长', '组员'],
      ['学科', '组长', '年级', '组长', '组员'],
      ['学段', '研训基地校', '联合学校', '负责人'],
      ['学段', '学科', '优势学科基地校'],
      ['姓名', '工号', '学校', '年级', '学科', '电话'],
      ['职务', '姓名'],
    );
    fc.assert(
      fc.property(heading, grid, (head, rows) => {
        const plan = planRoster(readRoster(rowsOf('表', [head, ...rows])), existing);
        applyPlan(existing, plan);
      }),
      { numRuns: 300 },
    );
  });

  test('rows without a heading are named', () => {
    const rows = [['学科', '组长', '组员'], ['物理', '甲天', '乙地'], ['附 9.'], ['语文', '丙玄', '丁黄']];
    const written = readRoster(rowsOf('表', rows));
    assert.deepEqual(
      written.questions.map(({ kind, cell }) => [kind, cell]),
      [['no-heading', '表!4:1']],
    );
  });
});
