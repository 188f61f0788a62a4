import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { Stage, Subject } from '../contract.ts';
import { gradeLabels, subjectLabels } from '../contract.ts';
import { emptySnapshot } from './contract.ts';
import { planRoster } from './plan/rules.ts';
import { readRoster, refusalOf } from './rules.ts';
import { applyPlan, rowsOf } from './testing.ts';

const surnames = [...'甲乙丙丁戊己庚辛'];
const given = [...'天地玄黄宇宙洪荒日月盈昃辰宿列张'];

/** The nth made-up name, of two or three characters; no two are the same. */
const nameOf = (index: number): string => {
  const [a, b, c] = [index % 8, Math.floor(index / 8) % 16, Math.floor(index / 128) - 1];
  return `${surnames[a]}${given[b]}${c < 0 ? '' : given[c % 16]}`;
};

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
const townships = [...'东西南北中上下前后左右里'].map((character) => `${character}河湾`);

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

/** One roll of a die after the other, for all that people vary when they type the same table. */
interface Noise {
  pick<T>(choices: readonly T[]): T;
  shuffle<T>(items: readonly T[]): T[];
}

const noise: fc.Arbitrary<Noise> = fc.infiniteStream(fc.nat(9999)).map((stream) => {
  const roll = (below: number) => Number(stream.next().value) % below;
  return {
    pick: (choices) => {
      const chosen = choices[roll(choices.length)];
      if (chosen === undefined) throw new Error('nothing to pick from');
      return chosen;
    },
    shuffle: (items) =>
      items
        .map((item) => ({ item, at: roll(10_000) }))
        .sort((one, other) => one.at - other.at)
        .map(({ item }) => item),
  };
});

const spacedOut = (name: string, { pick }: Noise) => (pick([true, false]) ? [...name].join(' ') : name);
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

/** Rows with columns in any order, empty rows and whole rows typed twice. */
const untidy = (
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  noisy: Noise,
): string[][] => {
  const order = noisy.shuffle(heading.map((_, index) => index));
  const arrange = (row: readonly string[]) => order.map((index) => row[index] ?? '');
  const head = arrange(heading).map((word) => noisy.pick([word, [...word].join(' '), `${word}　`]));
  const body = rows.flatMap((row) => noisy.pick([[row], [row], [row, row], [row, row.map(() => '')]]));
  return [head, ...body.map(arrange)];
};

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

interface MadeTeacher {
  name: string;
  number: string;
  school: string;
  grade: string;
  subject: string;
  phone: string;
}

const schools = ['东河湾小学', '西河湾小学', '南山中学'];
const existing = {
  ...emptySnapshot,
  schools: schools.map((name) => {
    const stage: Stage = name.endsWith('小学') ? 'primary' : 'junior';
    return { id: `id ${name}`, name, kind: stage, stages: [stage], byHand: false };
  }),
};

const teachers: fc.Arbitrary<MadeTeacher[]> = fc
  .array(fc.tuple(fc.nat(5), fc.nat(2)), { minLength: 1, maxLength: 12 })
  .map((all) =>
    all.map(([person, school], index) => ({
      name: nameOf(person),
      number: `F${1000 + index}`,
      school: schools[school] ?? '',
      grade: school === 2 ? '八年级' : '三年级',
      subject: '语文',
      phone: `1390000${1000 + index}`,
    })),
  );

const headings = {
  name: ['姓名', '教师姓名', '姓 名'],
  number: ['工号', '教师编号', '人员编号'],
  school: ['学校', '单位', '任教学校'],
  grade: ['年级', '任教年级'],
  subject: ['学科', '任教学科'],
  phone: ['电话', '手机', '联系电话', '手机号码'],
};
const columns = ['name', 'number', 'school', 'grade', 'subject', 'phone'] as const;

const teacherRows = (
  all: readonly MadeTeacher[],
  noisy: Noise,
  kept: readonly (typeof columns)[number][] = columns,
) => {
  const heading = kept.map((column) => noisy.pick(headings[column]));
  const rows = all.map((one) => kept.map((column) => noisy.pick([one[column], ` ${one[column]} `])));
  return rowsOf('教师', [['某区教师名单'], ...untidy([...heading, '备注'], rows, noisy)]);
};

