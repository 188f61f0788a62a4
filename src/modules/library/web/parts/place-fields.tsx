import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { stageOfSubject } from '#modules/organisation/roster/headings/rules.ts';
import {
  gradeLabels,
  type Stage,
  type Subject,
  subjectLabels,
  subjects,
} from '#modules/organisation/vocabulary/contract.ts';
import { choicesOf, SelectField } from '#web/ui/field.tsx';
import { Failure } from '#web/ui/states.tsx';
import { editionName, lessonName, unitName } from '../../textbook/rules.ts';
import { volumePartLabels } from '../../textbook/vocabulary/contract.ts';
import { library } from './api.ts';

/** A place as it is being chosen; empty text is not chosen yet. */
export interface PlaceChoice {
  readonly subject: Subject | '';
  readonly grade: string;
  readonly volumeId: string;
  readonly unitId: string;
  readonly lessonId: string;
}
export const noPlace: PlaceChoice = { subject: '', grade: '', volumeId: '', unitId: '', lessonId: '' };

export const stageOf = (grade: number): Stage => (grade <= 6 ? 'primary' : 'junior');

interface PlaceFieldsProps {
  readonly value: PlaceChoice;
  readonly onValue: (value: PlaceChoice) => void;
  /** Subjects that may be chosen; all where it is not given. */
  readonly offered?: readonly Subject[];
  readonly required?: boolean;
  /** How deep one may choose. */
  readonly depth?: 'volume' | 'lesson';
}

/** Subject → grade → volume → unit → lesson, each step offering what the step before has. */
export const PlaceFields = ({
  value,
  onValue,
  offered = subjects,
  required = false,
  depth = 'lesson',
}: PlaceFieldsProps): ReactNode => {
  const grade = Number(value.grade);
  const none = required ? '请选择' : '全部';
  return (
    <>
      <SelectField
        label="学科"
        value={value.subject}
        none={none}
        required={required}
        choices={choicesOf(offered, subjectLabels)}
        onValue={(chosen) =>
          onValue({ ...noPlace, grade: value.grade, subject: offered.find((one) => one === chosen) ?? '' })
        }
      />
      <SelectField
        label="年级"
        value={value.grade}
        none={none}
        required={required}
        choices={gradesOf(value.subject).map((one) => ({
          value: String(one),
          label: gradeLabels[one] ?? '',
        }))}
        onValue={(chosen) => onValue({ ...noPlace, subject: value.subject, grade: chosen })}
      />
      {value.subject === '' || value.grade === '' ? null : (
        <Books value={{ ...value, subject: value.subject }} grade={grade} onValue={onValue} depth={depth} />
      )}
    </>
  );
};

const gradesOf = (subject: Subject | ''): number[] => {
  const stage = subject === '' ? null : stageOfSubject(subject);
  return [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((one) => (stage ?? stageOf(one)) === stageOf(one));
};

const Books = ({
  value,
  grade,
  onValue,
  depth,
}: {
  readonly value: PlaceChoice & { readonly subject: Subject };
  readonly grade: number;
  readonly onValue: (value: PlaceChoice) => void;
  readonly depth: 'volume' | 'lesson';
}): ReactNode => {
  const { subject } = value;
  const books = useQuery(
    library.query.getTextbooks.queryOptions({ input: { stage: stageOf(grade), subject } }),
  );
  const volumes = (books.data?.editions ?? []).flatMap((edition) =>
    edition.volumes
      .filter((volume) => volume.grade === grade)
      .map((volume) => ({
        value: volume.id,
        label: `${volumePartLabels[volume.part]} ${editionName(edition)}${edition.withdrawnOn === null ? '' : '（已停用）'}`,
      })),
  );
  const tree = useQuery({
    ...library.query.getVolume.queryOptions({ input: { volumeId: value.volumeId } }),
    enabled: value.volumeId !== '' && depth === 'lesson',
  });
  const units = (tree.data?.units ?? []).filter(({ withdrawnOn }) => withdrawnOn === null);
  const lessons = (units.find(({ id }) => id === value.unitId)?.lessons ?? []).filter(
    ({ withdrawnOn }) => withdrawnOn === null,
  );
  if (books.isError && books.data === undefined)
    return <Failure error={books.error} retry={() => void books.refetch()} />;
  if (books.data !== undefined && volumes.length === 0)
    return <p className="field-hint">这个年级还没有教材目录，可以先不选册次和单元。</p>;
  return (
    <>
      <SelectField
        label="册次"
        value={value.volumeId}
        none={depth === 'volume' ? '请选择' : '不限'}
        choices={volumes}
        onValue={(volumeId) => onValue({ ...value, volumeId, unitId: '', lessonId: '' })}
      />
      {units.length === 0 ? null : (
        <SelectField
          label="单元"
          value={value.unitId}
          none="不限"
          choices={units.map((unit) => ({ value: unit.id, label: unitName(unit) }))}
          onValue={(unitId) => onValue({ ...value, unitId, lessonId: '' })}
        />
      )}
      {lessons.length === 0 ? null : (
        <SelectField
          label="课"
          value={value.lessonId}
          none="不限"
          choices={lessons.map((lesson) => ({ value: lesson.id, label: lessonName(lesson) }))}
          onValue={(lessonId) => onValue({ ...value, lessonId })}
        />
      )}
    </>
  );
};
