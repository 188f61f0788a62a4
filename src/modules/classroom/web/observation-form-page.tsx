import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { statusOf } from '#web/rpc.ts';
import { useMe } from '#web/session.tsx';
import { todayHere } from '#web/today.ts';
import { Page as Frame } from '#web/ui/page.tsx';
import { Empty, Failure, Loading } from '#web/ui/states.tsx';
import { broughtNext } from '../content/rules.ts';
import type { ObservationContent } from '../contract.ts';
import { broughtLesson } from '../diagnosis-plan/rules.ts';
import { capacitiesFrom } from '../rules.ts';
import { classroom } from './parts/api.ts';
import { CorrectionForm } from './parts/correction-form.tsx';
import { DraftForm } from './parts/draft-form.tsx';
import { observationOutbox, openObservations } from './parts/observation-outbox.ts';
import { refreshPocket } from './parts/pocket-here.ts';
import './classroom.css';

export const Page = (): ReactNode => {
  const me = useMe();
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const id = params['observationId'] ?? '';
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  // A record that begins here, or of which something is still here, needs no line to be opened.
  const [kept] = useState(() => {
    openObservations(me);
    return observationOutbox.state().parcels.get(id);
  });
  const [begins] = useState(kept !== undefined || search['new'] !== undefined);
  useEffect(() => void refreshPocket(me), [me]);
  const query = useQuery({
    ...classroom.query.getObservation.queryOptions({ input: { id } }),
    // The form holds what is typed; a list that refreshes itself must not take it back.
    staleTime: 'static',
    gcTime: 0,
    enabled: !begins,
  });
  const back = { to: '/observations', label: '听课' };
  if (query.data !== undefined && query.data.state !== 'draft') {
    const detail = query.data;
    return (
      <Frame title="更正听课记录" back={{ to: `/observations/${id}`, label: '这份记录' }} width="narrow">
        {detail.may.edit ? (
          <CorrectionForm
            key={id}
            detail={detail}
            deviceKey={`correction:${me.accountId}:${id}`}
            onRefused={() => void query.refetch()}
          />
        ) : (
          <Empty title="这份记录现在不能更正。">
            <p>只有听课人本人可以更正；已经撤回的，请新建一份。</p>
          </Empty>
        )}
      </Frame>
    );
  }
  const isNew = begins || statusOf(query.error) === 404;
  if (query.data === undefined && !isNew)
    return (
      <Frame title="听课记录" back={back} width="narrow">
        {query.isError ? <Failure error={query.error} retry={() => void query.refetch()} /> : <Loading />}
      </Frame>
    );
  return (
    <Frame title="听课记录" back={back} width="narrow">
      <DraftForm
        key={id}
        id={id}
        edition={query.data === undefined ? null : { id: query.data.rubricId, criteria: query.data.rubric }}
        start={
          query.data === undefined
            ? {
                version: kept?.version ?? 0,
                content: kept?.body.content ?? {
                  ...blank(me.appointments),
                  ...broughtLesson(search['lesson']),
                  ...broughtNext(search['next']),
                },
                saved: null,
              }
            : {
                version: query.data.version,
                content: query.data.content,
                saved: { at: query.data.savedAt, receipt: query.data.receipt },
              }
        }
        onSaved={() => {
          if (search['new'] !== undefined)
            void navigate({ to: '.', search: {}, replace: true, resetScroll: false });
        }}
        onDiscarded={() => void navigate({ to: '/observations', replace: true })}
        onFinalised={() => void navigate({ to: `/observations/${id}`, replace: true })}
      />
    </Frame>
  );
};

const blank = (appointments: Parameters<typeof capacitiesFrom>[0]): ObservationContent => ({
  capacity: capacitiesFrom(appointments, null)[0]?.capacity ?? 'teacher',
  dayOn: todayHere(),
  slotFrom: null,
  slotTo: null,
  schoolId: null,
  classId: null,
  classLabel: '',
  grade: null,
  subject: null,
  teacherId: null,
  teacherName: '',
  topic: '',
  lessonType: null,
  occasion: 'ordinary',
  announced: false,
  mode: 'live',
  offDayReason: '',
  criteria: [],
  strengths: '',
  toImprove: '',
  suggestion: '',
});
