import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { library } from './parts/api.ts';
import { WriteDraft } from './parts/write-draft.tsx';
import './library.css';

export const Page = (): ReactNode => {
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const id = params['adaptationId'] ?? '';
  const [isSaved, setIsSaved] = useState(false);
  const query = useQuery(library.query.getAdaptation.queryOptions({ input: { id } }));
  const locked = query.data?.base.sections.filter(({ key }) => query.data.locked.includes(key)) ?? [];
  return (
    <Frame
      title={query.data === undefined ? '修改校本化' : `修改：${query.data.title}`}
      lead="写的内容随时自动保存；改好一段落后点“存为定稿”，看的人看到的是定稿。"
      width="wide"
      back={{ to: `/library/adaptations/${id}`, label: '校本化' }}
    >
      {locked.length === 0 ? null : (
        <p className="notice">
          “{locked.map(({ title }) => title).join('、')}
          ”由区里锁定：改了也不会存入，有想法请向中心组提改进建议。
        </p>
      )}
      <WriteDraft id={id} onSaved={setIsSaved} />
      {query.data === undefined ? null : <Save id={id} version={query.data.version} isSaved={isSaved} />}
    </Frame>
  );
};

const Save = ({
  id,
  version,
  isSaved,
}: {
  readonly id: string;
  readonly version: number;
  /** Nothing typed here is still on its way to the server. */
  readonly isSaved: boolean;
}): ReactNode => {
  const navigate = useNavigate();
  const save = useAction(library.client.saveAdaptation, {
    done: '已存为定稿',
    onDone: () => void navigate({ to: '/library/adaptations/$adaptationId', params: { adaptationId: id } }),
  });
  return (
    <Panel>
      <Problem error={save.error} />
      <div className="row">
        <Button
          variant="primary"
          busy={save.isPending}
          disabled={!isSaved}
          onClick={() => save.mutate({ id, version })}
        >
          存为定稿
        </Button>
        {isSaved ? null : <span className="muted small">等改动送到以后再存。</span>}
      </div>
    </Panel>
  );
};
