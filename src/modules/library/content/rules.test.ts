import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Content } from './contract.ts';
import { completed, emptyContent } from './rules.ts';

const form = emptyContent('lesson-design').sections;
const own = { key: 'own-1', title: '课前三分钟', body: { form: 'text' as const, blocks: [] } };
const keysOf = ({ sections }: Content): string[] => sections.map(({ key }) => key);

it('keeps the order of the authors, and what they added where they put it', () => {
  const [first, second, ...rest] = form;
  assert.ok(first !== undefined && second !== undefined);
  const content = { sections: [second, own, first, ...rest] };
  assert.deepEqual(completed('lesson-design', content), content);
});

it('a section of the form that is missing comes after the one before it, with the name of the form', () => {
  const without = (key: string): Content => ({
    sections: [own, ...form.filter((section) => section.key !== key)],
  });
  for (const [index, { key }] of form.entries()) {
    const whole = completed('lesson-design', without(key));
    assert.equal(keysOf(whole).length, form.length + 1);
    assert.equal(keysOf(whole)[keysOf(whole).indexOf(key) - 1], form[index - 1]?.key);
  }
  const renamed = { sections: form.map((section) => ({ ...section, title: '改名' })) };
  assert.deepEqual(completed('lesson-design', renamed), { sections: form });
});
