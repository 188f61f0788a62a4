/** 8 MB */
export const largestTextbookFile = 8 * 1024 * 1024;

export const textbookStatuses = ['new', 'changed', 'removed', 'unchanged', 'needs-decision'] as const;
export type TextbookStatus = (typeof textbookStatuses)[number];
export const textbookStatusLabels: Readonly<Record<TextbookStatus, string>> = {
  new: '新增',
  changed: '变更',
  removed: '停用',
  unchanged: '不变',
  'needs-decision': '待决定',
};
