import { monthPeriod } from '#modules/evaluation/observing/rules.ts';
import { findTermOf } from '#modules/evaluation/observing/store.ts';
import { countTeachingDays, isTeachingDay } from '#modules/organisation/calendar/rules.ts';
import type { Queryable } from '#platform/database/database.ts';
import { addDays, type Day } from '#platform/dates.ts';
import { readSetting, writeSetting } from '#platform/district-setting.ts';
import type { SeededRandom } from '#platform/random.ts';
import { writeObservationBulletin } from './bulletin/actions.ts';
import { bulletinTitle, monthName } from './bulletin/rules.ts';
import type { BulletinTopic, Letterhead } from './contract.ts';
import { writeFindingSummary } from './finding-summary/actions.ts';
import { seedLetter } from './letter/demo.ts';
import { takeNumber } from './number/store.ts';
import { insertCircular, insertRecipients, updateCircular } from './store.ts';
import { writeWritingBulletin } from './writing-bulletin/actions.ts';

/** An invented district; the notice's own stands only until somebody sets another. */
const demoLetterhead: Letterhead = {
  issuerMark: '云溪区教育局文件',
  series: '云教研字',
  issuer: '云溪区教育局',
  recipients: '各中小学校、中心校',
  copyTo: '区人民政府教育督导室',
  issuedBy: '云溪区教育局办公室',
};
const letterheadKey = 'circulars.letterhead';

interface Office {
  readonly drafter: string;
  readonly checker: string;
  readonly signer: string;
}

/** Two research officers, also those who lead a core group, and who signs. */
const findOffice = async (db: Queryable, on: Day): Promise<Office | null> => {
  const holders = (kind: string, posts: readonly string[]) =>
    db
      .selectFrom('organisation.appointment as held')
      .innerJoin('organisation.body as body', 'body.id', 'held.bodyId')
      .where('body.kind', '=', kind)
      .where('held.post', 'in', posts)
      .where('held.activeFrom', '<=', on)
      .where((is) => is.or([is('held.activeTo', 'is', null), is('held.activeTo', '>', on)]))
      .select('held.personId')
      .orderBy('held.personId')
      .limit(2)
      .execute();
  const [drafter, checker] = [
    ...(await holders('research-office', ['research-officer', 'member', 'head'])),
    ...(await holders('core-group', ['lead'])),
  ];
  const [signer] = await holders('leading-group', ['head', 'deputy']);
  return drafter === undefined || checker === undefined || signer === undefined
    ? null
    : { drafter: drafter.personId, checker: checker.personId, signer: signer.personId };
};

/** `2024-03` and -1 → `2024-02`. */
const monthBefore = (month: string): string => addDays(monthPeriod(month).from, -1).slice(0, 7);

/** The month's bulletin can be written when some of its days up to `today` were taught. */
const wasTaught = async (db: Queryable, month: string, today: Day): Promise<boolean> => {
  const { from, to } = monthPeriod(month);
  const term = await findTermOf(db, from, to);
  return term !== null && countTeachingDays(term.calendar, from, to < today ? to : today) > 0;
};

/** The third taught day after a month, or `today` when it is earlier. */
const issueDay = async (db: Queryable, month: string, today: Day): Promise<Day> => {
  const after = addDays(monthPeriod(month).to, 1);
  const term = await findTermOf(db, after, addDays(after, 9));
  let taught = 0;
  for (let day = after; day < today; day = addDays(day, 1)) {
    if (term === null || isTeachingDay(term.calendar, day)) taught += 1;
    if (taught === 3) return day;
  }
  return today;
};

/** An hour of a day in China. */
const clock = (day: Day, hour: number): string => `${day}T${String(hour - 8).padStart(2, '0')}:00:00.000Z`;

const draftMonth = async (
  db: Queryable,
  office: Office,
  month: string,
  at: string,
  topic: BulletinTopic = 'principal-observation',
): Promise<string> => {
  const { from, to } = monthPeriod(month);
  const write = {
    'principal-observation': writeObservationBulletin,
    'writing-check': writeWritingBulletin,
    'finding-summary': writeFindingSummary,
  }[topic];
  const id = await insertCircular(db, {
    kind: 'bulletin',
    topic,
    title: bulletinTitle(demoLetterhead.issuer, monthName(month), topic),
    periodFrom: from,
    periodTo: to,
    draftedBy: office.drafter,
    ...(await write(db, { from, to }, new Date(at))),
  });
  if (id === null) throw new Error(`a bulletin of ${month} stands already`);
  await db
    .updateTable('circulars.circular')
    .set({ draftedAt: at, editedAt: at })
    .where('id', '=', id)
    .execute();
  return id;
};

