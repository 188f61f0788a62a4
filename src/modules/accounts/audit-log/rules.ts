import { isRecord } from '#platform/is-record.ts';
import { ruleGroups } from '../security/rules.ts';

/** Modules as the audit log's filter offers them. */
export const auditModuleLabels: Readonly<Record<string, string>> = {
  accounts: '账号与登录',
  organisation: '组织架构',
  plans: '计划与目标',
  classroom: '听课',
  evaluation: '学校评价',
  circulars: '通报',
};

const actionLabels: Readonly<Record<string, string>> = {
  'accounts.account-created': '生成账号',
  'accounts.account-disabled': '停用账号',
  'accounts.account-enabled': '启用账号',
  'accounts.account-unlocked': '解除暂停登录',
  'accounts.duty-ended': '免去管理员职责',
  'accounts.duty-granted': '任命管理员',
  'accounts.other-sessions-ended': '退出其他设备',
  'accounts.password-change-refused': '修改密码未成功',
  'accounts.password-changed': '修改密码',
  'accounts.password-reset': '重置密码',
  'accounts.security-rules-changed': '修改安全规则',
  'accounts.session-ended': '退出一台设备',
  'accounts.sessions-ended-by-administrator': '管理员结束登录',
  'accounts.sign-in-refused': '登录未成功',
  'accounts.signed-in': '登录',
  'accounts.signed-out': '退出',
  'organisation.appointed': '任职登记',
  'organisation.appointment-ended': '任职结束',
  'organisation.bell-slots-set': '设置作息时间',
  'organisation.class-added': '登记班级',
  'organisation.honour-added': '登记荣誉',
  'organisation.nominated': '推荐组员',
  'organisation.offer-set': '设置开设学科',
  'organisation.person-added': '登记人员',
  'organisation.school-added': '登记学校',
  'organisation.school-closed': '撤并学校',
  'organisation.school-edited': '修改学校',
  'organisation.school-moved': '调整所属联合体',
  'organisation.subject-base-set': '设置优势学科基地校',
  'organisation.teaching-assigned': '登记任教',
  'organisation.teaching-ended': '任教结束',
  'organisation.term-added': '设置学期',
  'organisation.timetable-set': '设置课表',
  'plans.target-ended': '终止目标',
  'plans.target-set': '设置目标',
  'circulars.circular-drafted': '起草通报',
  'circulars.circular-read': '签收通报',
  'circulars.letterhead-set': '设置发文机关',
  'circulars.next-number-set': '设置发文号',
  'organisation.alias-confirmed': '确认学校别名',
  'organisation.alias-declined': '不采用学校别名',
  'organisation.nomination-accepted': '接受推荐',
  'organisation.nomination-declined': '不接受推荐',
  'organisation.nomination-withdrawn': '撤回推荐',
  'organisation.person-edited': '修改人员',
  'organisation.person-left': '人员离任',
  'organisation.person-subjects-edited': '修改任教学科',
  'organisation.roster-applied': '导入名册',
  'organisation.roster-brought': '上传名册',
  'organisation.roster-decided': '处理名册问题',
  'organisation.roster-dropped': '放弃名册导入',
  'classroom.observation-brought-in': '导入滞留的听课记录',
  'classroom.observation-change-agreed': '约定一项改进',
  'classroom.observation-corrected': '更正听课记录',
  'classroom.observation-fed-back': '反馈听课记录',
  'classroom.observation-finalised': '完成听课记录',
  'classroom.observation-replied': '教师回应',
  'classroom.observation-saved': '保存听课草稿',
  'classroom.observation-started': '开始听课',
  'classroom.observation-withdrawn': '撤回听课记录',
  'classroom.patrol-started': '开始巡课',
  'classroom.patrol-marked': '保存巡课',
  'classroom.patrol-finished': '结束巡课',
  'classroom.patrol-withdrawn': '撤回巡课',
  'classroom.patrol-stop-passed-on': '巡课转交处理',
  'classroom.setting-set': '修改课堂工作规定',
  'classroom.patrol-turn-given': '排进巡课值班表',
  'classroom.patrol-turn-ended': '移出巡课值班表',
  'classroom.corridor-arranged': '排列巡课路线',
  'organisation.term-edited': '修改学期',
  'organisation.calendar-day-set': '设置校历日',
  'organisation.calendar-day-cleared': '取消校历日设置',
  'circulars.circular-edit': '修改通报',
  'circulars.circular-redraft': '按最新数据重拟通报',
  'circulars.circular-check': '通报核稿通过',
  'circulars.circular-return': '退回通报',
  'circulars.circular-sign': '签发通报',
  'circulars.circular-issue': '印发通报',
  'circulars.circular-void': '作废通报',
};

/** An action in words; one without a word of its own is shown as it is kept. */
export const auditActionText = (action: string): string => {
  const [module = '', what = ''] = action.split('.');
  return actionLabels[action] ?? `${auditModuleLabels[module] ?? module}：${what}`;
};

const detailLabels: Readonly<Record<string, string>> = {
  ...Object.fromEntries(ruleGroups.flatMap(({ fields }) => fields.map(({ key, label }) => [key, label]))),
  name: '姓名',
  reason: '原因',
  duty: '职责',
  duties: '职责',
  loginName: '登录名',
  displayName: '显示名',
  endedSessions: '结束的登录',
  ended: '结束的',
  personId: '人员',
};
const valueLabels: Readonly<Record<string, string>> = {
  'wrong-password': '密码不对',
  locked: '暂停登录期间',
  disabled: '账号已停用',
  'one-time-password-expired': '一次性密码过期',
  system: '系统管理员',
  security: '安全管理员',
  audit: '审计管理员',
};

const plain = (value: unknown): string => {
  if (typeof value === 'string') return valueLabels[value] ?? value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value);
};

/** What is kept of before or after, as label and value, but for what stands in `other` alike. */
export const auditDetails = (
  kept: unknown,
  other: unknown,
): readonly (readonly [label: string, value: string])[] => {
  if (kept === null || kept === undefined) return [];
  if (!isRecord(kept)) return [['内容', plain(kept)]];
  const same = isRecord(other) ? other : {};
  return Object.entries(kept)
    .filter(([key, value]) => value !== null && JSON.stringify(same[key]) !== JSON.stringify(value))
    .map(([key, value]) => [detailLabels[key] ?? key, plain(value)]);
};

/** The name of whom or what it was about, where one was kept. */
export const auditSubject = (...kept: readonly unknown[]): string | null => {
  for (const one of kept)
    if (isRecord(one))
      for (const key of ['name', 'displayName', 'title', 'reason']) {
        const value = one[key];
        if (typeof value === 'string' && value.trim() !== '') return plain(value);
      }
  return null;
};
