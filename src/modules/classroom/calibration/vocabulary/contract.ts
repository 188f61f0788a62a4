import { stepLabels, steps } from '../../vocabulary/contract.ts';

export const calibrationStates = ['draft', 'open', 'closed'] as const;
/** Closed is final, by whoever organised it or by its deadline. */
export type CalibrationState = (typeof calibrationStates)[number];
export const calibrationStateLabels: Readonly<Record<CalibrationState, string>> = {
  draft: '未开启',
  open: '进行中',
  closed: '已结束',
};

export const calibrationSteps = ['change', 'open', 'extend', 'close'] as const;
/** What whoever organises can do; in which state is in the rules. */
export type CalibrationStep = (typeof calibrationSteps)[number];

export const calibrationParts = ['rater', 'panel'] as const;
/** As what somebody is invited: to be calibrated, or as one of the panel (专家组) that is the reference. */
export type CalibrationPart = (typeof calibrationParts)[number];

export const calibrationViews = ['to-do', 'mine', 'organised'] as const;

/** No figure stands on fewer people than this. */
export const leastRaters = 5;
/** A median of fewer than this would say what one of the panel said. */
export const leastPanel = 3;

export const counted = [...steps, 'unnoted'] as const;
/** What raters are counted by on a criterion. */
export type Counted = (typeof counted)[number];
export const countedLabels: Readonly<Record<Counted, string>> = { ...stepLabels, unnoted: '未填' };
