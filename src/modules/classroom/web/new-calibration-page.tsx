import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { addDays } from '#platform/dates.ts';
import { todayHere } from '#web/today.ts';
import { Page as Frame } from '#web/ui/page.tsx';
import { useAction } from '#web/use-action.ts';
import { classroom } from './parts/api.ts';
import { CalibrationForm } from './parts/calibration-form.tsx';

const daysToRate = 14;

export const Page = (): ReactNode => {
  const navigate = useNavigate();
  const today = todayHere();
  const make = useAction(classroom.client.makeCalibration, {
    done: '已保存，还没有开启',
    onDone: ({ id }) =>
      void navigate({ to: '/calibrations/$calibrationId', params: { calibrationId: id }, replace: true }),
  });
  return (
    <Frame
      title="组织一次校准"
      width="narrow"
      back={{ to: '/calibrations', label: '听课评课校准' }}
      lead="写明是哪节课、请谁来评。保存以后核对一遍，再开启。"
    >
      <CalibrationForm
        draftKey="new"
        initial={{
          title: `${Number(today.slice(5, 7))}月听课评课校准`,
          subject: '',
          grade: '',
          topic: '',
          mode: 'video',
          schoolId: '',
          dayOn: today,
          slot: '',
          note: '',
          raters: [],
          panel: [],
          deadlineOn: addDays(today, daysToRate),
        }}
        busy={make.isPending}
        error={make.error}
        onSave={(plan, forget) => make.mutate(plan, { onSuccess: forget })}
      />
    </Frame>
  );
};
