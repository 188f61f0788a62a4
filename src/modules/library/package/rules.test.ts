import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PackagedVersion } from './format/contract.ts';
import { versionHash } from './format/rules.ts';
import { type Standing, verdictOf } from './rules.ts';

const kind = 'lesson-design';
const version = (number: number, note = ''): PackagedVersion => ({
  number,
  title: '两位数乘两位数',
  note,
  publishedAt: '2026-11-20T00:00:00.000Z',
  contributors: [],
  credits: [],
  publishedBy: '教研员',
  content: { sections: [] },
});
const [one, two] = [version(1), version(2)];
const standing = (versions: readonly PackagedVersion[], more: Partial<Standing> = {}): Standing => ({
  kind,
  schoolId: null,
  withdrawn: false,
  inWork: false,
  hashes: versions.map((each) => versionHash(kind, each)),
  ...more,
});

describe('what bringing an item does', () => {
  const cases: readonly (readonly [
    string,
    readonly PackagedVersion[],
    Standing | undefined,
    string,
    RegExp | null,
  ])[] = [
    ['that is not here', [one], undefined, 'new', null],
    ['that is here', [one], standing([one]), 'same', null],
    ['with a newer version', [one, two], standing([one]), 'newer', /从第2版补到第2版/],
    ['that is newer here', [one], standing([one, two]), 'older', /已经有第2版/],
    ['whose version says something else here', [version(1, '改了')], standing([one]), 'conflict', /第1版/],
    ['of another school', [one], standing([one], { schoolId: 'x' }), 'conflict', /不属于区级/],
    ['of another kind', [one], standing([one], { kind: 'unit-design' }), 'conflict', /不属于/],
    ['that was withdrawn here', [one, two], standing([one], { withdrawn: true }), 'conflict', /撤下/],
    ['that is being written here', [one, two], standing([one], { inWork: true }), 'conflict', /正在编写/],
    ['that was withdrawn and brings nothing', [one], standing([one], { withdrawn: true }), 'same', null],
  ];
  for (const [name, versions, there, status, sentence] of cases)
    it(name, () => {
      const verdict = verdictOf({ kind, versions: [...versions] }, null, there);
      assert.equal(verdict.status, status);
      if (sentence === null) assert.equal(verdict.sentence, null);
      else assert.match(verdict.sentence ?? '', sentence);
    });
});
