import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { stageOfSubject } from '#modules/organisation/roster/headings/rules.ts';
import {
  type Stage,
  type Subject,
  stageLabels,
  stages,
  subjectLabels,
  subjects,
} from '#modules/organisation/vocabulary/contract.ts';
import { useMe } from '#web/session.tsx';
import { ButtonLink } from '#web/ui/button.tsx';
import { choicesOf, Segments, SelectField } from '#web/ui/field.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import { subjectInStage } from '../textbook/rules.ts';
import { library } from './parts/api.ts';
import './library.css';
import { EditionChoices } from './parts/edition-choices.tsx';
import { Editions } from './parts/editions.tsx';
import { TextbookTree } from './parts/textbook-tree.tsx';
import { useAddress } from './parts/use-address.ts';

/** Subjects that a stage has; `stageOfSubject` is null where both have it. */
const subjectsOf = (stage: Stage): Subject[] =>
  subjects.filter((subject) => (stageOfSubject(subject) ?? stage) === stage);

export const Page = (): ReactNode => {
  const me = useMe();
  const own = me.appointments.find(({ subject }) => subject !== null);
  const { said, go } = useAddress();
  const stage: Stage = stages.find((one) => one === said('stage')) ?? own?.stage ?? 'primary';
  const chosen: Subject = subjects.find((one) => one === said('subject')) ?? me.ownSubject ?? 'chinese';
  const schoolYear = /^\d{4}$/.test(said('year')) ? Number(said('year')) : null;
  const offered = subjectsOf(stage);
  const subject = offered.includes(chosen) ? chosen : 'chinese';
  const books = useQuery(library.query.getTextbooks.queryOptions({ input: { stage, subject } }));
  const choices = useQuery(
    library.query.listEditionChoices.queryOptions({
      input: { stage, subject, ...(schoolYear === null ? {} : { schoolYear }) },
    }),
  );
  const mayEdit = books.data?.may.edit === true;
  return (
    <Frame
      title="教材目录"
      lead="本区各学科用哪个版本的教材，每一册有哪些单元和课。资源、进度和单元设计都挂在这里的单元和课上。"
      actions={
        <>
          {mayEdit ? <ButtonLink to="/textbooks/import">导入目录</ButtonLink> : null}
          <a
            className="button button-plain button-normal"
            href={`/files/library/textbooks.xlsx?stage=${stage}&subject=${subject}`}
            download
          >
            下载目录表
          </a>
        </>
      }
    >
      <div className="filters">
        <Segments
          label="学段"
          value={stage}
          onValue={(next) => go({ stage: next })}
          choices={choicesOf(stages, stageLabels)}
        />
        <SelectField
          label="学科"
          value={subject}
          onValue={(next) => go({ subject: next })}
          choices={choicesOf(offered, subjectLabels)}
        />
        <SelectField
          label="学年"
          value={String(choices.data?.schoolYear ?? '')}
          onValue={(year) => go({ year })}
          choices={(choices.data?.schoolYears ?? []).map((year) => ({
            value: String(year),
            label: `${year}—${year + 1}学年`,
          }))}
        />
      </div>
      <Loaded query={choices}>
        {(data) => <EditionChoices key={data.schoolYear} schoolYear={data.schoolYear} rows={data.rows} />}
      </Loaded>
      <Panel title={`${subjectInStage(stage, subject)}的册、单元和课`} lead="点开一册看单元，点开单元看课。">
        <Loaded query={books}>
          {({ editions }) => (
            <TextbookTree
              editions={editions}
              inUse={(choices.data?.rows ?? []).flatMap(({ grade, chosen: one }) =>
                one === null ? [] : [`${grade} ${one.id}`],
              )}
              mayEdit={mayEdit}
            />
          )}
        </Loaded>
      </Panel>
      {books.data === undefined || books.data.editions.length === 0 ? null : (
        <Editions editions={books.data.editions} mayEdit={mayEdit} />
      )}
    </Frame>
  );
};
