import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appointmentLabels } from './rules.ts';

const blank = {
  bodyKind: null,
  bodyName: null,
  schoolName: null,
  subject: null,
  gradeFrom: null,
  gradeTo: null,
} as const;
const group = {
  ...blank,
  bodyKind: 'subject-group',
  bodyName: '春晖联合体语文学科组',
  post: 'member',
} as const;

test('posts in words, as the notice says them', () => {
  assert.deepEqual(
    appointmentLabels([
      { ...blank, bodyKind: 'leading-group', bodyName: '领导小组', post: 'head' },
      { ...blank, bodyKind: 'consortium', bodyName: '春晖联合体', post: 'head' },
      { ...blank, schoolName: '春晖小学', post: 'subject-lead', subject: 'chinese' },
      { ...blank, schoolName: '春晖小学', post: 'vice-principal' },
    ]),
    ['领导小组 组长', '春晖联合体 负责人', '春晖小学 语文 学科长', '春晖小学 教学副校长'],
  );
});

test('a member of one body for several grades holds one post', () => {
  assert.deepEqual(
    appointmentLabels([
      { ...group, gradeFrom: 3, gradeTo: 3 },
      { ...group, gradeFrom: 5, gradeTo: 6 },
      { ...group, bodyName: '清河联合体语文学科组', gradeFrom: 1, gradeTo: 1 },
    ]),
    ['春晖联合体语文学科组 三年级、5—6年级 组员', '清河联合体语文学科组 一年级 组员'],
  );
});
