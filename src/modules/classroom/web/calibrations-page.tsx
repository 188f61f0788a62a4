import type { ReactNode } from 'react';
import { useMe } from '#web/session.tsx';
import { ButtonLink } from '#web/ui/button.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { plansVisits } from './nav.tsx';
import { CalibrationPages } from './parts/calibration-list.tsx';

export const Page = (): ReactNode => {
  // The leading group, which plans the visits, organises these too.
  const organises = plansVisits(useMe());
  return (
    <Frame
      title="听课评课校准"
      lead="同一节课大家各自评，再对照看法：练眼光，不打分、不排名，也不计入听课节数。"
      actions={
        organises ? (
          <ButtonLink to="/calibrations/new" variant="primary">
            组织一次校准
          </ButtonLink>
        ) : undefined
      }
    >
      <Panel title="待完成">
        <CalibrationPages view="to-do" empty="没有等您评的课。" />
      </Panel>
      {organises ? (
        <Panel title="区里组织的">
          <CalibrationPages view="organised" empty="还没有组织过校准。" />
        </Panel>
      ) : null}
      <Panel title="我参加过的">
        <CalibrationPages view="mine" empty="提交过的和已结束的会列在这里。" />
      </Panel>
    </Frame>
  );
};
