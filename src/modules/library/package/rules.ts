import { itemKindLabels } from '../vocabulary/contract.ts';
import type { PackagedItem } from './format/contract.ts';
import { versionHash } from './format/rules.ts';
import type { PackageStatus } from './vocabulary/contract.ts';

/** What stands here under the id of an item that is brought. */
export interface Standing {
  readonly kind: PackagedItem['kind'];
  readonly schoolId: string | null;
  readonly withdrawn: boolean;
  readonly inWork: boolean;
  /** Of its versions, from the first on. */
  readonly hashes: readonly string[];
}

export interface Verdict {
  readonly status: PackageStatus;
  readonly sentence: string | null;
}

const conflict = (sentence: string): Verdict => ({ status: 'conflict', sentence });

/**
 * What bringing an item for a school, or for the district (null), does: a version that was published is never written
 * over, and nothing is put before what is being written here.
 */
export const verdictOf = (
  item: Pick<PackagedItem, 'kind' | 'versions'>,
  schoolId: string | null,
  standing: Standing | undefined,
): Verdict => {
  if (standing === undefined) return { status: 'new', sentence: null };
  if (standing.schoolId !== schoolId || standing.kind !== item.kind)
    return conflict(
      `这里已经有同一编号的资源，但不属于${schoolId === null ? '区级' : '本校'}${itemKindLabels[item.kind]}，不会改动它。`,
    );
  const hashes = item.versions.map((version) => versionHash(item.kind, version));
  const differs = hashes.findIndex(
    (hash, at) => standing.hashes[at] !== undefined && standing.hashes[at] !== hash,
  );
  if (differs >= 0)
    return conflict(
      `第${differs + 1}版和这里的内容不同，两边各自改过，保留这里的。需要的话，把差别作为改进建议提交。`,
    );
  if (hashes.length < standing.hashes.length)
    return { status: 'older', sentence: `这里已经有第${standing.hashes.length}版。` };
  if (hashes.length === standing.hashes.length) return { status: 'same', sentence: null };
  if (standing.withdrawn) return conflict('这里已经撤下这份资源，不会恢复它。');
  if (standing.inWork) return conflict('这里正在编写下一版。请先发布或停止这一轮编写，再导入。');
  return { status: 'newer', sentence: `从第${standing.hashes.length + 1}版补到第${hashes.length}版。` };
};
