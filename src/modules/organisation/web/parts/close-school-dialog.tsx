import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { ChangedElsewhere } from '#web/ui/changed-elsewhere.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DayField } from '#web/ui/field.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { CloseEffect, School } from '../../schools/contract.ts';
import { postLabels, stageLabels, subjectLabels } from '../../vocabulary/contract.ts';
import { organisation } from './api.ts';

interface CloseSchoolDialogProps {
  readonly school: School;
  readonly onClose: () => void;
}

/** Shows what ends with the school before anything is saved. */
export const CloseSchoolDialog = ({ school, onClose }: CloseSchoolDialogProps): ReactNode => {
  const [activeTo, setActiveTo] = useState(todayHere());
  const effect = useQuery({
    ...organisation.query.previewCloseOfSchool.queryOptions({ input: { schoolId: school.id, activeTo } }),
    enabled: activeTo !== '',
    retry: false,
  });
  const save = useAction(organisation.client.closeSchool, { done: '已登记撤并。', onDone: onClose });
  return (
    <Dialog title={`撤并${school.name}`} onClose={onClose}>
      <DayField label="从哪天起不再办学" value={activeTo} onValue={setActiveTo} required />
      {activeTo === '' ? null : <Loaded query={effect}>{(data) => <Effect effect={data} />}</Loaded>}
      <p className="muted">过去的任职、听课和名单都保留，可按日期重新打印。</p>
      <ChangedElsewhere version={school.version} opens={`/schools/${school.id}`} />
      <Problem error={save.error} />
      <Button
        variant="danger"
        busy={save.isPending}
        disabled={activeTo === '' || effect.data === undefined}
        onClick={() => save.mutate({ schoolId: school.id, version: school.version, activeTo })}
      >
        撤并
      </Button>
    </Dialog>
  );
};

/** One line for each thing that ends; empty when nothing does. */
const endings = ({
  leaders,
  otherStaff,
  groupMembers,
  consortia,
  subjectBases,
  peopleLeft,
}: CloseEffect): string[] => [
  ...(leaders.length === 0
    ? []
    : [`任职结束：${leaders.map(({ name, post }) => `${name}（${postLabels[post]}）`).join('、')}。`]),
  ...(otherStaff === 0 ? [] : [`${otherStaff} 人在本校的教师、学科长任职结束。`]),
  ...(groupMembers === 0 ? [] : [`${groupMembers} 人不再代表本校参加联合体学科组。`]),
  ...consortia.map(
    ({ name, stage, role }) =>
      `不再编入${name}（${stageLabels[stage]}）${role === 'base' ? '，这个联合体将没有研训基地校，请另行确定' : ''}。`,
  ),
  ...subjectBases.map(
    ({ stage, subject }) =>
      `不再是${stageLabels[stage]}${subjectLabels[subject]}优势学科基地校，请教研室另行确定。`,
  ),
  ...(peopleLeft === 0 ? [] : [`还有 ${peopleLeft} 人登记在本校，请在人员页面改到新的学校。`]),
];

const Effect = ({ effect }: { effect: CloseEffect }): ReactNode => {
  const lines = endings(effect);
  if (lines.length === 0) return <p className="notice">没有别的影响：本校没有人员、任职和所在联合体。</p>;
  return (
    <div className="notice notice-warn">
      <p>从这一天起：</p>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
};
