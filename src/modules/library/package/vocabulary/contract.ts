/** What importing a package does with one of its items. */
export const packageStatuses = ['new', 'newer', 'conflict', 'older', 'same'] as const;
export type PackageStatus = (typeof packageStatuses)[number];
export const packageStatusLabels: Readonly<Record<PackageStatus, string>> = {
  new: '新增',
  newer: '补上新版',
  conflict: '有冲突',
  older: '这里较新',
  same: '已有',
};

/** Rows of a preview; counts are of all. */
export const mostPackageRows = 500;
/** Items ticked one by one. */
export const mostTicked = 200;
