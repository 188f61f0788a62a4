import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Button, ButtonLink } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { CheckField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { classroom } from './api.ts';
import { type FoundPerson, PersonFinder } from './person-finder.tsx';

/** The way from a record to the meeting about its lesson. */
export const DebriefOfLesson = ({ observationId }: { observationId: string }): ReactNode => {
  const query = useQuery(classroom.query.findDebriefOfLesson.queryOptions({ input: { observationId } }));
  const [open, setOpen] = useState(false);
  if (query.data === undefined) return null;
  const { debriefId, joined, observers } = query.data;
  if (debriefId !== null)
    return (
      <div>
        {joined ? (
          <ButtonLink to={`/observations/debriefs/${debriefId}`}>打开这节课的议课</ButtonLink>
        ) : (
          <JoinDebrief observationId={observationId} />
        )}
      </div>
    );
  return (
    <div>
      <Button onClick={() => setOpen(true)}>发起议课</Button>
      {open ? (
        <Dialog title="发起议课" onClose={() => setOpen(false)}>
          <CallForm observationId={observationId} observers={observers} />
        </Dialog>
      ) : null}
    </div>
  );
};

/** Whoever observed the lesson too takes part from then on. */
const JoinDebrief = ({ observationId }: { observationId: string }): ReactNode => {
  const navigate = useNavigate();
  const join = useAction(classroom.client.callDebrief, {
    done: '已加入议课',
    onDone: ({ id }) => void navigate({ to: `/observations/debriefs/${id}` }),
  });
  return (
    <>
      <Button busy={join.isPending} onClick={() => join.mutate({ observationId, participantIds: [] })}>
        加入这节课的议课
      </Button>
      <Problem error={join.error} />
    </>
  );
};

const CallForm = ({
  observationId,
  observers,
}: {
  observationId: string;
  observers: readonly FoundPerson[];
}): ReactNode => {
  const navigate = useNavigate();
  const [asked, setAsked] = useState<readonly FoundPerson[]>(observers);
  const [left, setLeft] = useState<readonly string[]>([]);
  const call = useAction(classroom.client.callDebrief, {
    done: '已发起议课',
    onDone: ({ id }) => void navigate({ to: `/observations/debriefs/${id}` }),
  });
  return (
    <>
      <p>授课教师和您本人自动参加。各人的听课记录仍归各人，议课里看不到别人的记录。</p>
      {asked.length === 0 ? (
        <p className="muted">还没有别人记下这节课；可以先请人，也可以以后再加。</p>
      ) : null}
      {asked.map(({ id, name }) => (
        <CheckField
          key={id}
          label={name}
          checked={!left.includes(id)}
          onValue={(checked) => setLeft(checked ? left.filter((one) => one !== id) : [...left, id])}
        />
      ))}
      <PersonFinder
        label="再请一位"
        onPerson={(person) => {
          if (!asked.some(({ id }) => id === person.id)) setAsked([...asked, person]);
        }}
      />
      <Problem error={call.error} />
      <Button
        variant="primary"
        busy={call.isPending}
        onClick={() =>
          call.mutate({
            observationId,
            participantIds: asked.flatMap(({ id }) => (left.includes(id) ? [] : [id])),
          })
        }
      >
        发起
      </Button>
    </>
  );
};
