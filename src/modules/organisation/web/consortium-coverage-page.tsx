import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Segments, SelectField } from '#web/ui/field.tsx';
import { Figure, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import type { Coverage } from '../coverage/contract.ts';
import { gradeLabels, type Subject, subjectLabels, subjects } from '../vocabulary/contract.ts';
import { organisation } from './parts/api.ts';
import { BackboneTable } from './parts/backbone-table.tsx';
import './organisation.css';
import { NominateDialog, type NominatedCell } from './parts/nominate-dialog.tsx';

type School = Coverage['schools'][number];
type Cell = School['cells'][number];

export const Page = (): ReactNode => {
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const query = useQuery(
    organisation.query.getCoverage.queryOptions({ input: { consortiumId: params['consortiumId'] ?? '' } }),
  );
  return (
    <Frame
      title={query.data?.consortium.name ?? '学科组覆盖'}
      width="wide"
      back={{ to: '/coverage', label: '联合体学科组覆盖' }}
      lead="空格是还没有人参加的年级学科；本校的空格点一下就能推荐。"
    >
      <Loaded query={query}>{(coverage) => <Matrix coverage={coverage} />}</Loaded>
    </Frame>
  );
};

const Matrix = ({ coverage }: { coverage: Coverage }): ReactNode => {
  const [schoolId, setSchoolId] = useState(
    coverage.schools.find(({ mayNominate }) => mayNominate)?.id ?? coverage.schools[0]?.id ?? '',
  );
  const [show, setShow] = useState<'all' | 'empty'>('all');
  const [nominating, setNominating] = useState<NominatedCell | null>(null);
  const school = coverage.schools.find(({ id }) => id === schoolId);
  return (
    <>
      <div className="figures">
        <Figure label="学校" value={coverage.schools.length} unit="所" />
        <Figure label="应有" value={coverage.cells} unit="处" note="各校开设的年级 × 学科" />
        <Figure label="已有人" value={coverage.covered} unit="处" />
        <Figure label="空缺" value={coverage.cells - coverage.covered} unit="处" />
      </div>
      <Panel>
        <div className="filters">
          <SelectField
            label="学校"
            value={schoolId}
            onValue={setSchoolId}
            choices={coverage.schools.map(({ id, name, covered, cells }) => ({
              value: id,
              label: `${name}（空 ${cells.length - covered}）`,
            }))}
          />
          <Segments
            label="显示"
            value={show}
            onValue={setShow}
            choices={[
              { value: 'all', label: '全部' },
              { value: 'empty', label: '只看空缺' },
            ]}
          />
        </div>
        {school === undefined ? null : (
          <SchoolMatrix
            school={school}
            onlyEmpty={show === 'empty'}
            onNominate={(cell) => setNominating({ school, ...cell })}
          />
        )}
      </Panel>
      <Panel title="各校一览" lead="数字是已有人的年级数／应有的年级数。">
        <Overview coverage={coverage} onSchool={setSchoolId} />
      </Panel>
      <Panel
        title="学科组骨干"
        lead="学科组的骨干主要由成员校的名师、骨干、名师+组成（通知四（二）2）。只算今天有效的称号，一人只算一次。"
      >
        <BackboneTable backbone={coverage.backbone} />
      </Panel>
      {nominating === null ? null : (
        <NominateDialog
          consortiumId={coverage.consortium.id}
          cell={nominating}
          onClose={() => setNominating(null)}
        />
      )}
    </>
  );
};

const subjectsOf = (cells: readonly Cell[]): Subject[] =>
  subjects.filter((one) => cells.some(({ subject }) => subject === one));

const SchoolMatrix = ({
  school,
  onlyEmpty,
  onNominate,
}: {
  school: School;
  onlyEmpty: boolean;
  onNominate: (cell: Pick<Cell, 'grade' | 'subject'>) => void;
}): ReactNode => {
  const cells = school.cells.filter(({ people }) => !onlyEmpty || people.length === 0);
  const shownGrades = [...new Set(cells.map(({ grade }) => grade))].sort((one, other) => one - other);
  if (cells.length === 0) return <p className="notice notice-good">{school.name}没有空缺。</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div className="table-frame" tabIndex={0} role="region" aria-label={`${school.name}的覆盖`}>
      <table className="matrix">
        <caption className="visually-hidden">{school.name}各年级各学科的学科组成员</caption>
        <thead>
          <tr>
            <td />
            {shownGrades.map((grade) => (
              <th key={grade} scope="col">
                {gradeLabels[grade]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {subjectsOf(cells).map((subject) => (
            <tr key={subject}>
              <th scope="row">{subjectLabels[subject]}</th>
              {shownGrades.map((grade) => {
                const cell = cells.find((one) => one.grade === grade && one.subject === subject);
                return (
                  <td key={grade}>
                    {cell === undefined ? (
                      <span className="matrix-none">—</span>
                    ) : (
                      <CellView cell={cell} school={school} onNominate={onNominate} />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const CellView = ({
  cell,
  school,
  onNominate,
}: {
  cell: Cell;
  school: School;
  onNominate: (cell: Pick<Cell, 'grade' | 'subject'>) => void;
}): ReactNode => {
  const state = cell.people.length > 0 ? 'covered' : cell.requested ? 'requested' : 'empty';
  const text =
    state === 'covered'
      ? cell.people.map(({ name }) => name).join('、')
      : state === 'requested'
        ? '待接受'
        : '空缺';
  const className = `matrix-cell matrix-${state}`;
  if (!school.mayNominate) return <span className={className}>{text}</span>;
  const where = `${gradeLabels[cell.grade]}${subjectLabels[cell.subject]}`;
  return (
    <button
      type="button"
      className={className}
      aria-label={`${where}：${text}，推荐成员`}
      onClick={() => onNominate({ grade: cell.grade, subject: cell.subject })}
    >
      {state === 'empty' ? '空缺，推荐' : text}
    </button>
  );
};

const Overview = ({
  coverage,
  onSchool,
}: {
  coverage: Coverage;
  onSchool: (schoolId: string) => void;
}): ReactNode => {
  const shown = subjectsOf(coverage.schools.flatMap(({ cells }) => cells));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div className="table-frame" tabIndex={0} role="region" aria-label="各校一览">
      <table className="matrix">
        <caption className="visually-hidden">各校各学科已有人的年级数</caption>
        <thead>
          <tr>
            <td />
            {shown.map((subject) => (
              <th key={subject} scope="col">
                {subjectLabels[subject]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {coverage.schools.map((school) => (
            <tr key={school.id}>
              <th scope="row">{school.name}</th>
              {shown.map((subject) => {
                const cells = school.cells.filter((cell) => cell.subject === subject);
                const covered = cells.filter(({ people }) => people.length > 0).length;
                return (
                  <td key={subject}>
                    <button
                      type="button"
                      className={`matrix-cell ${covered === cells.length ? 'matrix-covered' : 'matrix-empty'}`}
                      aria-label={`${school.name}${subjectLabels[subject]}：${covered}／${cells.length}，打开这所学校`}
                      onClick={() => onSchool(school.id)}
                    >
                      {covered}／{cells.length}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
