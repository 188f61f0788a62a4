import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { chinaClock, chinaDay, chineseDate } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { TextArea, TextField } from '#web/ui/field.tsx';
import { Badge, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { DebriefDetail } from '../contract.ts';
import { classroom } from './parts/api.ts';
import { lessonLine } from './parts/follow-up-list.tsx';
import { PersonFinder } from './parts/person-finder.tsx';
import { useKeptText } from './parts/use-kept-text.ts';
import './classroom.css';

export const Page = (): ReactNode => {
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const query = useQuery(
    classroom.query.getDebrief.queryOptions({ input: { id: params['debriefId'] ?? '' } }),
  );
  return (
    <Frame title="议课" width="narrow" back={{ to: '/observations/debriefs', label: '全部议课' }}>
      <Loaded query={query}>{(debrief) => <Debrief key={debrief.id} debrief={debrief} />}</Loaded>
    </Frame>
  );
};

const momentOf = (instant: string): string => {
  const at = new Date(instant);
  return `${chineseDate(chinaDay(at))} ${chinaClock(at)}`;
};

interface Props {
  readonly debrief: DebriefDetail;
}

const Debrief = ({ debrief }: Props): ReactNode => (
  <>
    <Panel title={`${debrief.teacherName}老师的课`} lead={`${debrief.schoolName} ${lessonLine(debrief)}`}>
      <p className="row">
        <Badge tone={debrief.concluded ? 'good' : 'warn'}>
          {debrief.concluded ? '纪要已定稿' : '议课中'}
        </Badge>
        <span className="muted">{debrief.calledByName}发起</span>
      </p>
    </Panel>
    <Foci debrief={debrief} />
    <Talk debrief={debrief} />
    {debrief.may.write ? <GistForm debrief={debrief} /> : <Gist debrief={debrief} />}
  </>
);

const Foci = ({ debrief }: Props): ReactNode => {
  const add = useAction(classroom.client.addDebriefParticipant, { done: '已请入议课' });
  return (
    <Panel title="各人所看" lead="教师先说课；每位听课人写一句：这节课我主要看什么。">
      <ul className="plain-list">
        {debrief.participants.map(({ personId, name, focus }) => (
          <li key={personId}>
            <strong>{name}</strong> {focus === '' ? <span className="muted">还没有写</span> : focus}
          </li>
        ))}
      </ul>
      {debrief.mine === null ? null : (
        <MyFocus key={debrief.mine.version} id={debrief.id} mine={debrief.mine} />
      )}
      {debrief.may.write ? (
        <>
          <PersonFinder
            label="再请一位"
            onPerson={({ id }) => add.mutate({ id: debrief.id, personId: id })}
          />
          <Problem error={add.error} />
        </>
      ) : null}
    </Panel>
  );
};

const MyFocus = ({ id, mine }: { id: string; mine: NonNullable<DebriefDetail['mine']> }): ReactNode => {
  const { value, set, clear } = useKeptText('debrief-focus', id, mine.focus);
  const save = useAction(classroom.client.saveDebriefFocus, { done: '已记下', onDone: clear });
  return (
    <div className="stack">
      <TextField label="我主要看" value={value} maxLength={300} onValue={set} />
      <Problem error={save.error} />
      <Button
        busy={save.isPending}
        disabled={value.trim() === mine.focus}
        onClick={() => save.mutate({ id, version: mine.version, focus: value })}
      >
        记下所看
      </Button>
    </div>
  );
};

const Talk = ({ debrief }: Props): ReactNode => {
  const { value, set, clear } = useKeptText('debrief-note', debrief.id, '');
  const add = useAction(classroom.client.addDebriefNote, {
    done: '已记入议课',
    onDone: () => {
      set('');
      clear();
    },
  });
  return (
    <Panel title="共同议课">
      {debrief.notes.length === 0 ? <p className="muted">还没有人发言。</p> : null}
      {debrief.notes.map(({ id, personName, text, at }) => (
        <div key={id} className="said">
          <h3>
            {personName} <small className="muted">{momentOf(at)}</small>
          </h3>
          <p>{text}</p>
        </div>
      ))}
      {debrief.may.talk ? (
        <div className="stack">
          <TextArea label="我的发言" value={value} maxLength={1000} onValue={set} />
          <Problem error={add.error} />
          <Button
            variant="primary"
            busy={add.isPending}
            disabled={value.trim() === ''}
            onClick={() => add.mutate({ id: debrief.id, text: value })}
          >
            记入议课
          </Button>
        </div>
      ) : null}
    </Panel>
  );
};

const Gist = ({ debrief }: Props): ReactNode =>
  debrief.planGist === '' && debrief.gist === '' ? null : (
    <Panel title="说课与纪要">
      <Said label="说课要点" text={debrief.planGist} />
      <Said label="议课纪要" text={debrief.gist} />
      <Versions debrief={debrief} />
    </Panel>
  );

const Said = ({ label, text }: { label: string; text: string }): ReactNode =>
  text === '' ? null : (
    <div className="said">
      <h3>{label}</h3>
      <p>{text}</p>
    </div>
  );

const Versions = ({ debrief }: Props): ReactNode =>
  debrief.versions.length === 0 ? null : (
    <ul className="plain-list muted small">
      {debrief.versions.map(({ number, reason, madeAt }) => (
        <li key={number}>
          {momentOf(madeAt)} {reason}
        </li>
      ))}
    </ul>
  );

const GistForm = ({ debrief }: Props): ReactNode => {
  const plan = useKeptText('debrief-plan', debrief.id, debrief.planGist);
  const gist = useKeptText('debrief-gist', debrief.id, debrief.gist);
  const [reason, setReason] = useState('');
  const keep = (): void => {
    plan.clear();
    gist.clear();
  };
  const save = useAction(classroom.client.saveDebriefGist, { done: '已保存', onDone: keep });
  const conclude = useAction(classroom.client.concludeDebrief, {
    done: '纪要已定稿',
    onDone: () => {
      keep();
      setReason('');
    },
  });
  const written = {
    id: debrief.id,
    version: debrief.version,
    planGist: plan.value,
    gist: gist.value,
  };
  const changed = plan.value !== debrief.planGist || gist.value !== debrief.gist;
  return (
    <Panel
      title="说课与纪要"
      lead={
        debrief.concluded
          ? '已定稿；更正要写原因，原来的一版仍保留。'
          : '由发起人写，参加的人和授课教师都能看到。'
      }
    >
      <TextArea label="说课要点" value={plan.value} maxLength={2000} onValue={plan.set} />
      <TextArea label="议课纪要" value={gist.value} maxLength={4000} rows={5} onValue={gist.set} />
      {debrief.concluded ? (
        <TextField label="更正的原因" value={reason} maxLength={200} onValue={setReason} />
      ) : null}
      <Problem error={save.error ?? conclude.error} />
      <div className="row">
        {debrief.concluded ? null : (
          <Button busy={save.isPending} disabled={!changed} onClick={() => save.mutate(written)}>
            保存
          </Button>
        )}
        <Button
          variant="primary"
          busy={conclude.isPending}
          disabled={gist.value.trim() === '' || (debrief.concluded && (!changed || reason.trim() === ''))}
          onClick={() => conclude.mutate({ ...written, reason })}
        >
          {debrief.concluded ? '保存更正' : '纪要定稿'}
        </Button>
      </div>
      <Versions debrief={debrief} />
    </Panel>
  );
};
