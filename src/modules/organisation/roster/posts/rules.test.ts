import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPost, splitPosts } from './rules.ts';

const cells: readonly (readonly [cell: string, words: readonly string[]])[] = [
  ['', []],
  ['党支部书记、校长', ['党支部书记', '校长']],
  ['校 长', ['校长']],
  ['校长　书记', ['校长', '书记']],
  ['教务主任兼语文教研组长', ['教务主任', '语文教研组长']],
  ['书记兼任校长；工会主席/会计', ['书记', '校长', '工会主席', '会计']],
  ['副校长（分管教学、德育）', ['副校长(分管教学、德育)']],
  ['兼职教师', ['兼职教师']],
  ['、校长'.repeat(100), ['、校长、校长、校长、校长、校长、校长、校……']],
];
for (const [cell, words] of cells)
  test(`words of “${cell}”`, () => {
    assert.deepEqual(splitPosts(cell), words);
  });

const words: readonly (readonly [word: string, meaning: string, school?: string])[] = [
  ['校长', 'principal'],
  ['书记校长', 'principal'],
  ['校长(兼)', 'principal'],
  ['中心校校长', 'principal', '东田中心校'],
  ['中心校校长', 'unknown', '东田庄小学'],
  ['小学校长', 'unknown', '西城学校'],
  ['执行校长', 'unknown'],
  ['代校长', 'unknown'],
  ['校长(主持工作)', 'unknown'],
  ['校长助理', 'unknown'],
  ['校长助理语文教师', 'unknown'],
  ['校长办公室书记', 'unknown'],
  ['校长党总支书记', 'principal'],
  ['教学副校长', 'vice-principal'],
  ['分管教学副校长', 'vice-principal'],
  ['分管教学的副校长', 'vice-principal'],
  ['副校长(教学)', 'vice-principal'],
  ['副校长(分管教学、德育)', 'vice-principal'],
  ['副校长', 'unknown'],
  ['副校长(后勤)', 'unknown'],
  ['教务主任', 'dean'],
  ['教导主任', 'dean'],
  ['教导处主任', 'dean'],
  ['教务副主任', 'unknown'],
  ['学科长', 'subject-lead'],
  ['教研组长', 'subject-lead'],
  ['学科教研组长', 'subject-lead'],
  ['语文教研组长', 'subject-lead chinese'],
  ['初中物理学科长', 'subject-lead junior physics'],
  ['综合教研组长', 'unknown'],
  ['教研副组长', 'unknown'],
  ['教师', 'none'],
  ['专任教师(退休返聘)', 'none'],
  ['三年级2班班主任', 'none'],
  ['党支部书记', 'none'],
  ['三年级组长', 'none'],
  ['语文备课组长', 'none'],
  ['德育副校长', 'none'],
  ['总务主任', 'none'],
  ['—', 'none'],
  ['教研员', 'unknown'],
];
for (const [word, meaning, school = '第一小学'] of words)
  test(`“${word}” at ${school}`, () => {
    const read = readPost(word, school);
    const parts = read.as === 'post' ? [read.post, read.stage, read.subject] : [read.as];
    assert.equal(parts.filter((part) => part !== null).join(' '), meaning);
  });
