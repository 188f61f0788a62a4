import { findCurrentTerm } from '#modules/organisation/calendar/store.ts';
import type { Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import { addDays, type Day } from '#platform/dates.ts';
import type { SeededRandom } from '#platform/random.ts';
import { demoDesign } from '../content/demo.ts';
import { stageOfGrade } from '../edition-choice/rules.ts';
import { type ItemSeed, insertPublished, type VersionSeed } from '../item/demo.ts';

/** Invented themes that any school could have, with the subject that leads and one that it draws on. */
const themes: readonly (readonly [Subject, Subject, string])[] = [
  ['chinese', 'fine-art', '校园里的四季'],
  ['chinese', 'history', '老物件里的家史'],
  ['chinese', 'ethics-and-law', '给社区写一份倡议书'],
  ['chinese', 'information-technology', '班级图书角的荐书卡'],
  ['chinese', 'music', '我们的节气歌谣'],
  ['mathematics', 'physical-education', '运动会里的数据'],
  ['mathematics', 'science', '教室里的用电账单'],
  ['mathematics', 'fine-art', '花砖里的图形'],
  ['mathematics', 'geography', '从家到学校的路线图'],
  ['mathematics', 'labour', '一畦菜地怎么分'],
  ['mathematics', 'chinese', '调查报告里的百分数'],
];

/** Theme cases that schools approved in this term, by their own teachers of the subject; some schools have none yet. */
export const seedThemeCases = async (db: Queryable, random: SeededRandom, today: Day): Promise<void> => {
  const term = await findCurrentTerm(db, today);
  if (term === undefined) return;
  const taught = await db
    .selectFrom('organisation.teachingAssignment')
    .where('termId', '=', term.id)
    .where('subject', 'in', ['chinese', 'mathematics'])
    .select(['schoolId', 'subject', 'grade', 'personId'])
    .orderBy('schoolId')
    .orderBy('subject')
    .orderBy('grade')
    .orderBy('id')
    .execute();
  const items: ItemSeed[] = [];
  const versions: VersionSeed[] = [];
  for (const [schoolId, lessons] of Map.groupBy(taught, (one) => one.schoolId)) {
    if (random.chance(0.25)) continue;
    for (const [lead, linked, theme] of themes) {
      const own = lessons.filter(({ subject }) => subject === lead);
      if (own.length === 0 || random.chance(0.3)) continue;
      const { grade, personId } = random.pick(own);
      const day = addDays(today, -random.integer(3, 60));
      if (day < term.startsOn) continue;
      const at = `${day}T08:00:00.000Z`;
      const id = random.id(Date.parse(at));
      const title = `${theme}（演示）`;
      items.push({
        id,
        kind: 'theme-case',
        title,
        subject: lead,
        grade,
        stage: stageOfGrade(grade),
        schoolId,
        shared: false,
        madeBy: personId,
        madeAt: at,
        locked: [],
        summary: '',
        version: 2,
        published: null,
        publishedAt: null,
      });
      const hours = random.integer(2, 4);
      versions.push({
        itemId: id,
        number: 1,
        title,
        content: JSON.parse(JSON.stringify(contentOf(theme, lead, linked, hours))),
        note: '',
        contributors: [personId],
        publishedBy: personId,
        publishedAt: at,
      });
    }
  }
  await insertPublished(db, items, versions);
};

const contentOf = (theme: string, lead: Subject, linked: Subject, hours: number) => ({
  sections: demoDesign('theme-case', theme).sections.map((section) =>
    section.key === 'subjects'
      ? {
          ...section,
          body: {
            form: 'rows',
            rows: [
              {
                id: 's1',
                cells: { subject: lead, part: 'lead', hours: String(hours), use: '收集、整理和表达' },
              },
              { id: 's2', cells: { subject: linked, part: 'linked', hours: '1', use: '观察和制作' } },
            ],
          },
        }
      : section,
  ),
});
