/** One lesson a week of a class with a teacher; `place` is filled by `placeLessons`. */
export interface WeeklyLesson {
  readonly assignmentId: string;
  readonly teacherId: string;
  readonly classId: string;
  readonly subject: string;
}

export interface PlacedLesson {
  readonly assignmentId: string;
  readonly weekday: number;
  readonly slot: number;
}

const days = 5;
const slots = 7;
/** Places of the week in the order they are filled: first lessons of all days before second ones. */
const places = Array.from({ length: days * slots }, (_, index) => ({
  weekday: (index % days) + 1,
  slot: Math.floor(index / days) + 1,
}));

type Week = (number | undefined)[];

/**
 * Gives every lesson a place so that no class and no teacher has two at once. This is the edge
 * colouring of a bipartite graph: it always succeeds while nobody has more lessons than places (König).
 */
export const placeLessons = (lessons: readonly WeeklyLesson[]): PlacedLesson[] => {
  const weeks = new Map<string, Week>();
  const weekOf = (key: string): Week => {
    const known = weeks.get(key);
    if (known !== undefined) return known;
    const week: Week = [];
    weeks.set(key, week);
    return week;
  };
  const placeOf: number[] = [];
  const put = (lesson: number, place: number, { teacherId, classId }: WeeklyLesson): void => {
    weekOf(teacherId)[place] = lesson;
    weekOf(classId)[place] = lesson;
    placeOf[lesson] = place;
  };
  const firstFree = (week: Week): number => {
    const place = places.findIndex((_, index) => week[index] === undefined);
    if (place < 0) throw new RangeError('more lessons than places in the week');
    return place;
  };

  /** Swaps two places along the chain that starts at a class, so that `wanted` becomes free there. */
  const swapChain = (classId: string, wanted: number, given: number): void => {
    const chain: number[] = [];
    let node = classId;
    let place = wanted;
    for (;;) {
      const index = weekOf(node)[place];
      const lesson = index === undefined ? undefined : lessons[index];
      if (index === undefined || lesson === undefined) break;
      chain.push(index);
      node = node === lesson.classId ? lesson.teacherId : lesson.classId;
      place = place === wanted ? given : wanted;
    }
    for (const index of chain) {
      const lesson = lessons[index];
      const old = placeOf[index];
      if (lesson === undefined || old === undefined) continue;
      if (weekOf(lesson.teacherId)[old] === index) weekOf(lesson.teacherId)[old] = undefined;
      if (weekOf(lesson.classId)[old] === index) weekOf(lesson.classId)[old] = undefined;
    }
    for (const index of chain) {
      const lesson = lessons[index];
      const old = placeOf[index];
      if (lesson !== undefined && old !== undefined) put(index, old === wanted ? given : wanted, lesson);
    }
  };

  lessons.forEach((lesson, index) => {
    const teacher = weekOf(lesson.teacherId);
    const schoolClass = weekOf(lesson.classId);
    const taughtOn = new Set(
      schoolClass.flatMap((other, place) =>
        other !== undefined && lessons[other]?.subject === lesson.subject ? [places[place]?.weekday] : [],
      ),
    );
    const isFree = (place: number): boolean =>
      teacher[place] === undefined && schoolClass[place] === undefined;
    const onNewDay = places.findIndex(({ weekday }, place) => isFree(place) && !taughtOn.has(weekday));
    const anywhere = onNewDay < 0 ? places.findIndex((_, place) => isFree(place)) : onNewDay;
    if (anywhere >= 0) {
      put(index, anywhere, lesson);
      return;
    }
    const freeForTeacher = firstFree(teacher);
    swapChain(lesson.classId, freeForTeacher, firstFree(schoolClass));
    put(index, freeForTeacher, lesson);
  });

  return lessons.map(({ assignmentId }, index) => {
    const place = places[placeOf[index] ?? -1];
    if (place === undefined) throw new RangeError('a lesson was left without a place');
    return { assignmentId, ...place };
  });
};
