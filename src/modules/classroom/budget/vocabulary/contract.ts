export const budgetPurposes = ['go-out', 'invite-in', 'school-research', 'books', 'other'] as const;
/** What money for training and research was spent on; 走出去、请进来 are the notice's words (五(一)6). */
export type BudgetPurpose = (typeof budgetPurposes)[number];
export const budgetPurposeLabels: Readonly<Record<BudgetPurpose, string>> = {
  'go-out': '走出去：外出培训',
  'invite-in': '请进来：专家讲座与指导',
  'school-research': '校本教研活动',
  books: '图书与资料',
  other: '其他',
};
