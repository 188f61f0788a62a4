import type { ComponentType } from 'react';
import type { Actor } from '#modules/organisation/contract.ts';

/** What a module puts into the shell; the shell knows modules only by this. */
export interface ModuleNav {
  readonly pages: readonly ModulePage[];
  readonly entries?: readonly NavEntry[];
  readonly homeCards?: readonly HomeCard[];
  readonly recordParts?: readonly RecordPart[];
  /** Work that goes on behind every page, e.g. sending what a dead line held back. */
  readonly background?: Background;
}

export interface Background {
  readonly visible: (me: Actor) => boolean;
  readonly load: () => Promise<{ readonly start: (me: Actor) => void }>;
}

export interface ModulePage {
  /** TanStack Router path, e.g. `/people/$personId`. */
  readonly path: string;
  readonly load: () => Promise<{ readonly Page: ComponentType }>;
  /** `bare` pages (sign-in) come without navigation and without a session. */
  readonly frame?: 'shell' | 'bare';
}

export const navGroups = ['课堂', '研训资源库', '学校工作', '评价', '通报', '组织架构', '系统管理'] as const;
export type NavGroup = (typeof navGroups)[number];

export interface NavEntry {
  readonly label: string;
  readonly path: string;
  readonly group: NavGroup;
  /** Shown in the phone's bottom bar when there is room; lower comes first. */
  readonly phoneOrder?: number;
  readonly icon?: 'observe' | 'chart' | 'document' | 'people' | 'school' | 'inbox' | 'settings';
  readonly visible: (me: Actor) => boolean;
}

/** A part of the first screen; a person with several posts sees several, in this order. */
export interface HomeCard {
  readonly key: string;
  readonly order: number;
  /** It shows something without a network too. */
  readonly offline?: true;
  readonly visible: (me: Actor) => boolean;
  readonly load: () => Promise<{ readonly Card: ComponentType }>;
}

/**
 * What a module shows on the page of another module's record that may not know it: a letter on the page of a finding.
 * The page names the record, this module the part, and only the router knows both.
 */
export interface RecordPart {
  readonly key: string;
  readonly record: 'finding' | 'library-adaptation';
  readonly visible: (me: Actor) => boolean;
  readonly load: () => Promise<{ readonly Part: ComponentType<{ id: string }> }>;
}
