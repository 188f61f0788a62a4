import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { Document, Packer, Paragraph, Table, TableCell, TableRow as WordRow } from 'docx';
import { writeXlsx } from 'hucre';
import { readPastedTables, readTables, readTablesAt } from '#platform/spreadsheet/read-tables.ts';
import type { TableRow } from '#platform/spreadsheet/table-row.ts';
import type { RosterDecision, RosterPlan, WrittenRoster } from './contract.ts';
import { emptySnapshot } from './contract.ts';
import { planRoster } from './plan/rules.ts';
import { rosterReader } from './rules.ts';
import { applyPlan } from './testing.ts';

const folder = join(import.meta.dirname, '../../../../data/fengnan-2024');
const parts = ['appendix-1-junior', 'appendix-1-primary', 'appendix-2-consortia', 'appendix-3-subject-bases'];
const [junior = '', primary = '', consortia = '', bases = ''] = await Promise.all(
  parts.map((name) => readFile(join(folder, `${name}.tsv`), 'utf8')),
);
/** The appendix section of the notice as one would copy it out of the document. */
const pasted = `附 1.\n\n中小学区级研训中心组分组名单\n\n${junior}\n${primary}\n附 2.\n\n${consortia}\n附 3.\n\n${bases}`;

/** Every character of GBK by its two bytes, from the decoder the platform has. */
const gbk = new Map<string, number>();
for (let code = 0x8140; code <= 0xfefe; code += 1) {
  const character = new TextDecoder('gb18030').decode(Uint8Array.of(code >> 8, code & 0xff));
  if (character.length === 1 && !gbk.has(character)) gbk.set(character, code);
}
const encodeGbk = (text: string): Buffer =>
  Buffer.from(
    text.split('').flatMap((character) => {
      const code = gbk.get(character);
      return code === undefined ? [character.charCodeAt(0)] : [code >> 8, code & 0xff];
    }),
  );

interface Part {
  titles: string[];
  rows: string[][];
}

const partsOf = (): Part[] =>
  [junior, primary, consortia, bases].map((text) => {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const [title = '', ...rest] = lines;
    const rows = rest.map((line) => line.split('\t'));
    const width = Math.max(...rows.map((row) => row.length));
    for (const row of rows) while (row.length < width) row.push('');
    return { titles: [title.trim()], rows };
  });

/** Rows each first-column or second-column cell reaches down over the empty cells below it. */
const spanOf = (rows: string[][], row: number, column: number): number => {
  let end = row + 1;
  while (
    end < rows.length &&
    rows[end]?.[column] === '' &&
    rows[end]?.slice(0, column).every((cell) => cell === '')
  )
    end += 1;
  return end - row;
};

const asXlsx = async (onOneSheet: boolean): Promise<Buffer> => {
  const sheets = partsOf().map(({ titles, rows }, index) => ({
    name: `附件${index + 1}`,
    rows: [titles, ...rows],
    merges: rows.flatMap((cells, row) =>
      [0, 1].flatMap((column) => {
        const span = row > 0 && cells[column] !== '' && rows[0]?.length !== 3 ? spanOf(rows, row, column) : 1;
        return span > 1 ? [{ startRow: row + 1, startCol: column, endRow: row + span, endCol: column }] : [];
      }),
    ),
  }));
  const all = sheets.flatMap(({ rows }) => [...rows, ['']]);
  return Buffer.from(await writeXlsx({ sheets: onOneSheet ? [{ name: '附件', rows: all }] : sheets }));
};

const asDocx = async (): Promise<Buffer> => {
  const cell = (text: string, rowSpan: number) => new TableCell({ rowSpan, children: [new Paragraph(text)] });
  const children = partsOf().flatMap(({ titles, rows }, index) => {
    const covered = new Set<string>();
    const wordRows = rows.map((cells, row) => {
      const made = cells.flatMap((text, column) => {
        if (covered.has(`${row} ${column}`)) return [];
        const span = row > 0 && column < 2 && text !== '' && cells.length > 3 ? spanOf(rows, row, column) : 1;
        for (let below = 1; below < span; below += 1) covered.add(`${row + below} ${column}`);
        return [cell(text, span)];
      });
      return new WordRow({ children: made });
    });
    return [
      new Paragraph(`附 ${index + 1}.`),
      ...titles.map((title) => new Paragraph(title)),
      new Table({ rows: wordRows }),
    ];
  });
  return Packer.toBuffer(new Document({ sections: [{ children }] }));
};

