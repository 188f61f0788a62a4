import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor, Stage, Subject } from '#modules/organisation/contract.ts';
import type { CoEditingOptions } from '#platform/co-editing/co-editing.ts';
import type { Database, Queryable } from '#platform/database/database.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { invalid, notFound } from '#platform/refusal.ts';
import type { AccessToDocument } from '../comment/actions.ts';
import { competenciesOfStage } from '../competency/rules.ts';
import { findCompetencyStandard } from '../competency/store.ts';
import type { Content } from '../content/contract.ts';
import { idsInCells } from '../content/rules.ts';
import { findVersion } from '../item/store.ts';
import { listTextbookNames } from '../textbook/store.ts';
import type { ItemKind } from '../vocabulary/contract.ts';
import type { coEditingContract } from './contract.ts';
import type { Reading } from './reading/rules.ts';
import { findDraftContent } from './store.ts';

export interface FoundDraft {
  readonly title: string;
  readonly kind: ItemKind;
  readonly subject: Subject;
  readonly stage: Stage;
  readonly volumeId: string | null;
  /** Sections that may be read and not written, by key. */
  readonly locked: readonly string[];
  /** Of an adaptation the version whose sections keep their names and places here. */
  readonly basedOn: { readonly itemId: string; readonly number: number } | null;
  /** `comment` reads and remarks: a reviewer, say. */
  readonly access: 'edit' | 'comment' | 'read';
  /** Nothing of it changes any more: its remarks are read. */
  readonly ended: boolean;
}

/**
 * What somebody may do with the draft whose document has this id, as of now; null where there is none for them.
 * Asked every few seconds of everybody who writes, so it must be quick.
 */
export type FindDraft = (db: Queryable, id: string, actor: Actor) => Promise<FoundDraft | null>;

/** What a draft says where it is to be kept for good: refused while some of it would be left out. */
export const keptWhole = ({ content, cuts }: Reading): Content => {
  if (cuts.length > 0) throw invalid(`有内容放不下，没有保存：${cuts.slice(0, 3).join('')}`, { cuts });
  return content;
};

const competencyNames = async (db: Queryable, subject: Subject, stage: Stage): Promise<string[]> => {
  const standard = await findCompetencyStandard(db, subject);
  return standard === undefined ? [] : competenciesOfStage(standard, stage).map(({ name }) => name);
};

export const getDraft =
  (findDraft: FindDraft) =>
  async (
    { db, actor }: ActionContext<Actor>,
    { id }: InferContractRouterInputs<typeof coEditingContract>['getDraft'],
  ): Promise<InferContractRouterOutputs<typeof coEditingContract>['getDraft']> => {
    const draft = await findDraft(db, id, actor);
    if (draft === null) throw notFound();
    const { title, kind, access, subject, stage, volumeId, locked, basedOn } = draft;
    const text = await findDraftContent(db, id);
    const above = basedOn === null ? undefined : await findVersion(db, basedOn.itemId, basedOn.number);
    return {
      competencies: await competencyNames(db, subject, stage),
      textbook: await listTextbookNames(db, volumeId),
      meant: await listTextbookNames(db, null, text === undefined ? [] : idsInCells(text.content)),
      id,
      title,
      kind,
      mayEdit: access === 'edit',
      locked: [...locked],
      linked: above?.content.sections.map(({ key }) => key) ?? [],
      me: { id: actor.personId ?? actor.accountId, name: actor.name },
    };
  };

/** Who may remark on a draft's passages. */
export const remarksOnDraft =
  (findDraft: FindDraft): AccessToDocument =>
  async (db, documentId, actor) => {
    const draft = await findDraft(db, documentId, actor);
    if (draft === null) return null;
    if (draft.ended) return 'ended';
    return draft.access === 'read' ? 'read' : 'comment';
  };

/** The channel on which drafts are written together; without a person nobody writes, for who wrote is kept. */
export const coEditingOfDrafts = (db: Database, findDraft: FindDraft): CoEditingOptions<Actor> => ({
  authorise: async (documentId, { actor }) => {
    const draft = await findDraft(db, documentId, actor);
    if (draft === null) return null;
    return draft.access === 'edit' && actor.personId !== null ? 'edit' : 'read';
  },
});
