import type { Insertable } from 'kysely';
import type { DB } from '#platform/database/tables.ts';
import type { Day } from '#platform/dates.ts';
import type { SchoolKind, Stage } from '../contract.ts';

/** Invented schools; the shape (39 units, one of them in both stages) is that of the notice's appendix 2. */
export interface DemoSchool {
  readonly id: string;
  readonly name: string;
  readonly kind: SchoolKind;
  readonly stages: readonly Stage[];
  readonly parentId: string | null;
  readonly grades: readonly number[];
  readonly classesPerGrade: number;
}

export interface DemoConsortium {
  readonly stage: Stage;
  readonly base: DemoSchool;
  readonly members: readonly DemoSchool[];
}

export interface DemoSchools {
  readonly schools: readonly DemoSchool[];
  /** Those of the appendix's level, which evaluation and targets are about. */
  readonly units: readonly DemoSchool[];
  readonly consortia: readonly DemoConsortium[];
}

/** Base school first; the number is of classes in each grade. */
const layout: readonly { stage: Stage; schools: readonly (readonly [name: string, classes: number])[] }[] = [
  {
    stage: 'junior',
    schools: [
      ['明德中学', 8],
      ['松台中学', 5],
      ['苇泊中学', 4],
      ['柏溪中学', 5],
    ],
  },
  {
    stage: 'junior',
    schools: [
      ['星河中学', 8],
      ['麦岭中学', 5],
      ['星河四中', 8],
      ['梨园一中', 7],
      ['石槽中学', 5],
    ],
  },
  {
    stage: 'junior',
    schools: [
      ['晨光中学', 8],
      ['青坨中学', 6],
      ['荷塘中学', 5],
      ['沙堤中学', 4],
      ['杨津学校', 5],
    ],
  },
  {
    stage: 'junior',
    schools: [
      ['育英学校', 6],
      ['澄湖中学', 6],
      ['云桥中学', 6],
      ['晴川中学', 5],
      ['禾丰中学', 6],
    ],
  },
  {
    stage: 'primary',
    schools: [
      ['星河实验小学', 8],
      ['柏溪中心校', 4],
    ],
  },
  {
    stage: 'primary',
    schools: [
      ['晨光小学', 8],
      ['苇泊中心校', 3],
      ['荷塘中心校', 3],
      ['松台中心校', 4],
    ],
  },
  {
    stage: 'primary',
    schools: [
      ['明德小学', 8],
      ['麦岭中心校', 4],
      ['梨园中心校', 4],
      ['柳林庄小学', 2],
    ],
  },
  {
    stage: 'primary',
    schools: [
      ['星河第二小学', 8],
      ['石槽中心校', 3],
      ['青坨中心校', 4],
      ['杨津中心校', 3],
    ],
  },
  {
    stage: 'primary',
    schools: [
      ['育英学校', 6],
      ['云桥中心校', 4],
      ['晴川中心校', 4],
    ],
  },
  {
    stage: 'primary',
    schools: [
      ['禾丰小学', 7],
      ['澄湖中心校', 4],
      ['沙堤中心校', 3],
      ['望海屯小学', 2],
    ],
  },
];

const grades: Readonly<Record<Stage, readonly number[]>> = { primary: [1, 2, 3, 4, 5, 6], junior: [7, 8, 9] };
const lowerGrades = [1, 2, 3];

