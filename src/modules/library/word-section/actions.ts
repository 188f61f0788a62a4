import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import type { FindDraft } from '../co-editing/actions.ts';
import { pictureFiles } from '../content/rules.ts';
import { notePictures } from '../picture/standing/actions.ts';
import { countPictures, findItemOfDocument, lockPictures } from '../picture/store.ts';
import { mostPictures } from '../picture/vocabulary/contract.ts';
import { findBroughtWord } from '../word-start/store.ts';
import type { wordSectionContract } from './contract.ts';
import { bodyFromWord } from './rules.ts';

type Inputs = InferContractRouterInputs<typeof wordSectionContract>;
type Outputs = InferContractRouterOutputs<typeof wordSectionContract>;

export const takeWordSection =
  (findDraft: FindDraft) =>
  async (
    context: ActionContext<Actor>,
    { documentId, importId, section, chosen }: Inputs['takeWordSection'],
  ): Promise<Outputs['takeWordSection']> => {
    const { db, actor, origin } = context;
    const draft = await findDraft(db, documentId, actor);
    const itemId = draft === null ? undefined : await findItemOfDocument(db, documentId);
    if (draft === null || itemId === undefined) throw notFound();
    if (draft.access !== 'edit') throw forbidden('这份草稿现在不能改，没有换入。');
    if (draft.locked.includes(section.key))
      throw forbidden('这一部分由区里锁定，不能换入。有想法请向中心组提改进建议。');
    const brought = await findBroughtWord(db, importId, origin.accountId);
    if (brought === undefined) throw notFound('读过的 Word 文件已过期被清理，请重新选择文件。');
    const body = brought.kind === draft.kind ? bodyFromWord(brought.design.content, section, chosen) : null;
    if (body === null) throw invalid('文件里没有可以换入这一部分的内容，请重新选择。');
    const taken = { sections: [{ ...section, body }] };
    const pictures = pictureFiles(taken).length;
    await lockPictures(db, documentId);
    if (pictures > 0 && (await countPictures(db, documentId)) + pictures > mostPictures)
      throw conflict(`一份草稿最多 ${mostPictures} 张图片。请先分成几份，或把图片放到附件里。`);
    await notePictures(context, { documentId, itemId }, taken);
    await recordAudit(db, origin, {
      action: 'library.word-section-taken',
      objectKind: 'library-draft',
      objectId: documentId,
      after: { itemId, section: section.key, importId, pictures },
    });
    return { body };
  };
