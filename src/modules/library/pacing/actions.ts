import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { termName, weekNumber } from '#modules/organisation/calendar/rules.ts';
import { listTerms, type TermRecord } from '#modules/organisation/calendar/store.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { lockDraft, replaceDraftSection } from '../co-editing/store.ts';
import { placesNamed, type ReadText, readText } from '../consistency/actions.ts';
import type { NamedPlace } from '../consistency/places/rules.ts';
import { pacingSum } from '../consistency/sums/rules.ts';
import { numberIn } from '../content/cell-number/rules.ts';
import type { Content } from '../content/contract.ts';
import { rowsOf } from '../content/rules.ts';
import { itemScope, ownPersonId, ownSchools } from '../item/policy.ts';
import { findItem, type StoredItem } from '../item/store.ts';
import { draftContent } from '../round/actions.ts';
import { mayWriteRound } from '../round/policy.ts';
import { findRound, updateRound } from '../round/store.ts';
import { partsOfTerm, unitName } from '../textbook/rules.ts';
import { findTextbookPath, listUnits } from '../textbook/store.ts';
import type { PacingEntry, pacingContract } from './contract.ts';
import { lessonsInWeek, pacingProblems, shiftWeeks, weekOf, weeksOfTerm } from './rules.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof pacingContract>;
type Outputs = InferContractRouterOutputs<typeof pacingContract>;

/** The term asked for, else the newest begun one in which the guide's volume is taught. */
const chooseTerm = async (
  { db, today }: Context,
  item: StoredItem,
  termId: string | undefined,
): Promise<{ term: TermRecord; terms: TermRecord[] }> => {
  const terms = await listTerms(db);
  const path = item.volumeId === null ? undefined : await findTextbookPath(db, item.volumeId);
  const part = path?.volume?.part;
  const taught = terms.filter(({ term }) => part === undefined || partsOfTerm(term).includes(part));
  const term =
    termId === undefined
      ? (taught.find(({ startsOn }) => startsOn <= today) ?? taught.at(-1) ?? terms[0])
      : terms.find(({ id }) => id === termId);
  if (term === undefined)
    throw termId === undefined ? conflict('还没有校历。请教研室先在“校历与作息”里设置学期。') : notFound();
  return { term, terms };
};

type Places = ReadonlyMap<string, NamedPlace>;

const entriesOf = (content: Content, places: Places): PacingEntry[] =>
  rowsOf(content, 'pacing').map((row) => {
    const { cells } = row;
    const named = cells['content'] ?? '';
    const place = places.get(named);
    const hours = numberIn(cells['hours']);
    return {
      id: row.id,
      week: weekOf(row),
      text: [
        place === undefined ? named : [place.unit, place.lesson ?? ''].join(' ').trim(),
        cells['topic'] ?? '',
      ]
        .filter((part) => part !== '')
        .join('：'),
      hours: hours > 0 ? hours : null,
      note: cells['note'] ?? '',
    };
  });

const inOrder = (weeks: readonly (number | null)[]): number[] =>
  [...new Set(weeks.flatMap((week) => week ?? []))].toSorted((one, other) => one - other);

/** Planned and taught weeks of each unit, in the book's order. */
const unitsOf = async (
  { db, actor }: Context,
  { item, content }: ReadText,
  term: TermRecord,
  places: Places,
) => {
  if (item.volumeId === null) return { units: [], plannedHours: null };
  const units = await listUnits(db, [item.volumeId]);
  const schoolIds = ownSchools(actor);
  const taught = await store.listTaughtDays(db, {
    schoolIds,
    volumeId: item.volumeId,
    from: term.startsOn,
    to: term.endsOn,
  });
  const rows = rowsOf(content, 'pacing');
  const hours = units.flatMap(({ plannedHours }) => plannedHours ?? []);
  return {
    plannedHours: hours.length === 0 ? null : hours.reduce((sum, one) => sum + one, 0),
    units: units.map((unit) => ({
      id: unit.id,
      name: unitName(unit),
      planned: inOrder(
        rows.filter(({ cells }) => places.get(cells['content'] ?? '')?.unitId === unit.id).map(weekOf),
      ),
      taught:
        schoolIds.length === 0
          ? null
          : inOrder(
              taught
                .filter(({ unitId }) => unitId === unit.id)
                .map(({ taughtOn }) => weekNumber(term, taughtOn)),
            ),
    })),
  };
};

export const getPacing = async (
  context: Context,
  input: Inputs['getPacing'],
): Promise<Outputs['getPacing']> => {
  const { db, actor, today } = context;
  const text = await readText(context, input);
  const { item, round, content } = text;
  if (item.kind !== 'pacing-guide') throw notFound();
  const { term, terms } = await chooseTerm(context, item, input.termId);
  const places = await placesNamed(context, text, 'pacing');
  const entries = entriesOf(content, places);
  const weekly = await store.findWeeklyLessons(db, {
    schoolIds: ownSchools(actor),
    termId: term.id,
    subject: item.subject,
    grade: item.grade,
  });
  const weeks = weeksOfTerm(term).map((week) => ({
    ...week,
    notes: [...week.notes],
    lessons: lessonsInWeek(weekly, week.teachingDays),
    entries: entries.filter((entry) => entry.week === week.number),
  }));
  const known = new Set(weeks.map(({ number }) => number));
  const outside = entries.filter(({ week }) => week === null || !known.has(week));
  const { units, plannedHours } = await unitsOf(context, text, term, places);
  const named = ({ id, schoolYear, term: number }: TermRecord) => ({
    id,
    name: termName(schoolYear, number),
  });
  return {
    asOf: today,
    term: named(term),
    terms: terms.map(named),
    currentWeek: weekNumber(term, today),
    weeks,
    outside,
    units,
    checks: [...pacingProblems(weeks, outside), ...pacingSum(content, plannedHours)],
    round:
      round === null
        ? null
        : {
            id: round.id,
            version: round.version,
            mayShift: !item.withdrawn && mayWriteRound(actor, item, round),
          },
  };
};

export const shiftPacing = async (
  context: Context,
  { id, version, from, by }: Inputs['shiftPacing'],
): Promise<Outputs['shiftPacing']> => {
  const { db, actor, origin } = context;
  const round = await findRound(db, id, 'change');
  const item = round === undefined ? undefined : await findItem(db, round.itemId, itemScope(actor));
  if (round === undefined || item?.roundId !== round.id || item.kind !== 'pacing-guide') throw notFound();
  if (round.version !== version)
    throw conflict('这份进度刚刚有了变化，请看过最新情况后再移动。', { version: round.version });
  if (item.withdrawn || !mayWriteRound(actor, item, round))
    throw round.state === 'drafting'
      ? forbidden('进度由编写它的中心组或学校修改。')
      : conflict('这一轮已经送审，不能再移动。请先收回。');
  await lockDraft(db, id);
  const rows = rowsOf(await draftContent(db, id), 'pacing');
  const shifted = shiftWeeks(rows, from, by);
  if (typeof shifted === 'string') throw invalid(shifted);
  const personId = ownPersonId(context);
  const body = { form: 'rows' as const, rows: shifted };
  if (!(await replaceDraftSection(db, id, { key: 'pacing', body, personId })))
    throw conflict('草稿已经关闭，不能再移动。请刷新页面查看。');
  const moved = shifted.filter((row, index) => row !== rows[index]).length;
  const next = await updateRound(db, id, { state: round.state });
  await recordAudit(db, origin, {
    action: 'library.pacing-shifted',
    objectKind: 'library-round',
    objectId: id,
    after: { itemId: item.id, from, by, moved, version: next },
  });
  return { id, version: next, moved };
};