/** Breaks the last cell of each row after some characters, wherever that falls. */
const breakLines = (text: string): string =>
  text.replace(/^(\S+\t\S+(?: \S+)?\t.{17}|(?:.*\t){4}.{13})(?=.)/gmu, '$1\n');

const read = async (rows: AsyncIterable<TableRow>): Promise<WrittenRoster> => {
  const reader = rosterReader();
  for await (const row of rows) reader.row(row);
  return reader.finish();
};

const forms: Record<string, () => Promise<WrittenRoster>> = {
  'the folder of appendices': () => read(readTablesAt(folder)),
  'the pasted text': () => read(readPastedTables(pasted)),
  'the pasted text with Windows line ends': () => read(readPastedTables(pasted.replaceAll('\n', '\r\n'))),
  'the pasted text with runs of spaces for tabs': () =>
    read(readPastedTables(pasted.replaceAll('\t', '    '))),
  'the pasted text with long lines broken in the middle of words': () =>
    read(readPastedTables(pasted.replace(junior, breakLines(junior)).replace(primary, breakLines(primary)))),
  'the appendices in GBK': async () => {
    const reader = rosterReader();
    for (const text of [junior, primary, consortia, bases])
      for await (const row of readTables({ name: '附件.txt', bytes: encodeGbk(text) })) reader.row(row);
    return reader.finish();
  },
  'an .xlsx with a sheet for each appendix and merged cells': async () =>
    read(readTables({ name: '附件.xlsx', bytes: await asXlsx(false) })),
  'an .xlsx with everything on one sheet': async () =>
    read(readTables({ name: '附件.xlsx', bytes: await asXlsx(true) })),
  'a .docx with merged cells': async () => read(readTables({ name: '附件.docx', bytes: await asDocx() })),
};

const ofKind = (plan: RosterPlan, kind: string) =>
  plan.questions.filter((question) => question.kind === kind);

