import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { CheckField, TextField } from '#web/ui/field.tsx';
import { Empty, Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { Coverage } from '../../coverage/contract.ts';
import { gradeLabels, type Subject, subjectLabels } from '../../vocabulary/contract.ts';
import { organisation } from './api.ts';

export interface NominatedCell {
  readonly school: Coverage['schools'][number];
  readonly grade: number;
  readonly subject: Subject;
}

interface NominateDialogProps {
  readonly consortiumId: string;
  readonly cell: NominatedCell;
  readonly onClose: () => void;
}

export const NominateDialog = ({ consortiumId, cell, onClose }: NominateDialogProps): ReactNode => {
  const { school, grade, subject } = cell;
  const [text, setText] = useState('');
  const [sameSubject, setSameSubject] = useState(true);
  const searched = useDeferredValue(text.trim());
  const people = useQuery(
    organisation.query.searchPeople.queryOptions({
      input: {
        text: searched,
        schoolId: school.id,
        subject: sameSubject ? subject : undefined,
        limit: 20,
      },
    }),
  );
  const nominate = useAction(organisation.client.nominate, {
    done: '已推荐，等学科组长接受。',
    onDone: onClose,
  });
  return (
    <Dialog title={`推荐${school.name}${gradeLabels[grade]}${subjectLabels[subject]}成员`} onClose={onClose}>
      <TextField
        label="本校教师"
        type="search"
        value={text}
        onValue={setText}
        placeholder="姓名、拼音、首字母、工号"
      />
      <CheckField
        label={`只看教${subjectLabels[subject]}的`}
        checked={sameSubject}
        onValue={setSameSubject}
      />
      <Loaded query={people}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty title="没有这样的教师。">
              <p>可以去掉“只看教{subjectLabels[subject]}的”，或换个写法再找。</p>
            </Empty>
          ) : (
            <ul className="plain-rows">
              {rows.map((person) => (
                <li key={person.id}>
                  <span>
                    {person.name}
                    <span className="muted">
                      {'　'}
                      {person.subjects.map((one) => subjectLabels[one]).join('、')}
                    </span>
                  </span>
                  <Button
                    size="small"
                    variant="primary"
                    busy={nominate.isPending && nominate.variables.personId === person.id}
                    aria-label={`推荐${person.name}`}
                    onClick={() =>
                      nominate.mutate({
                        consortiumId,
                        schoolId: school.id,
                        grade,
                        subject,
                        personId: person.id,
                      })
                    }
                  >
                    推荐
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <Problem error={nominate.error} />
    </Dialog>
  );
};
