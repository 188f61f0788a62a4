import type { Day } from '#platform/dates.ts';
import type { FindingAct, FindingState, FindingStep, ResponsiblePost } from './contract.ts';

/** The district's numbers, each a dated setting; the fallbacks stand until somebody sets them. */
export const findingSettingKeys = {
  /** Days after handing over in which the school may answer before a finding counts in the district's figures. */
  answerDays: 'finding.answer-days',
  /** Days after which a deadline is proposed. */
  deadlineDays: 'finding.deadline-days',
} as const;
export const defaultFindingSettings = { answerDays: 5, deadlineDays: 14 } as const;

type Transitions = Readonly<Record<FindingState, Partial<Readonly<Record<FindingAct, FindingState>>>>>;

const aside = (state: FindingState) =>
  ({
    answer: state,
    reply: state,
    'ask-extension': state,
    'grant-extension': state,
    'refuse-extension': state,
    'change-checker': state,
    cancel: 'cancelled',
  }) as const;

/**
 * 发现 → 登记 → 交办 → 认领 → 措施 → 整改 → 回头看 → 销号 or 退回; what stands beside the way leaves the state as it is.
 * What was sent back goes on from the measures: new ones, or another report.
 */
export const transitions: Transitions = {
  found: { register: 'registered', cancel: 'cancelled' },
  registered: { 'hand-over': 'handed-over', cancel: 'cancelled' },
  'handed-over': { accept: 'accepted', ...aside('handed-over') },
  accepted: { plan: 'planned', ...aside('accepted') },
  planned: { plan: 'planned', 'report-done': 'done', ...aside('planned') },
  done: { recheck: 'recheck', reply: 'done', 'change-checker': 'done', cancel: 'cancelled' },
  recheck: { close: 'closed', 'send-back': 'sent-back', 'change-checker': 'recheck', cancel: 'cancelled' },
  'sent-back': { plan: 'planned', 'report-done': 'done', ...aside('sent-back') },
  closed: {},
  cancelled: {},
};

/** The act that leads on from a state; the page offers it first. */
export const wayOn: Readonly<Record<FindingState, FindingAct | null>> = {
  found: 'register',
  registered: 'hand-over',
  'handed-over': 'accept',
  accepted: 'plan',
  planned: 'report-done',
  done: 'recheck',
  recheck: 'close',
  'sent-back': 'report-done',
  closed: null,
  cancelled: null,
};

export const openStates = [
  'handed-over',
  'accepted',
  'planned',
  'done',
  'recheck',
  'sent-back',
] as const satisfies readonly FindingState[];

/** One act as it was recorded. */
export interface Recorded {
  readonly act: FindingAct;
  readonly personId: string;
  /** The China day of the act. */
  readonly doneOn: Day;
  /** The deadline given or asked for. */
  readonly dayOn: Day | null;
  readonly responsiblePost: ResponsiblePost | null;
  readonly responsibleId: string | null;
  readonly checkerId: string | null;
  readonly answerUntil: Day | null;
}

/** Where a finding stands: all of it follows from its acts. */
export interface Standing {
  readonly state: FindingState;
  readonly deadlineOn: Day | null;
  readonly responsiblePost: ResponsiblePost | null;
  readonly responsibleId: string | null;
  readonly checkerId: string | null;
  readonly handedOverBy: string | null;
  readonly handedOverOn: Day | null;
  readonly answerUntil: Day | null;
  readonly acceptedOn: Day | null;
  /** When it was last reported as done; null again once it is sent back. */
  readonly doneOn: Day | null;
  readonly closedOn: Day | null;
  readonly sentBack: number;
  readonly extensionOn: Day | null;
  readonly answerOpen: boolean;
  /** Who accepted, planned or reported: nobody looks again at one's own work. */
  readonly workedBy: readonly string[];
}

const atFirst: Standing = {
  state: 'found',
  deadlineOn: null,
  responsiblePost: null,
  responsibleId: null,
  checkerId: null,
  handedOverBy: null,
  handedOverOn: null,
  answerUntil: null,
  acceptedOn: null,
  doneOn: null,
  closedOn: null,
  sentBack: 0,
  extensionOn: null,
  answerOpen: false,
  workedBy: [],
};

const worksOn: readonly FindingAct[] = ['accept', 'plan', 'report-done'];
const checks: readonly FindingAct[] = ['recheck', 'close', 'send-back'];

/** Whether an act may come next at all, whoever takes it. */
export const mayFollow = (standing: Standing, act: FindingAct): boolean => {
  if (transitions[standing.state][act] === undefined) return false;
  if (act === 'ask-extension') return standing.extensionOn === null;
  if (act === 'grant-extension' || act === 'refuse-extension') return standing.extensionOn !== null;
  return act !== 'reply' || standing.answerOpen;
};

/** Whoever looks again is the checker, and never somebody who did the work. */
const isByRightPerson = (standing: Standing, { act, personId }: Recorded): boolean => {
  if (checks.includes(act)) return personId === standing.checkerId && !standing.workedBy.includes(personId);
  return !worksOn.includes(act) || personId !== standing.checkerId;
};

const namesRightPeople = (standing: Standing, event: Recorded): boolean => {
  const { act, checkerId, responsibleId, responsiblePost } = event;
  if (act === 'hand-over')
    return (
      (responsiblePost === null) !== (responsibleId === null) &&
      checkerId !== null &&
      checkerId !== responsibleId &&
      event.dayOn !== null &&
      event.answerUntil !== null
    );
  if (act === 'change-checker')
    return (
      checkerId !== null && checkerId !== standing.responsibleId && !standing.workedBy.includes(checkerId)
    );
  return (act !== 'ask-extension' && act !== 'send-back') || event.dayOn !== null;
};

