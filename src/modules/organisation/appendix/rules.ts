import type { Holder } from '../shapes/contract.ts';
import type { DistrictPicture, Structure } from '../structure/contract.ts';
import { gradeLabels, stageLabels, subjectLabels } from '../vocabulary/contract.ts';

export const appendixNumbers = ['1', '2', '3'] as const;
export type AppendixNumber = (typeof appendixNumbers)[number];

export const appendixTitles: Readonly<Record<AppendixNumber, string>> = {
  1: '中小学区级研训中心组分组名单',
  2: '区级研训基地校及学区级研训联合体成员',
  3: '优势学科基地校',
};

interface Column {
  readonly title: string;
  readonly width?: number;
  readonly mergeDown?: boolean;
}

export interface AppendixTable {
  readonly heading?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

const names = (holders: readonly Holder[], posts: readonly Holder['post'][]): string =>
  holders
    .filter(({ post }) => posts.includes(post))
    .map(({ name }) => name)
    .join(' ');

/** 王唯(实小东): with the short name of the school where one is known. */
const namesWithSchool = (holders: readonly Holder[], posts: readonly Holder['post'][]): string =>
  holders
    .filter(({ post }) => posts.includes(post))
    .map(({ name, schoolName, schoolShortName }) => {
      const school = schoolShortName ?? schoolName;
      return school === null ? name : `${name}(${school})`;
    })
    .join(' ');

type Team = Structure['coreGroups'][number]['teams'][number];

/** 一年级, or `1-6 思维课` for a team across grades. */
export const teamLabel = ({ gradeFrom, gradeTo, topic }: Pick<Team, 'gradeFrom' | 'gradeTo' | 'topic'>) =>
  [
    gradeFrom === null
      ? ''
      : gradeTo === null || gradeTo === gradeFrom
        ? gradeLabels[gradeFrom]
        : `${gradeFrom}-${gradeTo}`,
    topic ?? '',
  ]
    .filter((part) => part !== '')
    .join(' ');

/** Appendix 1: juniors by subject, primary by subject and grade, in the notice's own columns. */
const coreGroupTables = (structure: DistrictPicture): AppendixTable[] => {
  const junior = structure.coreGroups.filter(({ stage }) => stage === 'junior');
  const primary = structure.coreGroups.filter(({ stage }) => stage === 'primary');
  return [
    {
      heading: '初中区级研训中心组分组名单',
      columns: [
        { title: '学科', width: 2 },
        { title: '组长', width: 2 },
        { title: '组员', width: 8 },
      ],
      rows: junior.map(({ subject, holders }) => [
        subjectLabels[subject],
        names(holders, ['lead']),
        names(holders, ['member']),
      ]),
    },
    {
      heading: '小学区级研训中心组分组名单',
      columns: [
        { title: '学科', width: 1.4, mergeDown: true },
        { title: '组长', width: 1.6, mergeDown: true },
        { title: '年级', width: 1.8 },
        { title: '组长', width: 2.8 },
        { title: '组员', width: 6 },
      ],
      rows: primary.flatMap(({ subject, holders, teams }) => {
        const lead = names(holders, ['lead']);
        const own = namesWithSchool(holders, ['member']);
        return [
          ...(teams.length === 0 || own !== '' ? [[subjectLabels[subject], lead, '', '', own]] : []),
          ...teams.map((team) => [
            subjectLabels[subject],
            lead,
            teamLabel(team),
            namesWithSchool(team.holders, ['grade-lead', 'lead']),
            namesWithSchool(team.holders, ['member']),
          ]),
        ];
      }),
    },
  ];
};

const consortiumTable = ({ consortia }: Pick<Structure, 'consortia'>): AppendixTable => ({
  columns: [
    { title: '学段', width: 1, mergeDown: true },
    { title: '研训基地校', width: 2.4 },
    { title: '联合学校', width: 5.4 },
    { title: '负责人', width: 1.6 },
  ],
  rows: consortia.map(({ stage, schools, heads }) => [
    stageLabels[stage],
    schools
      .filter(({ role }) => role === 'base')
      .map(({ name }) => name)
      .join('、'),
    schools
      .filter(({ role }) => role === 'member')
      .map(({ name }) => name)
      .join('、'),
    heads.map(({ name }) => name).join(' '),
  ]),
});

/** Appendix 3 prints every slot; one that is not yet set stays empty, to be filled in. */
const subjectBaseTable = ({ subjectBases }: Pick<Structure, 'subjectBases'>): AppendixTable => ({
  columns: [
    { title: '学段', width: 1, mergeDown: true },
    { title: '学科', width: 2 },
    { title: '优势学科基地校', width: 4 },
  ],
  rows: subjectBases.map(({ stage, subject, school }) => [
    stageLabels[stage],
    subjectLabels[subject],
    school?.name ?? '',
  ]),
});

/** An appendix of the notice as its tables, from the district as it stood on a day. */
export const appendixTables = (number: AppendixNumber, structure: DistrictPicture): AppendixTable[] => {
  if (number === '1') return coreGroupTables(structure);
  return [number === '2' ? consortiumTable(structure) : subjectBaseTable(structure)];
};
