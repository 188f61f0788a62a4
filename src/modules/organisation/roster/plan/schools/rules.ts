import type { Stage } from '../../../contract.ts';
import { stageLabels } from '../../../contract.ts';
import type { RosterDecision, WrittenRoster, WrittenSchool } from '../../contract.ts';
import { squeeze } from '../../names/rules.ts';
import type { KnownAlias, KnownSchool, Resolution } from '../../schools/rules.ts';
import { guessKind, nearest, readSchoolName, resolveSchool } from '../../schools/rules.ts';
import type { PlanDraft } from '../draft/rules.ts';
import { ask, putChanged, putNew, putUnchanged } from '../draft/rules.ts';

/** One answer for each school name a file writes. */
export interface SchoolBook {
  /** Resolved name of a school that appendix 2 writes; null where a person has to say. */
  ofAppendix(school: WrittenSchool, stage: Stage): string | null;
  /** Place of a person in a list; counts the use, for the question. */
  ofPerson(text: string, stage: Stage | null, cell: string): { school: string | null; settled: boolean };
  /** Stages of a school by its resolved name. */
  stagesOf(school: string): readonly Stage[];
  /** Writes the alias rows and questions of all the names looked up. */
  finish(): void;
}

/** More unknown names than this are a wrong file rather than slips, and become one question. */
const mostUnknown = 200;

interface Use {
  readonly text: string;
  readonly stage: Stage | null;
  readonly cell: string;
  readonly resolution: Resolution;
  people: number;
}

/**
 * Plans the schools. While the district has none, appendix 2 is the founding list and each of its names a new
 * school; afterwards a name that resolves to no school is asked about, never created.
 */
export function planSchools(
  draft: PlanDraft,
  written: WrittenRoster,
  decisions: readonly RosterDecision[],
): SchoolBook {
  const { existing } = draft;
  const founding = existing.schools.length === 0;
  const listed = new Map<string, { stages: Set<Stage>; cell: string }>();
  for (const { stage, base, members } of written.consortia)
    for (const { name, cell } of [base, ...members]) {
      const known = listed.get(name) ?? { stages: new Set<Stage>(), cell };
      known.stages.add(stage);
      listed.set(name, known);
    }
  const schools = new Map<string, { name: string; stages: readonly Stage[] }>();
  for (const school of existing.schools) schools.set(school.name, school);
  const nameOf = new Map(existing.schools.map(({ id, name }) => [id, name]));
  const aliases: KnownAlias[] = existing.aliases.flatMap(({ schoolId, ...alias }) => {
    const school = nameOf.get(schoolId);
    return school === undefined ? [] : [{ ...alias, school }];
  });
  for (const decision of decisions) {
    if (decision.about === 'alias') {
      const { alias, stage, school } = decision;
      aliases.unshift({ alias: squeeze(alias), stage, school, status: 'confirmed' });
    } else if (decision.about === 'new-school') {
      const { name, stage, kind, parent, alias } = decision;
      aliases.unshift({ alias: squeeze(alias), stage, school: name, status: 'confirmed' });
      if (schools.has(name)) continue;
      schools.set(name, { name, stages: [stage] });
      const fact = { about: 'school', text: name, cell: '' } as const;
      putNew(draft, fact, '由人工确认新建', { do: 'insert-school', name, kind, stages: [stage], parent });
    }
  }

  const all = () => [...schools.values()];
  const unresolved = new Set<string>();
  const renamed = new Map<string, string>();
  for (const [name, { stages, cell }] of listed) {
    const sorted = [...stages].sort();
    const fact = { about: 'school', text: name, cell } as const;
    const found = founding
      ? null
      : resolveSchool(name, sorted.length === 1 ? (sorted[0] ?? null) : null, [...schools.values()], aliases);
    if (found === null) {
      schools.set(name, { name, stages: sorted });
      const kind = guessKind(name, sorted);
      putNew(draft, fact, '附件2里的学校，办学类型按校名推断', {
        do: 'insert-school',
        name,
        kind,
        stages: sorted,
        parent: null,
      });
    } else if (found.as === 'known') {
      renamed.set(name, found.school);
      planStages(draft, found.school, sorted, cell);
    } else {
      unresolved.add(name);
      const candidates = candidatesOf(name, found, all());
      ask(draft, fact, {
        kind: 'unknown-school',
        text: `附件2里的“${name}”不在学校名单里，没有新建。${nearestText(candidates)}如果是新学校，请先在学校页面新建。`,
        cell,
        candidates,
      });
    }
  }

  const uses = new Map<string, Use>();
  return {
    ofAppendix: ({ name }, stage) => {
      if (listed.has(name)) return unresolved.has(name) ? null : (renamed.get(name) ?? name);
      const found = resolveSchool(name, stage, all(), aliases);
      return found.as === 'known' || found.as === 'short' ? found.school : null;
    },
    ofPerson(text, stage, cell) {
      const key = `${stage ?? ''} ${text}`;
      const use = uses.get(key) ?? {
        text,
        stage,
        cell,
        resolution: resolveSchool(text, stage, all(), aliases),
        people: 0,
      };
      use.people += 1;
      uses.set(key, use);
      const { resolution } = use;
      return resolution.as === 'known' || resolution.as === 'short'
        ? { school: resolution.school, settled: true }
        : { school: null, settled: false };
    },
    stagesOf: (school) => schools.get(school)?.stages ?? [],
    finish() {
      const known = all();
      const unknown = [...uses.values()].filter(({ resolution }) => resolution.as === 'unknown');
      const flood = new Set(unknown.slice(mostUnknown));
      for (const use of uses.values()) if (!flood.has(use)) finishUse(draft, use, known);
      const [first] = flood;
      if (first === undefined) return;
      const text = `另有 ${flood.size} 个校名不在学校名单里，没有新建。请检查表头是否对应、是否选错了文件。`;
      ask(
        draft,
        { about: 'school', text: `${flood.size} 个校名`, cell: first.cell },
        {
          kind: 'unknown-school',
          text,
          cell: first.cell,
        },
      );
    },
  };
}

