import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { chineseDate } from '#platform/dates.ts';
import { useMe } from '#web/session.tsx';
import { Button, ButtonLink } from '#web/ui/button.tsx';
import { Badge, Facts, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import type { School } from '../schools/contract.ts';
import {
  postLabels,
  type Stage,
  schoolKindLabels,
  stageLabels,
  subjectLabels,
} from '../vocabulary/contract.ts';
import { organisation } from './parts/api.ts';
import { Assignments } from './parts/assignments.tsx';
import { BellTable } from './parts/bell-table.tsx';
import { CloseSchoolDialog } from './parts/close-school-dialog.tsx';
import { MoveSchoolDialog } from './parts/move-school-dialog.tsx';
import './organisation.css';
import { SchoolForm } from './parts/school-form.tsx';

export const Page = (): ReactNode => {
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const [open, setOpen] = useState<'edit' | 'close' | null>(null);
  const close = (): void => setOpen(null);
  const query = useQuery(
    organisation.query.getSchool.queryOptions({ input: { schoolId: params['schoolId'] ?? '' } }),
  );
  return (
    <Frame
      title={query.data?.name ?? '学校'}
      back={{ to: '/schools', label: '学校' }}
      actions={
        query.data?.may.edit === true ? (
          <>
            <Button onClick={() => setOpen('edit')}>修改</Button>
            {query.data.activeTo === null ? <Button onClick={() => setOpen('close')}>撤并</Button> : null}
          </>
        ) : undefined
      }
    >
      <Loaded query={query}>
        {(school) => (
          <>
            <Details school={school} />
            {open === 'edit' ? <SchoolForm school={school} onClose={close} /> : null}
            {open === 'close' ? <CloseSchoolDialog school={school} onClose={close} /> : null}
          </>
        )}
      </Loaded>
    </Frame>
  );
};

const Details = ({ school }: { school: School }): ReactNode => (
  <>
    <Panel>
      {school.activeTo === null ? null : (
        <p className="notice notice-warn">{chineseDate(school.activeTo)}起撤并，不再办学。</p>
      )}
      <Facts
        items={[
          ['类型', schoolKindLabels[school.kind]],
          ['学段', school.stages.map((one) => stageLabels[one]).join('、')],
          [
            '上级单位',
            school.parent === null ? (
              '—'
            ) : (
              <Link to={`/schools/${school.parent.id}`}>{school.parent.name}</Link>
            ),
          ],
          ['学校标识码', school.identifierCode ?? '—'],
          [
            '简称',
            school.aliases.length === 0
              ? '—'
              : school.aliases.map((one) => (
                  <span key={one.id}>
                    {one.alias}
                    {one.status === 'proposed' ? <Badge tone="warn">待确认</Badge> : null}{' '}
                  </span>
                )),
          ],
          [
            '优势学科基地',
            school.subjectBases
              .map(({ stage, subject }) => `${stageLabels[stage]}${subjectLabels[subject]}`)
              .join('、') || '—',
          ],
        ]}
      />
      {school.children.length === 0 ? null : (
        <p>
          校区和教学点：
          {school.children.map((child, index) => (
            <span key={child.id}>
              {index === 0 ? '' : '、'}
              <Link to={`/schools/${child.id}`}>{child.name}</Link>
            </span>
          ))}
        </p>
      )}
    </Panel>
    <Consortia school={school} />
    <Panel
      title="人员"
      actions={
        <ButtonLink to="/people" search={{ school: school.id }}>
          全部 {school.peopleCount} 人
        </ButtonLink>
      }
    >
      {school.leaders.length === 0 ? (
        <Empty title="还没有登记校长、教学副校长和教务主任。">
          <p>在人员页面打开这个人，增加任职。</p>
        </Empty>
      ) : (
        <ul className="plain-rows">
          {school.leaders.map((one) => (
            <li key={one.appointmentId}>
              <Link to={`/people/${one.personId}`}>{one.name}</Link>
              <span className="muted">{postLabels[one.post]}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
    <Assignments key={school.id} schoolId={school.id} stages={school.stages} />
    {school.stages.map((stage) => (
      <BellTable key={stage} schoolId={school.id} stage={stage} />
    ))}
  </>
);

const Consortia = ({ school }: { school: School }): ReactNode => {
  const me = useMe();
  const [moving, setMoving] = useState<Stage | null>(null);
  const structure = useQuery(organisation.query.getStructure.queryOptions({ input: {} }));
  const mayShape = structure.data?.may.shape ?? me.duties.includes('system');
  return (
    <Panel title="学区级研训联合体">
      <ul className="plain-rows">
        {school.stages.map((stage) => {
          const place = school.consortia.find((one) => one.stage === stage);
          return (
            <li key={stage}>
              <span>
                {stageLabels[stage]}：
                {place === undefined ? (
                  <span className="muted">未编入</span>
                ) : (
                  <>
                    <Link to={`/coverage/${place.id}`}>{place.name}</Link>{' '}
                    {place.role === 'base' ? <Badge tone="info">研训基地校</Badge> : null}
                  </>
                )}
              </span>
              {mayShape ? (
                <Button size="small" onClick={() => setMoving(stage)}>
                  调整
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
      {moving === null || structure.data === undefined ? null : (
        <MoveSchoolDialog
          school={school}
          stage={moving}
          consortia={structure.data.consortia}
          onClose={() => setMoving(null)}
        />
      )}
    </Panel>
  );
};
