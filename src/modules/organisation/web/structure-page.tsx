import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { DayField } from '#web/ui/field.tsx';
import { Badge, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import { teamLabel } from '../appendix/rules.ts';
import type { Structure } from '../structure/contract.ts';
import { type Stage, stageLabels, subjectLabels } from '../vocabulary/contract.ts';
import { organisation } from './parts/api.ts';
import './organisation.css';
import { PeopleNames } from './parts/people-names.tsx';
import { SubjectBaseDialog } from './parts/subject-base-dialog.tsx';

const stages: readonly Stage[] = ['junior', 'primary'];

export const Page = (): ReactNode => {
  const today = todayHere();
  const [on, setOn] = useState(today);
  const query = useQuery(organisation.query.getStructure.queryOptions({ input: on === '' ? {} : { on } }));
  return (
    <Frame
      title="组织架构"
      lead="领导小组、区级研训中心组、研训基地校与学区级研训联合体、优势学科基地校。选过去的日期，看当时的名单。"
    >
      <div className="filters">
        <DayField label="截至" value={on} onValue={setOn} required />
        <Appendices on={on === '' ? today : on} />
      </div>
      <Loaded query={query}>{(structure) => <Picture structure={structure} />}</Loaded>
    </Frame>
  );
};

const Appendices = ({ on }: { on: string }): ReactNode => (
  <div className="panel-actions no-print">
    {(['1', '2', '3'] as const).map((number) => (
      <a
        key={number}
        className="button button-plain button-normal"
        href={`/files/organisation/appendix/${number}?on=${on}`}
        download
      >
        附件{number}（Word）
      </a>
    ))}
  </div>
);

const Picture = ({ structure }: { structure: Structure }): ReactNode => (
  <>
    <Panel title="领导小组">
      <p>
        组长：
        <PeopleNames holders={structure.leadingGroup.holders} posts={['head']} />
        {'　'}副组长：
        <PeopleNames holders={structure.leadingGroup.holders} posts={['deputy']} />
      </p>
      <p>
        成员：中小学教研室全体成员
        {structure.researchOffice.holders.length === 0 ? null : (
          <>
            （<PeopleNames holders={structure.researchOffice.holders} />）
          </>
        )}
      </p>
    </Panel>
    {stages.map((stage) => (
      <StagePicture key={stage} stage={stage} structure={structure} />
    ))}
  </>
);

const StagePicture = ({ stage, structure }: { stage: Stage; structure: Structure }): ReactNode => {
  const consortia = structure.consortia.filter((one) => one.stage === stage);
  const groups = structure.coreGroups.filter((one) => one.stage === stage);
  const outside = structure.schoolsOutside.filter((one) => one.stage === stage);
  const label = stageLabels[stage];
  return (
    <>
      <Panel title={`${label}：学区级研训联合体（${consortia.length}）`}>
        {consortia.length === 0 ? (
          <Empty title="这一天还没有联合体。" />
        ) : (
          <ul className="org-tree">
            {consortia.map((consortium) => (
              <li key={consortium.id} className="org-node">
                <h3>
                  <Link to={`/coverage/${consortium.id}`}>{consortium.name}</Link>
                </h3>
                <p>
                  负责人：
                  <PeopleNames holders={consortium.heads} />
                </p>
                <ul>
                  {consortium.schools.map((school) => (
                    <li key={school.id}>
                      <Link to={`/schools/${school.id}`}>{school.name}</Link>{' '}
                      {school.role === 'base' ? <Badge tone="info">研训基地校</Badge> : null}
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        )}
        {outside.length === 0 ? null : (
          <p className="notice notice-warn">
            还没有编入{label}联合体：
            {outside.map(({ id, name }, index) => (
              <span key={id}>
                {index === 0 ? '' : '、'}
                <Link to={`/schools/${id}`}>{name}</Link>
              </span>
            ))}
            。请打开学校，编入联合体。
          </p>
        )}
      </Panel>
      <Panel title={`${label}：区级研训中心组（${groups.length}）`}>
        {groups.length === 0 ? (
          <Empty title="这一天还没有研训中心组。" />
        ) : (
          <ul className="org-tree">
            {groups.map((group) => (
              <li key={group.id} className="org-node">
                <GroupNode group={group} />
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <SubjectBases stage={stage} structure={structure} />
    </>
  );
};

const GroupNode = ({ group }: { group: Structure['coreGroups'][number] }): ReactNode => {
  const people = new Set(
    [group, ...group.teams].flatMap(({ holders }) => holders.map(({ personId }) => personId)),
  ).size;
  return (
    <>
      <h3>
        {subjectLabels[group.subject]}
        <Badge>{people} 人</Badge>
      </h3>
      <p>
        组长：
        <PeopleNames holders={group.holders} posts={['lead']} />
      </p>
      <details>
        <summary>{group.teams.length === 0 ? '组员名单' : `${group.teams.length} 个年级组`}</summary>
        {group.teams.length === 0 || group.holders.some(({ post }) => post === 'member') ? (
          <p>
            {group.teams.length === 0 ? null : '组员：'}
            <PeopleNames holders={group.holders} posts={['member']} withSchool />
          </p>
        ) : null}
        {group.teams.map((team) => (
          <div key={team.id} className="org-team">
            <strong>{teamLabel(team)}</strong>
            {'　'}组长：
            <PeopleNames holders={team.holders} posts={['grade-lead', 'lead']} withSchool />
            <br />
            组员：
            <PeopleNames holders={team.holders} posts={['member']} withSchool />
          </div>
        ))}
      </details>
    </>
  );
};

const SubjectBases = ({ stage, structure }: { stage: Stage; structure: Structure }): ReactNode => {
  const [editing, setEditing] = useState<Structure['subjectBases'][number] | null>(null);
  const slots = structure.subjectBases.filter((one) => one.stage === stage);
  const empty = slots.filter(({ school }) => school === null).length;
  return (
    <Panel
      title={`${stageLabels[stage]}：优势学科基地校`}
      {...(empty === 0 ? {} : { lead: `${slots.length} 个学科中有 ${empty} 个未定，由教研室结合实际确定。` })}
    >
      <ul className="org-slots">
        {slots.map((slot) => (
          <li key={slot.subject}>
            <span>
              {subjectLabels[slot.subject]}：
              {slot.school === null ? (
                <span className="muted">未定</span>
              ) : (
                <Link to={`/schools/${slot.school.id}`}>{slot.school.name}</Link>
              )}
            </span>
            {structure.may.shape ? (
              <Button
                size="small"
                variant="quiet"
                onClick={() => setEditing(slot)}
                aria-label={`确定${stageLabels[stage]}${subjectLabels[slot.subject]}优势学科基地校`}
              >
                {slot.school === null ? '确定' : '更换'}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {editing === null ? null : (
        <SubjectBaseDialog
          slot={editing}
          version={structure.subjectBasesVersion}
          onClose={() => setEditing(null)}
        />
      )}
    </Panel>
  );
};
