import { insertRows } from '#platform/database/bulk-insert.ts';
import type { Queryable } from '#platform/database/database.ts';
import { addDays, type Day } from '#platform/dates.ts';
import type { SeededRandom } from '#platform/random.ts';

const foci = ['学生参与的面和深度', '提问与追问', '小组合作的实效', '目标的达成', '板书与生成'] as const;
const talk = [
  '任务单让每个学生都动了笔，汇报时说得有依据。',
  '第二个任务时间偏紧，可以把第一个任务压到五分钟。',
  '后排两个小组讨论时间不足，建议先独立写再议。',
  '我原打算让学生自己比较两种方法，时间没有掌握好。',
] as const;
const planGist = '本课分三个任务：独立尝试、小组比较、全班归纳；重点在说清道理。';
const gist =
  '一、优点：任务清楚，学生说理充分。二、改进：压缩讲授，给后排小组留足讨论时间。三、约定：下一单元再听一节，看小组讨论。';

/** A meeting every few weeks at each school whose principal observes, the newest one still under way. */
export const seedDebriefs = async (db: Queryable, random: SeededRandom, today: Day): Promise<void> => {
  const leaders = await db
    .selectFrom('organisation.appointment')
    .where('post', 'in', ['vice-principal', 'dean'])
    .where('bodyId', 'is', null)
    .where('schoolId', 'is not', null)
    .where('activeFrom', '<=', today)
    .where((is) => is.or([is('activeTo', 'is', null), is('activeTo', '>', today)]))
    .select(['personId', 'schoolId'])
    .orderBy('id')
    .execute();
  const lessons = await db
    .selectFrom('classroom.observation')
    .where('capacity', '=', 'principal')
    .where('fedBackAt', 'is not', null)
    .where('withdrawnAt', 'is', null)
    .where('away', '=', false)
    .where('dayOn', '>', addDays(today, -70))
    .selectAll()
    .orderBy('dayOn')
    .orderBy('id')
    .execute();
  const meetings = [...Map.groupBy(lessons, ({ observerId }) => observerId).values()].flatMap((own) => {
    const shuffled = random
      .shuffle(own)
      .slice(0, 3)
      .toSorted((a, b) => a.dayOn.localeCompare(b.dayOn));
    return shuffled.flatMap((lesson, index) => {
      const { schoolId, slotFrom, slotTo, grade, subject, observerId, teacherId } = lesson;
      if (schoolId === null || slotFrom === null || slotTo === null || grade === null || subject === null)
        return [];
      const at = new Date(Date.parse(`${lesson.dayOn}T08:30:00Z`)).toISOString();
      const id = random.id(Date.parse(at));
      const people = [
        observerId,
        ...new Set(
          leaders.flatMap(({ personId, schoolId: ledId }) =>
            ledId === lesson.observerSchoolId && personId !== teacherId && personId !== observerId
              ? [personId]
              : [],
          ),
        ),
      ];
      const concluded = index < shuffled.length - 1;
      return [
        {
          row: {
            id,
            schoolId,
            classId: lesson.classId,
            classLabel: lesson.classLabel,
            dayOn: lesson.dayOn,
            slotFrom,
            slotTo,
            grade,
            subject,
            teacherId,
            teacherName: lesson.teacherName,
            topic: lesson.topic,
            calledBy: observerId,
            planGist,
            gist: concluded ? gist : '',
            version: concluded ? 3 : 1,
            concludedAt: concluded ? at : null,
            calledAt: at,
          },
          participants: people.map((personId, number) => ({
            debriefId: id,
            personId,
            focus: concluded || number === 0 ? (foci[number % foci.length] ?? '') : '',
            version: 1,
            addedBy: observerId,
            addedAt: at,
          })),
          notes: random
            .shuffle(talk.slice(0, 3))
            .slice(0, concluded ? 3 : 1)
            .map((text, number) => ({
              id: random.id(Date.parse(at) + number),
              debriefId: id,
              personId: people[number % people.length] ?? observerId,
              text,
              at,
            })),
          versions: concluded
            ? [{ debriefId: id, number: 1, planGist, gist, reason: '定稿', madeBy: observerId, madeAt: at }]
            : [],
        },
      ];
    });
  });
  await insertRows(
    db,
    'classroom.debrief',
    meetings.map(({ row }) => row),
  );
  await insertRows(
    db,
    'classroom.debriefParticipant',
    meetings.flatMap(({ participants }) => participants),
  );
  await insertRows(
    db,
    'classroom.debriefNote',
    meetings.flatMap(({ notes }) => notes),
  );
  await insertRows(
    db,
    'classroom.debriefVersion',
    meetings.flatMap(({ versions }) => versions),
  );
};
