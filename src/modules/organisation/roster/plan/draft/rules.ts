import type { Stage } from '../../../contract.ts';
import { gradeLabels, stageLabels, subjectLabels } from '../../../contract.ts';
import type {
  BodyDescription,
  PlanRow,
  PlanSubject,
  RosterChange,
  RosterQuestion,
  RosterSnapshot,
} from '../../contract.ts';

/** A plan being made: its rows in the order in which they can be written. */
export interface PlanDraft {
  readonly existing: RosterSnapshot;
  readonly rows: PlanRow[];
  readonly questions: RosterQuestion[];
}

interface Fact {
  readonly about: PlanSubject;
  readonly text: string;
  readonly cell: string;
}

export const putNew = (draft: PlanDraft, fact: Fact, reason: string, change: RosterChange): void => {
  draft.rows.push({ status: 'new', ...fact, reason, change });
};

export const putUnchanged = (draft: PlanDraft, fact: Fact): void => {
  draft.rows.push({ status: 'unchanged', ...fact, reason: '与现有记录一致', change: null });
};

/** A change of something that stands; what a person set by hand is listed and left to a person. */
export const putChanged = (
  draft: PlanDraft,
  fact: Fact,
  reason: string,
  byHand: boolean,
  change: RosterChange,
): void => {
  if (!byHand) draft.rows.push({ status: 'changed', ...fact, reason, change });
  else
    ask(draft, fact, {
      kind: 'set-by-hand',
      text: `${fact.text}：${reason}。现有内容是人工填写的，没有改动。如要改，请在页面上修改。`,
      cell: fact.cell,
    });
};

/** A row that waits for a person, with its question. */
export const ask = (draft: PlanDraft, fact: Fact, question: RosterQuestion): void => {
  draft.rows.push({ status: 'needs-decision', ...fact, reason: question.text, change: null });
  draft.questions.push(question);
};

const nothing = { stage: null, subject: null, gradeFrom: null, gradeTo: null, topic: null, base: null };

export const leadingGroup: BodyDescription = { kind: 'leading-group', ...nothing };

export const consortiumOf = (stage: Stage, base: string): BodyDescription => ({
  ...nothing,
  kind: 'consortium',
  stage,
  base,
});

export const coreGroupOf = (group: Pick<BodyDescription, 'stage' | 'subject'>): BodyDescription => ({
  ...nothing,
  kind: 'core-group',
  stage: group.stage,
  subject: group.subject,
});

export const teamOf = (
  group: Pick<BodyDescription, 'stage' | 'subject'>,
  team: Pick<BodyDescription, 'gradeFrom' | 'gradeTo' | 'topic'>,
): BodyDescription => ({
  ...coreGroupOf(group),
  kind: 'grade-team',
  gradeFrom: team.gradeFrom,
  gradeTo: team.gradeTo,
  topic: team.topic,
});

export const bodyKey = (body: BodyDescription): string =>
  [body.kind, body.stage, body.subject, body.gradeFrom, body.gradeTo, body.topic, body.base].join('|');

export const bodyName = (body: BodyDescription): string => {
  const stage = body.stage === null ? '' : stageLabels[body.stage];
  const subject = body.subject === null ? '' : subjectLabels[body.subject];
  if (body.kind === 'leading-group') return '领导小组';
  if (body.kind === 'consortium') return `${stage}${body.base ?? ''}联合体`;
  if (body.kind === 'core-group') return `${stage}${subject}研训中心组`;
  const from = body.gradeFrom ?? 0;
  const to = body.gradeTo ?? 0;
  const grades = from === to ? (gradeLabels[from] ?? '') : `${from}-${to}年级`;
  return `${stage}${subject}${grades}${body.topic ?? ''}组`;
};
