import type { DemoRole } from './contract.ts';

export const demoRoleLabels: Readonly<Record<DemoRole, string>> = {
  principal: '校长',
  teacher: '教师',
  'subject-lead': '学科长',
  'vice-principal': '教学副校长',
  'research-officer': '教研员',
  'core-lead': '区级研训中心组组长',
  'core-member': '区级研训中心组组员（编写）',
  'core-reviewer': '区级研训中心组组员（审核）',
  'consortium-head': '联合体负责人',
  'leading-group': '领导小组',
  system: '系统管理员',
  security: '安全管理员',
  audit: '审计管理员',
};

/** No password belongs to these accounts: they are entered from the demonstration's own page only. */
export const demoLoginName = (role: DemoRole): string => `demo-${role}`;
