import type { ReactNode } from 'react';

/** Said at once; the program itself tells nobody. */
export const SeriousNotice = ({ isPrincipal }: { isPrincipal: boolean }): ReactNode => (
  <p className="notice notice-bad patrol-serious" role="alert">
    <strong>{isPrincipal ? '请立即按学校预案处置。' : '请立即当面或打电话报告校长。'}</strong>
    先护住学生，记下时间和地点。系统只作记录，不会通知任何人。
  </p>
);