/** Campuses, village primaries and small branches below the central schools. */
const children: Readonly<Record<string, readonly (readonly [name: string, kind: SchoolKind])[]>> = {
  柏溪中心校: [
    ['柏溪中心校东校区', 'campus'],
    ['小河湾小学', 'primary'],
  ],
  苇泊中心校: [
    ['苇泊中心校南校区', 'campus'],
    ['渔台小学', 'primary'],
  ],
  荷塘中心校: [
    ['大柳屯小学', 'primary'],
    ['荷花淀教学点', 'teaching-point'],
  ],
  松台中心校: [
    ['松台中心校北校区', 'campus'],
    ['石桥头小学', 'primary'],
  ],
  麦岭中心校: [
    ['西麦岭小学', 'primary'],
    ['岭南庄小学', 'primary'],
  ],
  梨园中心校: [
    ['梨园中心校西校区', 'campus'],
    ['果树营小学', 'primary'],
  ],
  石槽中心校: [
    ['上槽小学', 'primary'],
    ['下槽教学点', 'teaching-point'],
  ],
  青坨中心校: [
    ['青坨中心校南校区', 'campus'],
    ['北青坨小学', 'primary'],
  ],
  杨津中心校: [
    ['渡口屯小学', 'primary'],
    ['杨家渡教学点', 'teaching-point'],
  ],
  云桥中心校: [
    ['云桥中心校东校区', 'campus'],
    ['双桥铺小学', 'primary'],
  ],
  晴川中心校: [
    ['川上小学', 'primary'],
    ['河沿庄小学', 'primary'],
  ],
  澄湖中心校: [
    ['澄湖中心校北校区', 'campus'],
    ['湖东小学', 'primary'],
  ],
  沙堤中心校: [
    ['长堤小学', 'primary'],
    ['盐滩教学点', 'teaching-point'],
  ],
};

const kindOf = (name: string, stage: Stage): SchoolKind => {
  if (name === '育英学校') return 'nine-year';
  return name.endsWith('中心校') ? 'central' : stage;
};

const gradesBelow = (kind: SchoolKind): readonly number[] =>
  kind === 'teaching-point' ? lowerGrades : grades.primary;

export const planSchools = (nextId: () => string): DemoSchools => {
  const units = new Map<string, DemoSchool>();
  for (const { stage, schools } of layout)
    for (const [name, classesPerGrade] of schools) {
      const known = units.get(name);
      const stages: readonly Stage[] = known === undefined ? [stage] : ['primary', 'junior'];
      units.set(name, {
        id: known?.id ?? nextId(),
        name,
        kind: kindOf(name, stage),
        stages,
        parentId: null,
        grades: stages.flatMap((one) => grades[one]),
        classesPerGrade,
      });
    }
  const unit = (name: string): DemoSchool => {
    const found = units.get(name);
    if (found === undefined) throw new RangeError(`no demonstration school ${name}`);
    return found;
  };
  const below = Object.entries(children).flatMap(([central, names]) =>
    names.map(
      ([name, kind]): DemoSchool => ({
        id: nextId(),
        name,
        kind,
        stages: ['primary'],
        parentId: unit(central).id,
        grades: gradesBelow(kind),
        classesPerGrade: kind === 'campus' ? 2 : 1,
      }),
    ),
  );
  return {
    schools: [...units.values(), ...below],
    units: [...units.values()],
    consortia: layout.map(({ stage, schools: [[base] = [''], ...members] }) => ({
      stage,
      base: unit(base),
      members: members.map(([name]) => unit(name)),
    })),
  };
};

export const schoolRows = (
  schools: readonly DemoSchool[],
  from: Day,
): Insertable<DB['organisation.school']>[] =>
  schools.map(({ id, name, kind, stages, parentId }, index) => ({
    id,
    name,
    kind,
    stages: [...stages],
    parentId,
    // No real school's code begins with zeros.
    identifierCode: parentId === null ? String(index + 1).padStart(10, '0') : null,
    activeFrom: from,
  }));

/** Short names as people write them in lists: one word may mean two schools, told apart by the stage. */
export const aliasRows = (
  { units }: DemoSchools,
  nextId: () => string,
): Insertable<DB['organisation.schoolAlias']>[] =>
  units.flatMap((school) => {
    const [stage = null] = school.stages.length > 1 ? [] : school.stages;
    const row = (alias: string, status: 'confirmed' | 'proposed') => ({
      id: nextId(),
      alias,
      stage,
      schoolId: school.id,
      status,
      source: '演示数据',
    });
    const short = school.name.replace(/(?:中心校|中学|小学|学校)$/u, '');
    return school.kind === 'central'
      ? [row(short, 'confirmed'), row(`${short.slice(0, 1)}小`, 'proposed')]
      : [row(short, 'confirmed')];
  });
