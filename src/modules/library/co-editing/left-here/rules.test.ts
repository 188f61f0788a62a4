import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as Y from 'yjs';
import type { Content } from '../../content/contract.ts';
import { docOf, names } from '../rules.ts';
import { leftHere } from './rules.ts';

const content: Content = {
  sections: [
    {
      key: 'tasks',
      title: '学习任务',
      body: { form: 'rows', rows: [{ id: 'r1', cells: { task: '数一数' } }] },
    },
    { key: 'home', title: '作业', body: { form: 'rows', rows: [] } },
  ],
};

const cellOf = (doc: Y.Doc): Y.Text => doc.getText(names.cell('tasks', 'r1', 'task'));
const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
};
const said = (found: Content | undefined): unknown =>
  found?.sections.map(({ body }) => (body.form === 'rows' ? body.rows.map(({ cells }) => cells) : []));

describe('what was left on a device', () => {
  it('is nothing where everything arrived, whatever others wrote since', () => {
    const there = docOf(content);
    const here = copyOf(there);
    cellOf(there).insert(3, '，再说一说');
    assert.equal(leftHere(here, there), null);
    assert.equal(leftHere(new Y.Doc(), there), null);
  });

  it('stands beside what others wrote since, and changes neither document', () => {
    const there = docOf(content);
    const here = copyOf(there);
    cellOf(there).insert(3, '，再说一说');
    cellOf(here).insert(0, '先');
    const found = leftHere(here, there);
    assert.deepEqual(said(found?.there), [[{ task: '数一数，再说一说' }]]);
    assert.deepEqual(said(found?.withHere), [[{ task: '先数一数，再说一说' }]]);
    assert.equal(cellOf(here).toJSON(), '先数一数');
    assert.equal(cellOf(there).toJSON(), '数一数，再说一说');
  });

  it('is what was taken out too, and nothing where a letter came and went', () => {
    const there = docOf(content);
    const here = copyOf(there);
    cellOf(here).insert(0, '先');
    cellOf(here).delete(0, 1);
    assert.equal(leftHere(here, there), null);
    cellOf(here).delete(0, 3);
    assert.deepEqual(said(leftHere(here, there)?.withHere), [[{}]]);
  });
});
