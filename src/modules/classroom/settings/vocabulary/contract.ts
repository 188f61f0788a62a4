export const classroomSettingKeys = [
  'observation.late-days',
  'observation.video-counts',
  'observation.min-sentences',
  'finding.answer-days',
  'finding.deadline-days',
  'homework.limits',
  'library.opening-hours',
] as const;
/** Numbers and choices of the district for work in classrooms, each dated and with its clause. */
export type ClassroomSettingKey = (typeof classroomSettingKeys)[number];

interface SettingText {
  readonly label: string;
  /** What follows from it. */
  readonly effect: string;
  /** Of a number. */
  readonly unit: string;
}
export const classroomSettingTexts: Readonly<Record<ClassroomSettingKey, SettingText>> = {
  'observation.late-days': {
    label: '听课后几天内完成记录',
    effect: '超过的记录标“补记”，照常计入。',
    unit: '天',
  },
  'observation.video-counts': {
    label: '看录像课是否计入听课节数',
    effect: '改变以后的统计；记录本身不变。',
    unit: '',
  },
  'observation.min-sentences': {
    label: '完成记录至少写几句',
    effect: '不足时不能完成，草稿照常保存。',
    unit: '句',
  },
  'finding.answer-days': {
    label: '问题交办后学校说明的天数',
    effect: '学校认领或期满以后，问题才计入区级统计；已交办的不变。',
    unit: '天',
  },
  'finding.deadline-days': {
    label: '整改期限默认几天',
    effect: '登记问题时预填，可以逐个改。',
    unit: '天',
  },
  'homework.limits': {
    label: '每天书面作业上限（各科合计）',
    effect: '超过时提醒，不阻止；已登记的按当天的上限。',
    unit: '分钟',
  },
  'library.opening-hours': {
    label: '图书馆每周开放时间',
    effect: '场所使用里对照用。',
    unit: '小时',
  },
};
