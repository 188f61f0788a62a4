import type { Archive } from './archive.ts';
import type { TableLimits } from './table-row.ts';
import { drainXml } from './xml.ts';

export interface Relationship {
  id: string;
  /** Last word of the relationship type, the same in both editions of the standard. */
  type: string;
  target: string;
}

/** Relationships of one part of an Office package; those that point outside the file are left out. */
export async function readRelationships(
  archive: Archive,
  part: string,
  limits: TableLimits,
): Promise<Relationship[]> {
  const slash = part.lastIndexOf('/') + 1;
  const folder = part.slice(0, slash);
  const bytes = await archive.open(`${folder}_rels/${part.slice(slash)}.rels`, limits.heldBytes);
  const found: Relationship[] = [];
  if (bytes === null) return found;
  await drainXml(bytes, {
    open(name, attribute) {
      const target = attribute('Target');
      const type = attribute('Type');
      if (name !== 'Relationship' || target === undefined || type === undefined) return;
      if (attribute('TargetMode') === 'External') return;
      found.push({
        id: attribute('Id') ?? '',
        type: type.slice(type.lastIndexOf('/') + 1),
        target: resolve(folder, target),
      });
    },
    take: () => [],
  });
  return found;
}

function resolve(folder: string, target: string): string {
  const steps = target.startsWith('/') ? [] : folder.split('/').filter((step) => step !== '');
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}
