import type { Insertable } from 'kysely';
import type { DB } from '#platform/database/tables.ts';
import type { Day } from '#platform/dates.ts';
import type { SeededRandom } from '#platform/random.ts';
import type { Subject } from '../contract.ts';
import { namePinyin } from '../pinyin/rules.ts';

export interface DemoPerson {
  readonly id: string;
  readonly name: string;
  readonly schoolId: string | null;
  readonly activeFrom: Day;
  readonly subjects: Set<Subject>;
}

/** The commoner ones stand several times; some have a reading of their own as surnames. */
const surnames = [
  ...Array.from(
    '王王王王李李李李张张张张刘刘刘陈陈陈杨杨赵赵黄黄周周吴吴徐徐孙孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯',
  ),
  ...Array.from(
    '曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史',
  ),
  ...Array.from('单翟么薄车芦查解仇区盖朴乐员'),
  '欧阳',
  '上官',
];

/** No name of the notice's appendices ends in one of these, so no invented person bears a real one's name. */
const givenLast = Array.from(
  '漪筠棠芷蔚昀煦骞屿禾苒蓁薇昕琦睿霖泓朔辰嘉言笙遥溪岚峤邈棣淇畅凝荻珩瑾轩诺翎柠槿之宁',
);
const givenFirst = Array.from(
  '清若书景文思云亦知子雨明以念世佳乐安可予沐星锦望初怀静承新东一海立春晓宏凤桂永志建国淑玉秀',
);
const givenSingle = Array.from('筠棠芷蔚昀煦骞苒蓁薇昕睿霖泓朔辰笙');

const inventName = (random: SeededRandom): string =>
  random.pick(surnames) +
  (random.chance(0.12) ? random.pick(givenSingle) : random.pick(givenFirst) + random.pick(givenLast));

/** Everyone taken on so far; staff numbers and phones follow the order. */
export interface StaffRegister {
  readonly people: readonly DemoPerson[];
  readonly takeOn: (schoolId: string | null, subjects?: readonly Subject[]) => DemoPerson;
}

export const createStaffRegister = (random: SeededRandom, nextId: () => string): StaffRegister => {
  const people: DemoPerson[] = [];
  return {
    people,
    takeOn: (schoolId, subjects = []) => {
      const person: DemoPerson = {
        id: nextId(),
        name: inventName(random),
        schoolId,
        activeFrom: `${random.integer(1996, 2019)}-08-20`,
        subjects: new Set(subjects),
      };
      people.push(person);
      return person;
    },
  };
};

/** Mobile numbers begin with 13 to 19, so none of these can be dialled. */
const inventedPhone = (number: number): string =>
  `100${String(number * 7919)
    .padStart(8, '0')
    .slice(-8)}`;

export const personRows = (people: readonly DemoPerson[]): Insertable<DB['organisation.person']>[] =>
  people.map(({ id, name, schoolId, activeFrom, subjects }, index) => ({
    id,
    name,
    ...namePinyin(name),
    staffNumber: `D${String(index + 1).padStart(6, '0')}`,
    phone: inventedPhone(index + 1),
    homeSchoolId: schoolId,
    subjects: [...subjects],
    activeFrom,
  }));

const honourKinds = ['master', 'backbone', 'master-plus'] as const;
const honourIssuers = {
  district: '云溪区教育局',
  'city-and-above': '云海市教育局',
} as const;

/** Two in five of the subject groups' members bear a dated honour, of the other teachers one in eight; a few lapsed. */
export const honourRows = (
  random: SeededRandom,
  nextId: () => string,
  people: readonly DemoPerson[],
  groupMembers: ReadonlySet<string>,
): Insertable<DB['organisation.honour']>[] =>
  people
    .filter(
      ({ id, schoolId, subjects }) =>
        schoolId !== null && subjects.size > 0 && random.chance(groupMembers.has(id) ? 0.4 : 0.12),
    )
    .map(({ id, subjects }) => {
      const kind = random.chance(0.7) ? 'backbone' : random.pick(honourKinds);
      const level = random.chance(0.15) ? 'city-and-above' : 'district';
      const year = random.integer(2020, 2025);
      const [field = null] = subjects;
      return {
        id: nextId(),
        personId: id,
        kind,
        field,
        issuer: honourIssuers[level],
        level,
        activeFrom: `${year}-09-10`,
        activeTo: year < 2022 ? `${year + 4}-09-10` : null,
      };
    });
