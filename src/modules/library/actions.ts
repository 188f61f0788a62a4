import { findAdaptationDraft } from './adaptation/actions.ts';
import type { FindDraft } from './co-editing/actions.ts';
import { findRoundDraft } from './round/actions.ts';

/** What is written together: the next version of an item, and a school's own form of one. */
export const findDraft: FindDraft = async (db, id, actor) =>
  (await findRoundDraft(db, id, actor)) ?? findAdaptationDraft(db, id, actor);
