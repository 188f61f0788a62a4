import type { Duty } from '#modules/organisation/contract.ts';
import type { SecurityRules } from './contract.ts';

/** Cost of one password check; what is slow for a guesser must stay bearable on the first morning of a term. */
export const hashCostOf = (rules: SecurityRules): { memoryKib: number; passes: number } => ({
  memoryKib: rules.hashMemoryKib,
  passes: rules.hashPasses,
});

interface Holder {
  readonly accountId: string;
  readonly duty: Duty;
}

/**
 * The first administrator holds `system` and `security` only as long as nobody else can: the duty that is now
 * granted to another ends for every account that holds a second one beside it.
 */
export const dutiesGivenAway = (holders: readonly Holder[], granted: Duty): Holder[] =>
  holders.filter(
    ({ accountId, duty }) =>
      duty === granted && holders.some((other) => other.accountId === accountId && other.duty !== granted),
  );

/** One number of the rules as the security administrator sees it; the bounds are those of the contract. */
export interface RuleField {
  readonly key: keyof SecurityRules;
  readonly label: string;
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  readonly optional?: boolean;
}

export const ruleGroups: readonly { readonly title: string; readonly fields: readonly RuleField[] }[] = [
  {
    title: '密码',
    fields: [
      { key: 'minimumLength', label: '最短长度', unit: '个字符', least: 8, most: 64 },
      {
        key: 'kindsRequired',
        label: '字符种类',
        unit: '大写、小写、数字、符号四类中的几类',
        least: 3,
        most: 4,
      },
      { key: 'maximumAgeDays', label: '更换周期', unit: '天', least: 30, most: 365, optional: true },
      { key: 'oneTimeDays', label: '一次性密码有效期', unit: '天', least: 1, most: 60 },
    ],
  },
  {
    title: '登录失败',
    fields: [
      { key: 'failuresBeforeLock', label: '连续输错几次暂停', unit: '次', least: 3, most: 10 },
      { key: 'lockMinutes', label: '暂停多久', unit: '分钟', least: 10, most: 120 },
      { key: 'addressBurst', label: '同一网络地址的失败余量', unit: '次', least: 20, most: 1000 },
    ],
  },
  {
    title: '登录时长',
    fields: [
      { key: 'idleMinutes', label: '多久不用自动退出', unit: '分钟', least: 10, most: 1440 },
      { key: 'sessionHours', label: '最长登录时间', unit: '小时', least: 1, most: 720 },
      {
        key: 'administratorIdleMinutes',
        label: '管理员多久不用自动退出',
        unit: '分钟',
        least: 5,
        most: 30,
      },
      { key: 'administratorSessionHours', label: '管理员最长登录时间', unit: '小时', least: 1, most: 12 },
    ],
  },
  {
    title: '日志与密码保护',
    fields: [
      { key: 'auditMonths', label: '审计日志至少保存', unit: '个月', least: 6, most: 120 },
      { key: 'hashMemoryKib', label: '密码散列内存', unit: 'KiB', least: 19_456, most: 262_144 },
      { key: 'hashPasses', label: '密码散列次数', unit: '次', least: 2, most: 10 },
    ],
  },
];
