import { sql } from 'kysely';
import { ageBits, entryOf, marked } from '#modules/library/search/entry/rules.ts';
import { itemKinds } from '#modules/library/vocabulary/contract.ts';
import { subjects } from '#modules/organisation/vocabulary/contract.ts';
import type { Database } from '#platform/database/database.ts';
import { type SeededRandom, seededRandom } from '#platform/random.ts';

/** So many texts are made; the rows are copies of them under ids of their own. */
const distinct = 20_000;
const seed = 20_240_126;

const common = Array.from(
  '的是在学教生课数一有和人中大为这个上用以时到说们要能与过方法对发成会作进行同理分问题动实现',
);
const topics = [
  '两位数乘两位数',
  '分数的初步认识',
  '长方形的面积',
  '秋天的雨',
  '古诗二首',
  '家国情怀',
  '力与运动',
  '细胞的结构',
  '光的折射',
  '丝绸之路',
];
const phrases = [
  '学生能说出算理',
  '小组合作交流',
  '教学目标',
  '核心素养',
  '课堂小结',
  '创设情境',
  'unit test',
  'Reading for fun',
];

const makeWords = (random: SeededRandom): string[] =>
  Array.from({ length: 4_000 }, () =>
    Array.from({ length: random.integer(2, 3) }, () =>
      String.fromCodePoint(
        0x4e00 + Math.floor((3_000 * random.integer(0, 1_000) * random.integer(1, 1_000)) / 1e6),
      ),
    ).join(''),
  );

/** A few words are in many texts and most in few, as in any language. */
const aText = (random: SeededRandom, words: readonly string[]): string =>
  Array.from({ length: random.integer(15, 40) }, () => {
    const kind = random.integer(1, 10);
    if (kind <= 3) return random.pick(common) + random.pick(common);
    if (kind === 4) return random.pick(phrases);
    const share = random.integer(1, 1_000) / 1_000;
    return words[Math.floor(share ** 3 * (words.length - 1))] ?? '';
  }).join(random.chance(0.5) ? '' : '，');

const aSource = (random: SeededRandom, words: readonly string[], index: number) => {
  const kind = random.pick(itemKinds);
  const grade = random.integer(1, 9);
  const place = {
    kind,
    grade,
    stage: grade > 6 ? 'junior' : 'primary',
    subject: random.pick(subjects),
  } as const;
  const title = `${random.pick(topics)}${random.pick(words)}${random.pick(['', '第一课时', '复习'])}`;
  const text = `${aText(random, words)}。独有${String.fromCodePoint(0x20000 + index)}${words[index % words.length]}`;
  const { lexemes, ...entry } = entryOf(
    {
      ...place,
      title,
      summary: text,
      volumeId: null,
      unitId: null,
      lessonId: null,
      schoolId: null,
      schoolName: null,
      publisher: '某版',
      part: 'first',
      unit: { number: 1, title: random.pick(topics) },
      lesson: null,
      content: { sections: [] },
      authors: [],
    },
    0,
  );
  const ages = new Set<string>(ageBits.map((bits) => marked(`age${bits}:`, 0)));
  return { index, ...place, itemTitle: title, ...entry, lexemes: lexemes.filter((one) => !ages.has(one)) };
};

export const addSources = async (db: Database): Promise<void> => {
  const random = seededRandom(seed);
  const words = makeWords(random);
  await sql`create unlogged table public.bench_source (index integer primary key, kind text, grade smallint,
    stage text, subject text, item_title text, title text, heading text, body text, folded text, body_from integer,
    initials text, pinyin text, lexemes tsvector)`.execute(db);
  const chunk = 1_000;
  for (let from = 0; from < distinct; from += chunk) {
    const sources = Array.from({ length: chunk }, (_, at) => aSource(random, words, from + at));
    await sql`insert into public.bench_source
      select index, kind, grade, stage, subject, "itemTitle", title, heading, body, folded, "bodyFrom", initials,
        pinyin, array_to_tsvector(lexemes)
      from jsonb_to_recordset(${JSON.stringify(sources)}::jsonb) as one (index integer, kind text, grade smallint,
        stage text, subject text, "itemTitle" text, title text, heading text, body text, folded text,
        "bodyFrom" integer, initials text, pinyin text, lexemes text[])`.execute(db);
  }
};

/** Published items `from` to `to − 1` with their entries; every tenth is a school's own that others do not see. */
export const addItems = async (db: Database, from: number, to: number): Promise<void> => {
  const ages = sql.join(
    ageBits.map((bits) => sql`${marked(`age${bits}:`, '')} || (n >> ${bits}::int)`),
    sql`, `,
  );
  const step = 50_000;
  // No version is made of any: only what is searched of them.
  await sql`alter table library.item drop constraint if exists item_id_published_fkey`.execute(db);
  // Filled faster and read the same.
  await sql`alter table library.search_entry set unlogged`.execute(db);
  await sql`drop index if exists library.search_entry_by_lexeme`.execute(db);
  for (let begun = from; begun < to; begun += step)
    await db.transaction().execute(async (transaction) => {
      const id = sql`overlay(overlay(md5('item' || n) placing '7' from 13 for 1) placing '8' from 17 for 1)::uuid`;
      const rows = sql`generate_series(${begun}::int, ${Math.min(begun + step, to) - 1}::int) as n
        join public.bench_source as source on source.index = n % ${distinct}::int`;
      await sql`insert into library.item (id, kind, title, stage, subject, grade, school_id, shared, made_by, published,
          published_at)
        select ${id}, kind, item_title, stage, subject, grade,
          case when n % 10 = 0 then (select id from organisation.school order by id limit 1) end, n % 10 <> 0,
          (select id from organisation.person order by id limit 1), 1, timestamptz '2020-01-01' + n * interval '1 minute'
        from ${rows}`.execute(transaction);
      await sql`insert into library.search_entry (item_id, ordinal, published, title, heading, body, folded, body_from,
          initials, pinyin, lexemes)
        select ${id}, n, 1, title, heading, body, folded, body_from, initials, pinyin,
          lexemes || array_to_tsvector(array[${ages}])
        from ${rows}`.execute(transaction);
    });
  await sql`select setval('library.search_ordinal', ${to})`.execute(db);
  await db.connection().execute(async (connection) => {
    await sql`set statement_timeout = 0`.execute(connection);
    await sql`set maintenance_work_mem = '2GB'`.execute(connection);
    await sql`create index search_entry_by_lexeme on library.search_entry using gin (lexemes)
      with (fastupdate = off)`.execute(connection);
    await sql`vacuum analyze library.search_entry`.execute(connection);
    await sql`vacuum analyze library.item`.execute(connection);
    await sql`reset statement_timeout`.execute(connection);
  });
};

/** Words of the texts, the frequent ones first, so that a fixed list of queries has some of each. */
export const wordsOfTexts = (): readonly string[] => makeWords(seededRandom(seed));
