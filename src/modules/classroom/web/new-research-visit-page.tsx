import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { stages } from '#modules/organisation/vocabulary/contract.ts';
import { useMe } from '#web/session.tsx';
import { todayHere } from '#web/today.ts';
import { Page as Frame } from '#web/ui/page.tsx';
import { useAction } from '#web/use-action.ts';
import { classroom } from './parts/api.ts';
import { VisitForm } from './parts/research-visit-form.tsx';

export const Page = (): ReactNode => {
  const me = useMe();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const schoolId = typeof search['schoolId'] === 'string' ? search['schoolId'] : '';
  const plan = useAction(classroom.client.planVisit, {
    done: '已安排',
    onDone: ({ id }) =>
      void navigate({ to: '/research-visits/$visitId', params: { visitId: id }, replace: true }),
  });
  return (
    <Frame
      title="安排一次巡研"
      width="narrow"
      back={{ to: '/research-visits', label: '巡研安排' }}
      lead="定好日期、学校和人员；提前告知的，学校领导在首页就能看到。"
    >
      <VisitForm
        draftKey={`new:${schoolId}`}
        initial={{
          schoolId,
          stage: stages.find((one) => one === search['stage']) ?? null,
          dayOn: todayHere(),
          subject: '',
          focus: '',
          announced: true,
          team: me.personId === null ? [] : [me.personId],
        }}
        label="安排"
        busy={plan.isPending}
        error={plan.error}
        onSave={(input, forget) => plan.mutate(input, { onSuccess: forget })}
      />
    </Frame>
  );
};
