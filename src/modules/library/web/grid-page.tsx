import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { gradeLabels, grades, subjectLabels, subjects } from '#modules/organisation/vocabulary/contract.ts';
import { useMe } from '#web/session.tsx';
import { ButtonLink } from '#web/ui/button.tsx';
import { choicesOf, SelectField } from '#web/ui/field.tsx';
import { Figure, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import { editionName, volumeName } from '../textbook/rules.ts';
import type { GridVolume } from '../unit-grid/contract.ts';
import { countCells, lessonsInUnitDesigns } from '../unit-grid/rules.ts';
import { writesSomething } from './nav.tsx';
import { library } from './parts/api.ts';
import { chosenTerm, termKey } from './parts/chosen-term.ts';
import { type GridPlace, isShown, type ShownCells, shownCells, UnitGrid } from './parts/unit-grid.tsx';
import { asSearch } from './parts/use-address.ts';
import './library.css';

/** What is looked at stands in the address; what is not there the server fills in. */
const useAsked = () => {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const subject = subjects.find((one) => one === search['subject']);
  const grade = grades.find((one) => one === Number(search['grade']));
  const input = {
    ...(subject === undefined ? {} : { subject }),
    ...(grade === undefined ? {} : { grade }),
    ...chosenTerm(search['term']),
  };
  const show = shownCells.find((one) => one === search['show']);
  return { input, show };
};

type Grid = Awaited<ReturnType<typeof library.client.getUnitGrid>>;

export const Page = (): ReactNode => {
  const me = useMe();
  const { input, show } = useAsked();
  const query = useQuery(library.query.getUnitGrid.queryOptions({ input }));
  return (
    <Frame
      title="单元网格"
      lead="全区统一的九项教学体系，一个单元一行。空着的格子，就是还要编写的。"
      width="wide"
      back={{ to: '/library', label: '研训资源库' }}
      actions={
        <>
          {query.data?.may.overview === true ? (
            <ButtonLink to="/library/grid/subjects">看各学科完成情况</ButtonLink>
          ) : null}
          {writesSomething(me) && query.data?.subject != null && query.data.grade !== null ? (
            <ButtonLink
              to="/library/add"
              search={{ subject: query.data.subject, grade: String(query.data.grade) }}
            >
              加一个文件
            </ButtonLink>
          ) : null}
        </>
      }
    >
      <Loaded query={query}>{(grid) => <Grid grid={grid} show={show} />}</Loaded>
    </Frame>
  );
};

const Grid = ({ grid, show }: { grid: Grid; show: ShownCells | undefined }): ReactNode => {
  const navigate = useNavigate();
  const place = {
    subject: grid.subject ?? '',
    grade: String(grid.grade ?? ''),
    term: termKey(grid),
  };
  const go = (next: Partial<typeof place>): void =>
    void navigate({ to: '/library/grid', search: asSearch({ ...place, ...next }), resetScroll: false });
  return (
    <>
      <Panel>
        <div className="filters">
          <SelectField
            label="学科"
            value={place.subject}
            choices={choicesOf(subjects, subjectLabels)}
            onValue={(subject) => go({ subject })}
          />
          <SelectField
            label="年级"
            value={place.grade}
            choices={grades.map((one) => ({ value: String(one), label: gradeLabels[one] ?? '' }))}
            onValue={(grade) => go({ grade })}
          />
          <SelectField
            label="学期"
            value={place.term}
            choices={grid.terms.map((one) => ({ value: termKey(one), label: one.name }))}
            onValue={(term) => go({ term })}
          />
        </div>
      </Panel>
      {grid.volumes.length === 0 || grid.subject === null || grid.grade === null ? (
        <Panel>
          <Empty title="这个学科、年级在这个学期还没有确定使用的教材。">
            <p>
              换一个学科或年级再看；教材版本由本学科教研员在“教材目录”里确定。
              <ButtonLink to="/textbooks" size="small">
                去教材目录
              </ButtonLink>
            </p>
          </Empty>
        </Panel>
      ) : (
        grid.volumes.map((volume) => (
          <Volume
            key={volume.id}
            volume={volume}
            show={show}
            search={place}
            place={{
              subject: grid.subject ?? '',
              grade: place.grade,
              volume: volume.id,
              mayStart: grid.may.start,
            }}
          />
        ))
      )}
    </>
  );
};

const shownLabels: Readonly<Record<ShownCells, string>> = {
  full: '只看完成的',
  'in-work': '只看编写中、未写全的',
  empty: '只看空缺的',
  designed: '只看已有单元教学设计的单元',
};

interface VolumeProps {
  readonly volume: GridVolume;
  readonly show: ShownCells | undefined;
  readonly search: Readonly<Record<string, string>>;
  readonly place: GridPlace;
}

const Volume = ({ volume, show, search, place }: VolumeProps): ReactNode => {
  const counts = countCells([volume.pacing, ...volume.units.flatMap(({ cells }) => cells)]);
  const lessons = lessonsInUnitDesigns(volume.units);
  const rows = (shown?: ShownCells) => ({
    to: '/library/grid',
    search: { ...search, ...(shown === undefined ? {} : { show: shown }) },
  });
  const units =
    show === undefined
      ? volume.units
      : volume.units.filter(({ cells }) => cells.some((one) => isShown(one, show)));
  return (
    <Panel title={`${volumeName(volume)} · ${editionName(volume)}`}>
      <div className="figures">
        <Figure
          label="已完成"
          value={`${counts.full} / ${counts.cells}`}
          unit="格"
          note="看完成的"
          {...rows('full')}
        />
        <Figure
          label="编写中、未写全"
          value={counts.inWork}
          unit="格"
          note="看编写中的"
          {...rows('in-work')}
        />
        <Figure label="空缺" value={counts.empty} unit="格" note="看空缺的" {...rows('empty')} />
        <Figure
          label="有单元设计的课"
          value={`${lessons.of} / ${lessons.all}`}
          unit="课"
          note="从单课时到单元整体"
          {...rows('designed')}
        />
      </div>
      {show === undefined ? null : (
        <p className="row">
          <strong>{shownLabels[show]}</strong>
          <ButtonLink to="/library/grid" search={search} size="small">
            看全部
          </ButtonLink>
        </p>
      )}
      {volume.units.length === 0 ? (
        <p className="muted">这一册还没有单元目录，请本学科教研员先在“教材目录导入”里补上。</p>
      ) : (
        <UnitGrid pacing={volume.pacing} units={units} show={show} place={place} />
      )}
    </Panel>
  );
};
