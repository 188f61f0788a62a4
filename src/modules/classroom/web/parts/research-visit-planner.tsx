import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { type Stage, stageLabels, stages } from '#modules/organisation/vocabulary/contract.ts';
import { chineseDate } from '#platform/dates.ts';
import { ButtonLink, linkTo } from '#web/ui/button.tsx';
import { Segments } from '#web/ui/field.tsx';
import { Badge, Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import type { VisitPlace } from '../../research-visit/contract.ts';
import { notVisited } from '../../research-visit/rules.ts';
import { classroom } from './api.ts';

/** By stage and consortium: how often each school was visited this term, those not visited marked. */
export const VisitPlanner = (): ReactNode => {
  const [stage, setStage] = useState<Stage>('primary');
  const query = useQuery(classroom.query.visitPlanner.queryOptions({ input: {} }));
  return (
    <Panel title="本学期未巡研的学校" lead="按学段和联合体，次序同附件2。点次数看每一次，点“安排”定一次。">
      <Segments
        label="学段"
        value={stage}
        choices={stages.map((one) => ({ value: one, label: stageLabels[one] }))}
        onValue={setStage}
      />
      <Loaded query={query}>
        {({ places, from, to, term }) => {
          const here = places.filter((place) => place.stage === stage);
          const { open, planned } = notVisited(here);
          return (
            <>
              <p>
                {term.name}，{stageLabels[stage]} {here.length} 个单位：未巡研 {open.length + planned.length}{' '}
                个，其中已安排 {planned.length} 个。
              </p>
              <div className="visit-places">
                {[...Map.groupBy(here, ({ consortiumId }) => consortiumId).values()].map((group) => (
                  <Consortium key={group[0]?.consortiumId} places={group} days={{ from, to }} />
                ))}
              </div>
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
};

const Consortium = ({
  places,
  days,
}: {
  places: readonly VisitPlace[];
  days: { from: string; to: string };
}): ReactNode => (
  <section>
    <h3>{places[0]?.consortiumName}</h3>
    <ul className="plain-list">
      {places.map((place) => (
        <li key={place.schoolId} className="visit-place">
          <span>{place.schoolName}</span>
          <Standing place={place} days={days} />
          <ButtonLink
            to="/research-visits/new"
            search={{ schoolId: place.schoolId, stage: place.stage }}
            size="small"
          >
            安排<span className="visually-hidden">{place.schoolName}</span>
          </ButtonLink>
        </li>
      ))}
    </ul>
  </section>
);

const Standing = ({
  place: { schoolId, stage, visits, plannedOn },
  days,
}: {
  place: VisitPlace;
  days: { from: string; to: string };
}): ReactNode => {
  if (visits > 0)
    return (
      <Link {...linkTo('/research-visits', { schoolId, stage, visited: 'true', ...days })}>{visits} 次</Link>
    );
  if (plannedOn !== null) return <Badge tone="info">已安排 {chineseDate(plannedOn)}</Badge>;
  return <Badge tone="warn">未巡研</Badge>;
};