suite('a plain teacher list', () => {
  test('one person for each staff number, whatever the names, the order of columns and repeated rows', () => {
    fc.assert(
      fc.property(teachers, noise, noise, (all, first, second) => {
        const plan = planRoster(readRoster(teacherRows(all, first)), existing);
        assert.deepEqual(plan.questions, []);
        assert.equal(plan.counts.people, all.length);
        const after = applyPlan(existing, plan);
        assert.deepEqual(
          after.people
            .map(({ name, staffNumber, phone, homeSchoolId, subjects }) => [
              name,
              staffNumber,
              phone,
              homeSchoolId,
              ...subjects,
            ])
            .sort((one, other) => String(one[1]).localeCompare(String(other[1]))),
          all.map(({ name, number, phone, school }) => [name, number, phone, `id ${school}`, 'chinese']),
        );
        assert.equal(after.teaching.length, all.length);
        const again = planRoster(readRoster(teacherRows(all, second)), after);
        assert.deepEqual(again.changes, { new: 0, changed: 0, unchanged: plan.changes.new });
      }),
      { numRuns: 150 },
    );
  });

  test('without numbers and telephones nobody is made one or two by the name alone', () => {
    fc.assert(
      fc.property(teachers, noise, (all, noisy) => {
        const plan = planRoster(readRoster(teacherRows(all, noisy, ['name', 'school'])), existing);
        const after = applyPlan(existing, plan);
        for (const name of new Set(names(all))) {
          const places = new Set(all.filter((one) => one.name === name).map(({ school }) => school));
          const people = after.people.filter((person) => person.name === name);
          assert.equal(people.length, places.size === 1 ? 1 : 0, name);
          assert.equal(
            plan.questions.filter(({ text }) => text.startsWith(`“${name}”`)).length,
            places.size === 1 ? 0 : 1,
          );
        }
        assert.deepEqual(
          planRoster(readRoster(teacherRows(all, noisy, ['name', 'school'])), after).changes.new,
          0,
        );
      }),
      { numRuns: 150 },
    );
  });

  test('staff numbers and telephones found later are added to the people who stand', () => {
    const first = readRoster(
      rowsOf('表', [
        ['姓名', '学校'],
        ['甲天', '东河湾小学'],
      ]),
    );
    const before = applyPlan(existing, planRoster(first, existing));
    const second = readRoster(
      rowsOf('表', [
        ['工号', '单位', '姓名', '手机'],
        ['F1', '东河湾小学', '甲天', '13900001111'],
      ]),
    );
    const plan = planRoster(second, before);
    assert.deepEqual(plan.changes, { new: 0, changed: 1, unchanged: 0 });
    assert.equal(plan.rows[0]?.reason, '工号：（空） → F1；补上电话');
    assert.deepEqual(planRoster(second, applyPlan(before, plan)).changes, {
      new: 0,
      changed: 0,
      unchanged: 1,
    });
  });

  test('one staff number with two names is asked about, in the list and against the database', () => {
    const list = [
      ['姓名', '工号', '学校'],
      ['甲天', 'F1', '东河湾小学'],
      ['乙地', 'F1', '东河湾小学'],
    ];
    const plan = planRoster(readRoster(rowsOf('表', list)), existing);
    assert.deepEqual(
      plan.questions.map(({ kind, cell }) => [kind, cell]),
      [
        ['name-differs', '表!2:1'],
        ['name-differs', '表!3:1'],
      ],
    );
    assert.equal(plan.changes.new, 0);
    const before = applyPlan(existing, planRoster(readRoster(rowsOf('表', list.slice(0, 2))), existing));
    const [question] = planRoster(readRoster(rowsOf('表', [list[0] ?? [], list[2] ?? []])), before).questions;
    assert.equal(question?.kind, 'name-differs');
    assert.match(question.text, /系统里是“甲天”/u);
  });

  test('a misspelt school is asked about once, with the nearest candidates; its people wait', () => {
    const rows = [
      ['姓名', '学校'],
      ['甲天', '东何湾小学'],
      ['乙地', '东何湾小学'],
      ['丙玄', '西河湾'],
    ];
    const plan = planRoster(readRoster(rowsOf('表', rows)), existing);
    const [question, ...others] = plan.questions;
    assert.equal(question?.kind, 'unknown-school');
    assert.equal(question.candidates?.[0], '东河湾小学');
    assert.deepEqual(others, []);
    assert.deepEqual(
      applyPlan(existing, plan).people.map(({ name }) => name),
      ['丙玄'],
    );
    assert.equal(applyPlan(existing, plan).schools.length, 3);
  });

  test('a word nobody knows is one question, not one for each row', () => {
    const rows = [['姓名', '学校', '学科'], ...['甲天', '乙地'].map((name) => [name, '东河湾小学', '语闻'])];
    const plan = planRoster(readRoster(rowsOf('表', rows)), existing);
    assert.deepEqual(
      plan.questions.map(({ kind }) => kind),
      ['unknown-subject'],
    );
    assert.equal(plan.counts.people, 2);
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