const issueMonth = async (
  db: Queryable,
  random: SeededRandom,
  office: Office,
  { month, today }: { month: string; today: Day },
): Promise<void> => {
  const day = await issueDay(db, month, today);
  const id = await draftMonth(db, office, month, clock(day, 9));
  await updateCircular(db, id, { state: 'checked', checkedBy: office.checker });
  await updateCircular(db, id, { state: 'signed', signedBy: office.signer });
  const number = { series: demoLetterhead.series, year: Number(day.slice(0, 4)), circularId: id };
  await updateCircular(db, id, {
    state: 'issued',
    issuedBy: office.drafter,
    issuedOn: day,
    documentNumber: await takeNumber(db, number),
    letterhead: demoLetterhead,
  });
  await db
    .updateTable('circulars.circular')
    .set({ checkedAt: clock(day, 10), signedAt: clock(day, 11), issuedAt: clock(day, 15) })
    .where('id', '=', id)
    .execute();
  await insertRecipients(db, id, day);
  await insertReceipts(db, random, id, day);
};

/** Most have read it, within two days. */
const insertReceipts = async (
  db: Queryable,
  random: SeededRandom,
  circularId: string,
  day: Day,
): Promise<void> => {
  const recipients = await db
    .selectFrom('circulars.recipient')
    .where('circularId', '=', circularId)
    .select('personId')
    .orderBy('personId')
    .execute();
  const readers = recipients.filter(() => random.chance(0.8));
  if (readers.length === 0) return;
  await db
    .insertInto('circulars.receipt')
    .values(
      readers.map(({ personId }) => ({
        circularId,
        personId,
        readAt: new Date(Date.parse(clock(day, 15)) + random.integer(1, 48 * 60) * 60_000).toISOString(),
      })),
    )
    .execute();
};

/**
 * Two issued bulletins, most recent taught months first, and the running month's draft; reads the observations
 * that were seeded before. Does nothing in a district without research office and leading group.
 */
export const seedCirculars = async (db: Queryable, random: SeededRandom, today: Day): Promise<void> => {
  const unset = null;
  if ((await readSetting<Letterhead | null>(db, letterheadKey, today, unset)) === unset)
    await writeSetting(db, {
      key: letterheadKey,
      value: demoLetterhead,
      fromOn: '2020-01-01',
      clause: '演示数据',
      setBy: null,
    });
  const office = await findOffice(db, today);
  if (office === null) return;
  const taught: string[] = [];
  let month = monthBefore(today.slice(0, 7));
  for (let back = 0; back < 12 && taught.length < 2; back += 1, month = monthBefore(month))
    if (await wasTaught(db, month, today)) taught.unshift(month);
  for (const one of taught) await issueMonth(db, random, office, { month: one, today });
  const running = today.slice(0, 7);
  if (!(await wasTaught(db, running, today))) return;
  await draftMonth(db, office, running, clock(today, 9));
  const { figures } = await writeWritingBulletin(db, monthPeriod(running), new Date(clock(today, 10)));
  if ((figures.values['checks'] ?? 0) > 0)
    await draftMonth(db, office, running, clock(today, 10), 'writing-check');
};

/** One issued letter and the running month's draft on findings; reads the findings that were seeded before. */
export const seedFindingCirculars = async (db: Queryable, today: Day): Promise<void> => {
  const office = await findOffice(db, today);
  if (office === null) return;
  await seedLetter(db, { office, letterhead: demoLetterhead, on: addDays(today, -1) });
  const running = today.slice(0, 7);
  const { figures } = await writeFindingSummary(db, monthPeriod(running), new Date(clock(today, 11)));
  if ((figures.values['total'] ?? 0) > 0)
    await draftMonth(db, office, running, clock(today, 11), 'finding-summary');
};
