import type { ModuleNav } from '#web/module-nav.ts';
import type { Actor, Duty, Post } from '../vocabulary/contract.ts';

const everyone = (): boolean => true;
const hasDuty =
  (duty: Duty) =>
  (me: Actor): boolean =>
    me.duties.includes(duty);

const coveragePosts: readonly Post[] = ['principal', 'vice-principal', 'dean', 'subject-lead'];
/** Whoever nominates or accepts members of a consortium's subject groups. */
const worksOnCoverage = (me: Actor): boolean =>
  me.appointments.some(
    ({ post, bodyKind }) => coveragePosts.includes(post) || (bodyKind === 'consortium' && post === 'head'),
  );

/** Principal, vice-principal or dean of a school, and the system administrator for all of them. */
const leaderPosts: readonly Post[] = ['principal', 'vice-principal', 'dean'];
const keepsTeaching = (me: Actor): boolean =>
  hasDuty('system')(me) ||
  me.appointments.some(
    ({ post, bodyId, schoolId }) => leaderPosts.includes(post) && bodyId === null && schoolId !== null,
  );

export const organisationNav: ModuleNav = {
  pages: [
    { path: '/organisation', load: () => import('./structure-page.tsx') },
    { path: '/schools', load: () => import('./schools-page.tsx') },
    { path: '/schools/$schoolId', load: () => import('./school-page.tsx') },
    { path: '/people', load: () => import('./people-page.tsx') },
    { path: '/people/$personId', load: () => import('./person-page.tsx') },
    { path: '/coverage', load: () => import('./coverage-page.tsx') },
    { path: '/coverage/$consortiumId', load: () => import('./consortium-coverage-page.tsx') },
    { path: '/calendar', load: () => import('./calendar-page.tsx') },
    { path: '/curriculum', load: () => import('./curriculum-page.tsx') },
    { path: '/timetable', load: () => import('./timetable-page.tsx') },
    { path: '/timetable/$importId', load: () => import('./timetable-import-page.tsx') },
    { path: '/substitutions', load: () => import('./substitutions-page.tsx') },
    { path: '/roster', load: () => import('./roster-page.tsx') },
    { path: '/roster/$importId', load: () => import('./roster-import-page.tsx') },
  ],
  entries: [
    {
      label: '组织架构',
      path: '/organisation',
      group: '组织架构',
      icon: 'school',
      phoneOrder: 80,
      visible: everyone,
    },
    { label: '学校', path: '/schools', group: '组织架构', visible: everyone },
    {
      label: '人员',
      path: '/people',
      group: '组织架构',
      icon: 'people',
      phoneOrder: 70,
      visible: everyone,
    },
    { label: '学科组覆盖', path: '/coverage', group: '组织架构', visible: everyone },
    { label: '校历与作息', path: '/calendar', group: '组织架构', visible: everyone },
    { label: '开设学科表', path: '/curriculum', group: '组织架构', visible: everyone },
    { label: '课表导入', path: '/timetable', group: '组织架构', visible: keepsTeaching },
    { label: '代课和调课', path: '/substitutions', group: '组织架构', visible: keepsTeaching },
    {
      label: '名册导入',
      path: '/roster',
      group: '系统管理',
      icon: 'inbox',
      phoneOrder: 40,
      visible: hasDuty('system'),
    },
  ],
  homeCards: [
    {
      key: 'organisation-nominations',
      order: 60,
      visible: worksOnCoverage,
      load: () => import('./parts/nominations-card.tsx'),
    },
    {
      key: 'organisation-keeper',
      order: 70,
      visible: hasDuty('system'),
      load: () => import('./parts/keeper-card.tsx'),
    },
  ],
};
