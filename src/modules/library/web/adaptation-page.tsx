import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { RecordParts } from '#web/record-parts.tsx';
import { Button, ButtonLink } from '#web/ui/button.tsx';
import { Badge, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { AdaptationDetail } from '../adaptation/contract.ts';
import { adaptationOpeningLabels, itemKindLabels } from '../vocabulary/contract.ts';
import { AdaptationStanding } from './parts/adaptation-standing.tsx';
import { library } from './parts/api.ts';
import { ContentView } from './parts/content-view.tsx';
import { Downloads } from './parts/downloads.tsx';
import { Reflections } from './parts/reflections.tsx';
import { TouchedSections } from './parts/touched-sections.tsx';
import { ContentDifference } from './parts/version-difference.tsx';
import { ownerWord } from './parts/wording.ts';
import './library.css';

export const Page = (): ReactNode => {
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const query = useQuery(
    library.query.getAdaptation.queryOptions({ input: { id: params['adaptationId'] ?? '' } }),
  );
  return (
    <Frame
      title={query.data?.title ?? '校本化'}
      lead={
        query.data === undefined
          ? undefined
          : `${itemKindLabels[query.data.kind]} · 校本化 · ${query.data.schoolName} ${query.data.maker.name}`
      }
      back={{ to: '/library/adaptations', label: '校本化' }}
    >
      <Loaded query={query}>{(adaptation) => <Adaptation adaptation={adaptation} />}</Loaded>
    </Frame>
  );
};

const Adaptation = ({ adaptation }: { adaptation: AdaptationDetail }): ReactNode => {
  const { id, may, newer, unsaved, content, base, kind } = adaptation;
  const here = `/library/adaptations/${id}`;
  const owner = ownerWord(adaptation);
  const titles = new Map([...base.sections, ...content.sections].map(({ key, title }) => [key, title]));
  const undo = useAction(library.client.undoUpdate, { done: '已撤销更新' });
  return (
    <>
      {newer === null || !may.edit ? null : (
        <div className="notice notice-warn" role="status">
          <p>
            <strong>
              {adaptation.itemSchoolName ?? '区里'}发布了第 {newer} 版。
            </strong>
            {adaptation.newerNote}
          </p>
          <p>您没改过的部分会跟着更新，改过的由您逐处决定。</p>
          <ButtonLink to={`${here}/update`} variant="primary">
            对照并更新
          </ButtonLink>
        </div>
      )}
      <Panel>
        <div className="row">
          <Badge>根据第 {adaptation.basedOn} 版</Badge>
          <Badge>{adaptationOpeningLabels[adaptation.openTo]}</Badge>
          {adaptation.ended ? <Badge tone="warn">已停用</Badge> : null}
          {adaptation.withdrawn ? <Badge tone="warn">{owner}资源已撤下</Badge> : null}
          {adaptation.taught === 0 ? null : <Badge tone="good">上过 {adaptation.taught} 次</Badge>}
        </div>
        <p className="muted">
          {adaptation.touched.length === 0
            ? `还没有改动，全部跟着${owner}。`
            : `改过：${adaptation.touched.map((key) => titles.get(key) ?? key).join('、')}。其余跟着${owner}。`}
        </p>
        {unsaved.length === 0 ? null : (
          <p className="notice notice-warn" role="status">
            “{unsaved.map((key) => titles.get(key) ?? key).join('、')}
            ”里有写了还没有存成定稿的内容，请点“继续修改”后“存为定稿”。
          </p>
        )}
        <div className="row">
          {may.edit ? (
            <ButtonLink to={`${here}/edit`} variant={newer === null ? 'primary' : 'plain'}>
              {unsaved.length === 0 ? '修改' : '继续修改'}
            </ButtonLink>
          ) : null}
          <Downloads path={`/files/library/adaptations/${id}`} kind={kind} />
          <ButtonLink to={`/library/items/${adaptation.itemId}`}>看{owner}资源</ButtonLink>
          {may.inside ? <ButtonLink to={`${here}/history`}>修改记录</ButtonLink> : null}
          {adaptation.mayUndo ? (
            <Button busy={undo.isPending} onClick={() => undo.mutate({ id, version: adaptation.version })}>
              撤销刚才的更新
            </Button>
          ) : null}
        </div>
        <Problem error={undo.error} />
      </Panel>
      <Text adaptation={adaptation} />
      <RecordParts record="library-adaptation" id={id} />
      {may.edit ? <TouchedSections adaptation={adaptation} titles={titles} /> : null}
      {may.inside ? <Reflections adaptationId={id} mayReflect={may.edit} /> : null}
      {may.manage ? <AdaptationStanding adaptation={adaptation} /> : null}
      {adaptation.touched.length === 0 ? null : (
        <Panel title={`和${owner}这一版的不同`}>
          <ContentDifference kind={kind} before={base} after={content} />
        </Panel>
      )}
    </>
  );
};

const Text = ({ adaptation }: { adaptation: AdaptationDetail }): ReactNode => (
  <Panel>
    <ContentView kind={adaptation.kind} content={adaptation.content} textbook={adaptation.textbook} />
    <p className="muted small">{chineseDate(chinaDay(new Date(adaptation.savedAt)))} 保存</p>
  </Panel>
);
