import type { BodyKind, Post, SchoolKind, Stage, Subject } from '../contract.ts';

/** A row of any table people bring, as the platform's table reader gives it. */
export interface RosterRow {
  readonly table: string;
  readonly row: number;
  readonly cells: readonly string[];
  readonly ref: (column: number) => string;
}

export const questionKinds = [
  'lost-character',
  'unknown-school',
  'unknown-parent',
  'alias-proposed',
  'ambiguous-school',
  'school-twice',
  'same-name',
  'name-differs',
  'ambiguous-name',
  'missing-school',
  'missing-value',
  'unknown-subject',
  'unknown-grade',
  'unknown-stage',
  'unknown-post',
  'post-held',
  'unreadable-value',
  'no-heading',
  'no-longer-listed',
  'set-by-hand',
] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** What a person has to look at; nothing that hangs on the answer is written before it. */
export interface RosterQuestion {
  readonly kind: QuestionKind;
  readonly text: string;
  readonly cell: string;
  /** What could be meant, nearest first: names of schools, or ids of people. */
  readonly candidates?: readonly string[];
  /** For `lost-character`: the name with the character put back. */
  readonly restored?: string;
  /** The short name that was not understood, for an answer about it. */
  readonly alias?: { readonly text: string; readonly stage: Stage | null };
  /** The name that may be several people, with every cell it stands in. */
  readonly person?: { readonly name: string; readonly cells: readonly string[] };
}

/** A name as written in a list, with the school in brackets behind it. */
export interface WrittenPerson {
  readonly name: string;
  readonly schoolText: string | null;
  readonly cell: string;
}

export interface WrittenSchool {
  readonly name: string;
  readonly cell: string;
}

interface WrittenTeam {
  readonly gradeFrom: number;
  readonly gradeTo: number;
  readonly topic: string | null;
  readonly leads: readonly WrittenPerson[];
  readonly members: readonly WrittenPerson[];
  readonly cell: string;
}

export interface WrittenCoreGroup {
  readonly stage: Stage;
  readonly subject: Subject;
  readonly leads: readonly WrittenPerson[];
  readonly members: readonly WrittenPerson[];
  readonly teams: readonly WrittenTeam[];
  readonly cell: string;
}

export interface WrittenConsortium {
  readonly stage: Stage;
  readonly base: WrittenSchool;
  readonly members: readonly WrittenSchool[];
  readonly heads: readonly WrittenPerson[];
}

export interface WrittenSubjectBase {
  readonly stage: Stage;
  readonly subject: Subject;
  readonly school: WrittenSchool;
}

export interface WrittenLeadingGroup {
  readonly heads: readonly WrittenPerson[];
  readonly deputies: readonly WrittenPerson[];
  /** True where the members are "all of the research office": a rule, so nobody is listed. */
  readonly membersAreResearchOffice: boolean;
}

/** Posts of a school that a teacher list may give. */
export type SchoolPost = Extract<Post, 'principal' | 'vice-principal' | 'dean' | 'subject-lead'>;

/** A post at the school of its row; only a subject lead's has a subject, and a stage where it is said. */
export interface WrittenPost {
  readonly post: SchoolPost;
  readonly stage: Stage | null;
  readonly subject: Subject | null;
  readonly cell: string;
}

/** A row of a plain teacher list. */
export interface WrittenTeacher extends WrittenPerson {
  readonly staffNumber: string | null;
  readonly phone: string | null;
  readonly stage: Stage | null;
  readonly grades: readonly number[];
  readonly subjects: readonly Subject[];
  readonly posts: readonly WrittenPost[];
}

/** What the tables say, each fact with the cell it stands in; nothing is decided yet. */
export interface WrittenRoster {
  readonly coreGroups: readonly WrittenCoreGroup[];
  readonly consortia: readonly WrittenConsortium[];
  readonly subjectBases: readonly WrittenSubjectBase[];
  readonly leadingGroup: WrittenLeadingGroup | null;
  readonly teachers: readonly WrittenTeacher[];
  readonly questions: readonly RosterQuestion[];
}

export interface BodyDescription {
  readonly kind: Extract<BodyKind, 'leading-group' | 'core-group' | 'grade-team' | 'consortium'>;
  readonly stage: Stage | null;
  readonly subject: Subject | null;
  readonly gradeFrom: number | null;
  readonly gradeTo: number | null;
  readonly topic: string | null;
  /** Name of the base school of a consortium, by which it is known. */
  readonly base: string | null;
}

/** What stands in the district today, as the store gives it. */
export interface RosterSnapshot {
  readonly schools: readonly {
    readonly id: string;
    readonly name: string;
    readonly kind: SchoolKind;
    readonly stages: readonly Stage[];
    readonly byHand: boolean;
  }[];
  readonly aliases: readonly {
    readonly alias: string;
    readonly stage: Stage | null;
    readonly schoolId: string;
    readonly status: 'confirmed' | 'proposed';
  }[];
  readonly people: readonly SnapshotPerson[];
  readonly bodies: readonly (BodyDescription & {
    readonly id: string;
    /** Schools of a consortium without its base. */
    readonly memberSchoolIds: readonly string[];
  })[];
  readonly appointments: readonly {
    readonly id: string;
    readonly personId: string;
    readonly bodyId: string;
    readonly post: Post;
  }[];
  /** Posts of schools that hold at any time from the day on which the list begins to hold. */
  readonly schoolPosts: readonly {
    readonly personId: string;
    readonly schoolId: string;
    readonly post: SchoolPost;
    readonly stage: Stage | null;
    readonly subject: Subject | null;
    /** Ended today or before, though after the day of the list. */
    readonly ended: boolean;
  }[];
  readonly subjectBases: readonly {
    readonly stage: Stage;
    readonly subject: Subject;
    readonly schoolId: string;
  }[];
  /** Of the term the list is read for. */
  readonly teaching: readonly {
    readonly personId: string;
    readonly schoolId: string;
    readonly grade: number;
    readonly subject: Subject;
  }[];
}

