import type { InferContractRouterOutputs } from '@orpc/contract';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { gradeLabels, grades } from '#modules/organisation/vocabulary/contract.ts';
import { chineseDate } from '#platform/dates.ts';
import { ButtonLink } from '#web/ui/button.tsx';
import { Badge } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import type { textbookContract } from '../../textbook/contract.ts';
import { editionName, lessonName, unitName } from '../../textbook/rules.ts';
import { volumePartLabels } from '../../textbook/vocabulary/contract.ts';
import { library } from './api.ts';

type Outputs = InferContractRouterOutputs<typeof textbookContract>;
type Edition = Outputs['getTextbooks']['editions'][number];
type Unit = Outputs['getVolume']['units'][number];

interface TextbookTreeProps {
  readonly editions: readonly Edition[];
  /** `grade edition`, of the school year that is looked at. */
  readonly inUse: readonly string[];
  readonly mayEdit: boolean;
}

/** Grade → volume of an edition → unit → lesson; what is in use comes first. */
export const TextbookTree = ({ editions, inUse, mayEdit }: TextbookTreeProps): ReactNode => {
  const volumes = editions.flatMap((edition) => edition.volumes.map((volume) => ({ edition, volume })));
  if (volumes.length === 0)
    return (
      <Empty title="这个学科还没有教材目录。">
        {mayEdit ? (
          <p>
            <ButtonLink to="/textbooks/import" variant="primary">
              导入目录
            </ButtonLink>
          </p>
        ) : (
          <p>由该学科的教研员导入。</p>
        )}
      </Empty>
    );
  const isInUse = ({ edition, volume }: (typeof volumes)[number]): boolean =>
    inUse.includes(`${volume.grade} ${edition.id}`);
  return grades.map((grade) => {
    const ofGrade = volumes
      .filter(({ volume }) => volume.grade === grade)
      .toSorted((one, other) => Number(isInUse(other)) - Number(isInUse(one)));
    const aside = ofGrade.filter((one) => one.edition.withdrawnOn !== null && !isInUse(one));
    const list = (some: typeof volumes): ReactNode =>
      some.map((one) => <Volume key={one.volume.id} {...one} inUse={isInUse(one)} />);
    return ofGrade.length === 0 ? null : (
      <section key={grade} className="tree-grade">
        <h3>{gradeLabels[grade]}</h3>
        {list(ofGrade.filter((one) => !aside.includes(one)))}
        {aside.length === 0 ? null : (
          <details>
            <summary>已停用的版本（{aside.length} 册）</summary>
            <div className="tree-grade">{list(aside)}</div>
          </details>
        )}
      </section>
    );
  });
};

interface VolumeProps {
  readonly edition: Edition;
  readonly volume: Edition['volumes'][number];
  readonly inUse: boolean;
}

const Volume = ({ edition, volume, inUse }: VolumeProps): ReactNode => {
  const [open, setOpen] = useState(false);
  return (
    <details className="tree-node" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <strong>{volumePartLabels[volume.part]}</strong>
        <span>{editionName(edition)}</span>
        {inUse ? <Badge tone="good">该学年使用</Badge> : null}
        {edition.withdrawnOn === null ? null : <Badge tone="warn">已停用</Badge>}
        <span className="muted small">
          {volume.units} 个单元，{volume.lessons} 课
        </span>
      </summary>
      {open ? <Units volumeId={volume.id} /> : null}
    </details>
  );
};

const Units = ({ volumeId }: { volumeId: string }): ReactNode => {
  const query = useQuery(library.query.getVolume.queryOptions({ input: { volumeId } }));
  return (
    <div className="tree-inside">
      <Loaded query={query}>
        {({ units }) =>
          units.length === 0 ? (
            <Empty title="这一册还没有单元。" />
          ) : (
            units.map((unit) => <UnitNode key={unit.id} unit={unit} />)
          )
        }
      </Loaded>
    </div>
  );
};

const Withdrawn = ({ on, reason }: { on: string | null; reason: string | null }): ReactNode =>
  on === null ? null : (
    <span className="choice-state">
      <Badge tone="warn">已停用</Badge>
      <span className="muted small">
        {chineseDate(on)}：{reason}
      </span>
    </span>
  );

const Hours = ({ hours }: { hours: number | null }): ReactNode =>
  hours === null ? null : <span className="muted small">{hours} 课时</span>;

const UnitNode = ({ unit }: { unit: Unit }): ReactNode => (
  <details className="tree-node">
    <summary>
      <span>{unitName(unit)}</span>
      <Hours hours={unit.plannedHours} />
      <Withdrawn on={unit.withdrawnOn} reason={unit.withdrawnReason} />
    </summary>
    <div className="tree-inside">
      {unit.lessons.length === 0 ? (
        <p className="muted">这个单元没有分课。</p>
      ) : (
        <ul className="tree-lessons">
          {unit.lessons.map((lesson) => (
            <li key={lesson.id}>
              <span>{lessonName(lesson)}</span>
              <Hours hours={lesson.plannedHours} />
              <Withdrawn on={lesson.withdrawnOn} reason={lesson.withdrawnReason} />
            </li>
          ))}
        </ul>
      )}
    </div>
  </details>
);
