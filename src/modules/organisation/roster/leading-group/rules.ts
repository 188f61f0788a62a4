import type { RosterQuestion, RosterRow, WrittenLeadingGroup, WrittenPerson } from '../contract.ts';
import type { Section } from '../core-groups/rules.ts';
import { cellOf, readPeople } from '../core-groups/rules.ts';
import { squeeze } from '../names/rules.ts';

interface Draft {
  heads: WrittenPerson[];
  deputies: WrittenPerson[];
  membersAreResearchOffice: boolean;
}

/** The leading group as a small table with 职务 and 姓名. */
export function readLeadingGroup(section: Section, ask: RosterQuestion[]): WrittenLeadingGroup | null {
  const draft: Draft = { heads: [], deputies: [], membersAreResearchOffice: false };
  const postColumn = section.columns.get('post')?.[0];
  const nameColumn = section.columns.get('name')?.[0];
  let post = '';
  let found = false;
  for (const row of section.rows) {
    post = squeeze(cellOf(row, postColumn)) || post;
    found = addTo(draft, post, row, nameColumn ?? 0, ask) || found;
  }
  return found ? draft : null;
}

const spoken = /^\s*(组\s*长|副\s*组\s*长|成\s*员)\s*[:：]\s*(\S.*)$/u;

/** The lines of the notice itself: 组 长：…, 副组长：…, 成 员：…, read only under the title 领导小组. */
export function readSpokenPost(row: RosterRow, titles: readonly string[]): RosterRow | null {
  const found = spoken.exec(row.cells[0] ?? '');
  if (found === null || row.cells.length > 1) return null;
  if (!titles.some((title) => title.includes('领导小组'))) return null;
  return { ...row, cells: [found[1] ?? '', found[2] ?? ''], ref: () => row.ref(0) };
}

function addTo(draft: Draft, post: string, row: RosterRow, column: number, ask: RosterQuestion[]): boolean {
  const names = cellOf(row, column);
  if (names === '') return false;
  if (post === '组长') draft.heads.push(...readPeople(row, column, ask));
  else if (post === '副组长') draft.deputies.push(...readPeople(row, column, ask));
  else if (post === '成员' && /教研室.*全体|全体.*教研/u.test(squeeze(names)))
    draft.membersAreResearchOffice = true;
  else {
    ask.push({
      kind: 'missing-value',
      text: `领导小组里“${post}：${names}”没有导入。职务请写组长、副组长或成员；成员是教研室全体人员。`,
      cell: row.ref(column),
    });
    return false;
  }
  return true;
}