export interface SnapshotPerson {
  readonly id: string;
  readonly name: string;
  readonly staffNumber: string | null;
  readonly phone: string | null;
  readonly homeSchoolId: string | null;
  readonly subjects: readonly Subject[];
  readonly byHand: boolean;
}

export const emptySnapshot: RosterSnapshot = {
  schools: [],
  aliases: [],
  people: [],
  bodies: [],
  appointments: [],
  schoolPosts: [],
  subjectBases: [],
  teaching: [],
};

/** Answers a person gave to questions of an earlier preview of the same file. */
export type RosterDecision =
  | { readonly about: 'person'; readonly cell: string; readonly name: string; readonly is: PersonAnswer }
  | { readonly about: 'alias'; readonly alias: string; readonly stage: Stage | null; readonly school: string }
  | {
      readonly about: 'new-school';
      readonly name: string;
      readonly alias: string;
      readonly stage: Stage;
      readonly kind: SchoolKind;
      readonly parent: string | null;
    };

/** A new person, someone known by id, or the person written in another cell under the same name. */
export type PersonAnswer = 'new' | { readonly id: string } | { readonly cell: string };

/** Someone who stands in the database, or who is inserted by another change of the same plan. */
export type PersonRef = { readonly id: string } | { readonly key: string };

export interface PersonFields {
  readonly name: string;
  readonly staffNumber: string | null;
  readonly phone: string | null;
  /** Name of the school. */
  readonly homeSchool: string | null;
  readonly subjects: readonly Subject[];
}

/** One write; schools are named by their names, bodies by what they are, in the order of the plan's rows. */
export type RosterChange =
  | {
      readonly do: 'insert-school';
      readonly name: string;
      readonly kind: SchoolKind;
      readonly stages: readonly Stage[];
      readonly parent: string | null;
    }
  | {
      readonly do: 'add-stages';
      readonly school: string;
      readonly kind: SchoolKind;
      readonly stages: readonly Stage[];
    }
  | {
      readonly do: 'put-alias';
      readonly alias: string;
      readonly stage: Stage | null;
      readonly school: string;
      readonly status: 'confirmed' | 'proposed';
    }
  | { readonly do: 'insert-body'; readonly body: BodyDescription; readonly name: string }
  | {
      readonly do: 'put-member-school';
      readonly consortium: BodyDescription;
      readonly school: string;
      /** The consortium of the same stage the school leaves by it. */
      readonly leaves: BodyDescription | null;
    }
  | {
      readonly do: 'put-subject-base';
      readonly stage: Stage;
      readonly subject: Subject;
      readonly school: string;
      /** Names of the schools that stop being the base. */
      readonly replaces: readonly string[];
    }
  | { readonly do: 'insert-person'; readonly key: string; readonly person: PersonFields }
  | { readonly do: 'update-person'; readonly id: string; readonly person: PersonFields }
  | {
      readonly do: 'insert-appointment';
      readonly person: PersonRef;
      readonly body: BodyDescription;
      readonly post: Post;
    }
  | {
      readonly do: 'insert-school-post';
      readonly person: PersonRef;
      readonly school: string;
      readonly post: SchoolPost;
      readonly stage: Stage | null;
      readonly subject: Subject | null;
    }
  | {
      readonly do: 'insert-teaching';
      readonly person: PersonRef;
      readonly school: string;
      readonly grade: number;
      readonly subject: Subject;
    };

export const planStatuses = ['new', 'changed', 'unchanged', 'needs-decision'] as const;
export type PlanStatus = (typeof planStatuses)[number];
export const planStatusLabels: Readonly<Record<PlanStatus, string>> = {
  new: '新增',
  changed: '变更',
  unchanged: '不变',
  'needs-decision': '待决定',
};

export const planSubjects = [
  'school',
  'alias',
  'body',
  'member-school',
  'subject-base',
  'person',
  'appointment',
  'teaching',
] as const;
export type PlanSubject = (typeof planSubjects)[number];

export interface PlanRow {
  readonly status: PlanStatus;
  readonly about: PlanSubject;
  readonly text: string;
  readonly reason: string;
  readonly cell: string;
  /** Null unless the status is `new` or `changed`. */
  readonly change: RosterChange | null;
}

export interface RosterCounts {
  readonly juniorNames: number;
  readonly primaryNames: number;
  readonly distinctNames: number;
  readonly coreGroups: number;
  readonly gradeTeams: number;
  readonly consortia: number;
  readonly schools: number;
  /** People the file names, posts and list rows of one person taken together, an undecided name once. */
  readonly people: number;
  /** Posts the file names, those of undecided people included. */
  readonly appointments: number;
  readonly emptySubjectBaseSlots: number;
}

export interface RosterPlan {
  readonly counts: RosterCounts;
  readonly questions: readonly RosterQuestion[];
  readonly changes: { readonly new: number; readonly changed: number; readonly unchanged: number };
  readonly rows: readonly PlanRow[];
}