/** What an act changes beside the state. */
const effect = (standing: Standing, event: Recorded): Partial<Standing> => {
  switch (event.act) {
    case 'hand-over':
      return {
        deadlineOn: event.dayOn,
        responsiblePost: event.responsiblePost,
        responsibleId: event.responsibleId,
        checkerId: event.checkerId,
        answerUntil: event.answerUntil,
        handedOverBy: event.personId,
        handedOverOn: event.doneOn,
      };
    case 'accept':
      return { acceptedOn: event.doneOn };
    case 'report-done':
      return { doneOn: event.doneOn, extensionOn: null };
    case 'send-back':
      return { doneOn: null, deadlineOn: event.dayOn, sentBack: standing.sentBack + 1 };
    case 'close':
      return { closedOn: event.doneOn };
    case 'answer':
      return { answerOpen: true };
    case 'reply':
      return { answerOpen: false };
    case 'ask-extension':
      return { extensionOn: event.dayOn };
    case 'grant-extension':
      return { deadlineOn: standing.extensionOn, extensionOn: null };
    case 'refuse-extension':
      return { extensionOn: null };
    case 'change-checker':
      return { checkerId: event.checkerId };
    default:
      return {};
  }
};

/** The standing after an act, or null when it may not come next. */
export const after = (standing: Standing, event: Recorded): Standing | null => {
  const state = transitions[standing.state][event.act];
  if (
    state === undefined ||
    !mayFollow(standing, event.act) ||
    !isByRightPerson(standing, event) ||
    !namesRightPeople(standing, event)
  )
    return null;
  return {
    ...standing,
    ...effect(standing, event),
    state,
    workedBy:
      worksOn.includes(event.act) && !standing.workedBy.includes(event.personId)
        ? [...standing.workedBy, event.personId]
        : standing.workedBy,
  };
};

/** The standing that follows from all acts, the finding itself first; null for a sequence that cannot be. */
export const standingFrom = (events: readonly Recorded[]): Standing | null => {
  const [first, ...rest] = events;
  if (first?.act !== 'find') return null;
  return rest.reduce<Standing | null>(
    (standing, event) => (standing === null ? null : after(standing, event)),
    atFirst,
  );
};

const isOpen = (state: FindingState): boolean => openStates.some((one) => one === state);

/** A mark, never a lock: what was reported in time waits for somebody else. */
export const isOverdue = (
  { state, deadlineOn, doneOn }: Pick<Standing, 'state' | 'deadlineOn' | 'doneOn'>,
  today: Day,
): boolean => isOpen(state) && deadlineOn !== null && (doneOn ?? today) > deadlineOn;

/** The school sees it first: it counts once accepted, or when the days for an answer are over. */
export const isCountedInFigures = (
  { state, acceptedOn, answerUntil }: Pick<Standing, 'state' | 'acceptedOn' | 'answerUntil'>,
  today: Day,
): boolean =>
  (isOpen(state) || state === 'closed') &&
  (acceptedOn !== null || (answerUntil !== null && answerUntil < today));

interface StepDemands {
  /** What the text of the step is; null: it needs none. */
  readonly label: string | null;
  readonly needsText: boolean;
  /** What the day of the step is; null: it needs none. */
  readonly dayLabel: string | null;
}

/** What has to be written down for a step. */
export const stepDemands: Readonly<Record<FindingStep, StepDemands>> = {
  register: { label: null, needsText: false, dayLabel: null },
  accept: { label: null, needsText: false, dayLabel: null },
  plan: { label: '整改措施', needsText: true, dayLabel: null },
  'report-done': { label: '怎么改的，现在怎样', needsText: true, dayLabel: null },
  recheck: { label: '回头看看到了什么', needsText: true, dayLabel: null },
  close: { label: '结论', needsText: false, dayLabel: null },
  'send-back': { label: '哪里还要改', needsText: true, dayLabel: '新的整改期限' },
  answer: { label: '说明', needsText: true, dayLabel: null },
  reply: { label: '答复', needsText: true, dayLabel: null },
  'ask-extension': { label: '延期的原因', needsText: true, dayLabel: '希望延到哪天' },
  'grant-extension': { label: null, needsText: false, dayLabel: null },
  'refuse-extension': { label: '不同意的原因', needsText: true, dayLabel: null },
  cancel: { label: '撤销的原因', needsText: true, dayLabel: null },
};

/** What is missing in a step as it was filled in; null when it may be taken. */
export const problemOfStep = (
  step: FindingStep,
  { text, dayOn }: { readonly text: string; readonly dayOn: Day | null },
  { today, deadlineOn }: { readonly today: Day; readonly deadlineOn: Day | null },
): string | null => {
  const { label, needsText, dayLabel } = stepDemands[step];
  if (needsText && text.trim() === '') return `请写明“${label}”。`;
  if (dayLabel === null) return null;
  if (dayOn === null) return `请选择“${dayLabel}”。`;
  if (dayOn < today) return `“${dayLabel}”不能早于今天，请改选日期。`;
  return step === 'ask-extension' && deadlineOn !== null && dayOn <= deadlineOn
    ? '希望延到的日期要晚于现在的期限，请改选日期。'
    : null;
};