for (const [name, load] of Object.entries(forms))
  suite(`the notice's appendices from ${name}`, async () => {
    const written = await load();
    const plan = planRoster(written, emptySnapshot);
    const after = applyPlan(emptySnapshot, plan);
    const whole = written.leadingGroup !== null;

    test('counts', () => {
      assert.deepEqual(plan.counts, {
        juniorNames: 71,
        primaryNames: 89,
        distinctNames: 159,
        coreGroups: 13,
        gradeTeams: 21,
        consortia: 10,
        schools: 39,
        people: whole ? 164 : 163,
        appointments: whole ? 173 : 170,
        emptySubjectBaseSlots: 12,
      });
    });

    test('two leads for junior English, 肖静 alone for geography, the 思维课 team across grades 1–6', () => {
      const leads = (subject: string) =>
        written.coreGroups
          .find((group) => group.stage === 'junior' && group.subject === subject)
          ?.leads.map((lead) => lead.name);
      assert.deepEqual(leads('english'), ['孙艳春', '张平']);
      assert.deepEqual(leads('geography'), ['肖静']);
      const mathematics = written.coreGroups.find(
        (one) => one.stage === 'primary' && one.subject === 'mathematics',
      );
      const [team] = mathematics?.teams ?? [];
      assert.deepEqual([team?.gradeFrom, team?.gradeTo, team?.topic], [1, 6, '思维课']);
      assert.deepEqual(
        mathematics?.leads.map((lead) => lead.name),
        ['郑金玉'],
      );
    });

    test('西城学校 stands once with two stages', () => {
      assert.equal(after.schools.length, 39);
      const [school, second] = after.schools.filter((one) => one.name === '西城学校');
      assert.deepEqual(school?.stages.toSorted(), ['junior', 'primary']);
      assert.equal(school?.kind, 'nine-year');
      assert.equal(second, undefined);
    });

    test('柳树酄 is put back twice, with the reason and the cell', () => {
      const lost = ofKind(plan, 'lost-character');
      assert.deepEqual(
        new Set(lost.map(({ restored }) => restored)),
        new Set(['柳树酄中学', '柳树酄中心校']),
      );
      for (const { text, cell } of lost) {
        assert.match(text, /酄.*GB 2312/u);
        assert.match(cell, /(?:第.*行第3列|!C\d+)$/u);
      }
      assert.ok(after.schools.every((one) => !/[0 ]/u.test(one.name)));
    });

    test('张桂敏 is one person with three appointments, the other officers with two', () => {
      const posts = (person: string) => {
        const found = after.people.filter((one) => one.name === person);
        assert.equal(found.length, 1, person);
        return after.appointments.filter((one) => one.personId === found[0]?.id).length;
      };
      assert.equal(posts('张桂敏'), 3);
      for (const person of ['刘宏良', '毕玉娟', '郑金玉', '张立利']) assert.equal(posts(person), 2, person);
      for (const person of ['王印廷', '刘天凤']) assert.equal(posts(person), whole ? 2 : 1, person);
    });

    test('李惠 is left to a person', () => {
      assert.deepEqual(
        ofKind(plan, 'same-name').map(({ text }) => text.slice(0, 4)),
        ['“李惠”'],
      );
      assert.ok(after.people.every((person) => person.name !== '李惠'));
      const waiting = plan.rows.filter((row) => row.status === 'needs-decision' && row.about === 'person');
      assert.equal(waiting.length, 2);
    });

    test('six village schools without a known parent are asked about and not created', () => {
      const villages = ['西河', '横沽', '毕武庄', '夏新庄', '王家盘子', '毕家瞿'];
      const asked = ofKind(plan, 'unknown-parent');
      assert.deepEqual(
        villages.filter((village) => asked.some(({ text }) => text.includes(`“${village}”`))),
        villages,
      );
      assert.equal(asked.length, 6);
      assert.ok(after.schools.every((school) => !villages.some((village) => school.name.includes(village))));
    });

    test('short names that can mean one school only are confirmed, the others proposed', () => {
      const aliases = (status: string) =>
        Object.fromEntries(
          after.aliases
            .filter((one) => one.status === status)
            .map((one) => [one.alias, after.schools.find(({ id }) => id === one.schoolId)?.name]),
        );
      assert.deepEqual(aliases('confirmed'), {
        实小东: '实验小学东校区',
        银丰: '银丰小学',
        胥小: '胥各庄小学',
        西城: '西城学校',
        岔河: '岔河小学',
        岔小: '岔河小学',
        四神庄: '四神庄小学',
      });
      assert.deepEqual(aliases('proposed'), {
        一小西: '第一实验小学',
        尖字沽: '尖字沽中心校',
        南孙: '南孙中心校',
        小集: '小集中心校',
        黑沿子: '黑沿子中心校',
        黄小: '黄各庄中心校',
        黄各庄: '黄各庄中心校',
        东田: '东田中心校',
        大新: '大新庄中心校',
      });
      assert.equal(ofKind(plan, 'alias-proposed').length, 9);
    });

    test('every question and every row says where it comes from', () => {
      for (const { text, cell } of [...plan.questions, ...plan.rows]) assert.notEqual(cell, '', text);
      const kinds = new Set(plan.questions.map(({ kind }) => kind));
      assert.deepEqual([...kinds].toSorted(), [
        'alias-proposed',
        'lost-character',
        'missing-school',
        'same-name',
        'unknown-parent',
      ]);
    });

    test('importing again changes nothing', () => {
      const again = planRoster(written, after);
      assert.deepEqual(again.changes, { new: 0, changed: 0, unchanged: plan.changes.new });
      assert.deepEqual(again.counts, plan.counts);
      assert.equal(ofKind(again, 'lost-character').length, 0);
      assert.deepEqual(applyPlan(after, again), after);
    });
  });

