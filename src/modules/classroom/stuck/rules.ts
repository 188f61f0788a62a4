import type { Capacity, ObservationContent } from '../contract.ts';
import { type ExportedRecord, exportedRecord } from './contract.ts';

/** The record in a file's text, or one sentence why there is none. */
export const readExported = (text: string): ExportedRecord | string => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return '文件已损坏或不完整，读不出内容。请让本人在手机上重新导出一份。';
  }
  const read = exportedRecord.safeParse(value);
  if (read.success) return read.data;
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'yanxun-observation'
    ? '文件中的听课记录不完整，或出自更新的版本。请让本人在手机上重新导出一份。'
    : '这不是从“还在本机的听课记录”导出的文件，请核对。';
};

export interface KnownPlaces {
  readonly school: boolean;
  readonly class: boolean;
  readonly teacher: boolean;
  /** What the observer could act as on the day, weightiest first. */
  readonly capacities: readonly Capacity[];
  readonly observerId: string;
  readonly rubricCodes: readonly string[];
}

/** What no longer fits is set aside and named; every word that was written stays. */
export const fitToRoster = (
  content: ObservationContent,
  known: KnownPlaces,
): { content: ObservationContent; setAside: string[] } => {
  const setAside: string[] = [];
  const fitted = { ...content };
  if (content.schoolId !== null && !known.school) {
    fitted.schoolId = null;
    fitted.classId = null;
    setAside.push('学校已不在名册，请本人重新选择');
  }
  if (fitted.classId !== null && !known.class) {
    fitted.classId = null;
    setAside.push('班级已不在名册，只保留班名');
  }
  if (content.teacherId !== null && (!known.teacher || content.teacherId === known.observerId)) {
    fitted.teacherId = null;
    setAside.push('授课教师与名册不符，只保留姓名');
  }
  if (!known.capacities.includes(content.capacity)) {
    fitted.capacity = known.capacities[0] ?? 'teacher';
    setAside.push('听课那一天没有担任所写的职务，请本人核对听课身份');
  }
  const unknown = content.criteria.filter(({ code }) => !known.rubricCodes.includes(code));
  if (unknown.length > 0) {
    fitted.criteria = content.criteria.filter(({ code }) => known.rubricCodes.includes(code));
    const evidence = unknown.map((one) => one.evidence.trim()).filter((one) => one !== '');
    if (evidence.length > 0)
      fitted.suggestion = [content.suggestion, ...evidence].join('\n').trim().slice(0, 4000);
    setAside.push('有的观察项不在那一版评价标准中，依据并入“建议”');
  }
  return { content: fitted, setAside };
};