function planStages(draft: PlanDraft, name: string, stages: readonly Stage[], cell: string): void {
  const school = draft.existing.schools.find((one) => one.name === name);
  const fact = { about: 'school', text: name, cell } as const;
  if (school === undefined || stages.every((stage) => school.stages.includes(stage)))
    putUnchanged(draft, fact);
  else {
    const both = [...new Set([...school.stages, ...stages])].sort();
    const added = stages.filter((stage) => !school.stages.includes(stage)).map((stage) => stageLabels[stage]);
    putChanged(draft, fact, `增加学段：${added.join('、')}`, school.byHand, {
      do: 'add-stages',
      school: name,
      kind: guessKind(name, both),
      stages: both,
    });
  }
}

const candidatesOf = (
  name: string,
  resolution: Resolution,
  schools: readonly KnownSchool[],
): readonly string[] => {
  if (resolution.as === 'ambiguous') return resolution.candidates;
  return resolution.as === 'unknown'
    ? nearest(
        name,
        schools.map((school) => school.name),
      )
    : [resolution.school];
};

const nearestText = (candidates: readonly string[]): string =>
  candidates.length === 0 ? '' : `最接近的是${candidates.join('、')}。`;

function finishUse(draft: PlanDraft, use: Use, schools: readonly KnownSchool[]): void {
  const { text, stage, cell, resolution, people } = use;
  const { name: alias, restored } = readSchoolName(text);
  const meant = `${stage === null ? '' : stageLabels[stage]}名单里的“${text}”（${people} 人）`;
  if (resolution.as === 'known' && resolution.by === 'name') {
    if (restored !== null)
      draft.questions.push({
        kind: 'lost-character',
        text: `“${text}”读作“${alias}”：${restored}。请确认。`,
        cell,
        candidates: [alias],
        restored: alias,
      });
    return;
  }
  if (resolution.as === 'known' || resolution.as === 'short' || resolution.as === 'proposed') {
    const { school } = resolution;
    const status = resolution.as === 'proposed' ? 'proposed' : 'confirmed';
    const fact = { about: 'alias', text: `${alias} → ${school}`, cell } as const;
    const change = { do: 'put-alias', alias, stage, school, status } as const;
    const stored = draft.existing.aliases.find(
      (one) => one.alias === alias && (one.stage === stage || one.stage === null || stage === null),
    );
    const same =
      stored !== undefined &&
      stored.status === status &&
      draft.existing.schools.find(({ id }) => id === stored.schoolId)?.name === school;
    if (same) putUnchanged(draft, fact);
    else if (stored === undefined)
      putNew(draft, fact, status === 'confirmed' ? `${meant}只可能是${school}` : '有待确认的简称', change);
    else
      putChanged(
        draft,
        fact,
        `简称改为${status === 'confirmed' ? '已确认' : '待确认'}：${school}`,
        false,
        change,
      );
    if (resolution.as === 'proposed')
      draft.questions.push({
        kind: 'alias-proposed',
        text: `${meant}：${resolution.reason}。请确认或改选；确认之前这些人暂不归入学校。`,
        cell,
        alias: { text: alias, stage },
        candidates: [
          school,
          ...nearest(
            alias,
            schools.map(({ name }) => name),
          ).filter((name) => name !== school),
        ].slice(0, 3),
      });
    return;
  }
  const candidates = candidatesOf(alias, resolution, schools);
  const fact = { about: 'school', text: alias, cell } as const;
  const lost = alias.includes('瞿') ? `“${alias}”也可能是“${alias.replace('瞿', '酄')}”。` : '';
  if (resolution.as === 'ambiguous')
    ask(draft, fact, {
      kind: 'ambiguous-school',
      text: `${meant}可能是${candidates.join('、')}，请选定一所；选定之前这些人暂不归入学校。`,
      cell,
      candidates,
      alias: { text: alias, stage },
    });
  else if (resolution.village) {
    const centres = schools.map(({ name }) => name).filter((name) => guessKind(name, []) === 'central');
    const parents = nearest(alias, centres);
    ask(draft, fact, {
      kind: 'unknown-parent',
      text: `${meant}不在学校名单里，像是村小，没有新建。${lost}请说明它隶属哪所中心校。${nearestText(parents)}`,
      cell,
      candidates: parents,
      alias: { text: alias, stage },
    });
  } else
    ask(draft, fact, {
      kind: 'unknown-school',
      text: `${meant}不在学校名单里，没有新建。${nearestText(candidates)}请改正，或先在学校页面新建。`,
      cell,
      candidates,
      alias: { text: alias, stage },
    });
}