suite('decisions on the notice', async () => {
  const written = await read(readTablesAt(folder));
  const first = planRoster(written, emptySnapshot);
  const [question] = ofKind(first, 'same-name');
  const cells = first.rows
    .filter((row) => row.status === 'needs-decision' && row.about === 'person')
    .map((row) => row.cell);
  const [one = '', other = ''] = cells;
  const decide = (decisions: readonly RosterDecision[]) => {
    const plan = planRoster(written, emptySnapshot, decisions);
    return { plan, after: applyPlan(emptySnapshot, plan) };
  };

  test('two people of one name stay two when imported again', () => {
    assert.equal(question?.cell, one);
    const { plan, after } = decide([
      { about: 'person', name: '李惠', cell: one, is: 'new' },
      { about: 'person', name: '李惠', cell: other, is: 'new' },
    ]);
    assert.equal(after.people.filter(({ name }) => name === '李惠').length, 2);
    assert.equal(ofKind(plan, 'same-name').length, 0);
    assert.equal(plan.counts.people, 165);
    assert.equal(planRoster(written, after).changes.new, 0);
    assert.equal(ofKind(planRoster(written, after), 'same-name').length, 0);
  });

  test('one person in two groups', () => {
    const { after } = decide([
      { about: 'person', name: '李惠', cell: one, is: 'new' },
      { about: 'person', name: '李惠', cell: other, is: { cell: one } },
    ]);
    const found = after.people.filter(({ name }) => name === '李惠');
    assert.equal(found.length, 1);
    assert.equal(after.appointments.filter(({ personId }) => personId === found[0]?.id).length, 2);
    assert.equal(planRoster(written, after).changes.new, 0);
  });

  test('a confirmed short name gives its people their school, listed as a change', () => {
    const before = applyPlan(emptySnapshot, first);
    const aliases = before.aliases.map((alias) => ({ ...alias, status: 'confirmed' as const }));
    const plan = planRoster(written, { ...before, aliases });
    assert.equal(plan.changes.changed, 22);
    assert.ok(
      plan.rows
        .filter(({ status }) => status === 'changed')
        .every(({ reason }) => reason.startsWith('学校：（空） → ')),
    );
  });

  test('a village school is created under its central school when a person says so', () => {
    const { plan, after } = decide([
      {
        about: 'new-school',
        name: '西河小学',
        alias: '西河',
        stage: 'primary',
        kind: 'campus',
        parent: '岔河小学',
      },
    ]);
    assert.equal(after.schools.length, 40);
    assert.equal(ofKind(plan, 'unknown-parent').length, 5);
    const home = after.people.find(({ name }) => name === '张和')?.homeSchoolId;
    assert.equal(after.schools.find(({ id }) => id === home)?.name, '西河小学');
    assert.equal(planRoster(written, after).changes.new, 0);
  });

  test('what was set by hand is listed and left', () => {
    const before = applyPlan(emptySnapshot, first);
    const wrong = before.schools.find(({ name }) => name === '岔河中学')?.id ?? '';
    const people = before.people.map((person) =>
      person.name === '冯丽娜' ? { ...person, homeSchoolId: wrong, byHand: true } : person,
    );
    const plan = planRoster(written, { ...before, people });
    assert.deepEqual([plan.changes.new, plan.changes.changed], [0, 0]);
    assert.match(ofKind(plan, 'set-by-hand')[0]?.text ?? '', /冯丽娜.*岔河中学 → 岔河小学/u);
  });

  test('someone the list no longer names keeps the post, and is asked about', () => {
    const before = applyPlan(emptySnapshot, first);
    const bodyId =
      before.bodies.find(({ kind, stage }) => kind === 'core-group' && stage === 'junior')?.id ?? '';
    const people = [...before.people, { ...before.people[0]!, id: 'x', name: '甲乙', staffNumber: null }];
    const appointments = [
      ...before.appointments,
      { id: 'y', personId: 'x', bodyId, post: 'member' as const },
    ];
    const plan = planRoster(written, { ...before, people, appointments });
    assert.deepEqual(
      ofKind(plan, 'no-longer-listed').map(({ candidates }) => candidates),
      [['x']],
    );
    assert.deepEqual([plan.changes.new, plan.changes.changed], [0, 0]);
  });
});
