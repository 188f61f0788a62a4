import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { ChangedElsewhere } from '#web/ui/changed-elsewhere.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { Person } from '../../people/contract.ts';
import type { Subject } from '../../vocabulary/contract.ts';
import { organisation } from './api.ts';
import { SubjectChecks } from './subject-checks.tsx';

interface PersonDialogProps {
  readonly person: Person;
  readonly onClose: () => void;
}

export const SubjectsDialog = ({ person, onClose }: PersonDialogProps): ReactNode => {
  const [subjects, setSubjects] = useState<readonly Subject[]>(person.subjects);
  const save = useAction(organisation.client.editPersonSubjects, { done: '已保存。', onDone: onClose });
  return (
    <Dialog title={`${person.name}的任教学科`} onClose={onClose}>
      <SubjectChecks value={subjects} onValue={setSubjects} />
      <ChangedElsewhere version={person.version} opens={`/people/${person.id}`} />
      <Problem error={save.error} />
      <Button
        variant="primary"
        busy={save.isPending}
        onClick={() => save.mutate({ personId: person.id, version: person.version, subjects: [...subjects] })}
      >
        保存
      </Button>
    </Dialog>
  );
};
