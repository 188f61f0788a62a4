import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { choicesOf, SelectField } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { AdaptationDetail } from '../../adaptation/contract.ts';
import { adaptationOpeningLabels, adaptationOpenings } from '../../vocabulary/contract.ts';
import { library } from './api.ts';
import { Confirm } from './confirm.tsx';

interface AdaptationStandingProps {
  readonly adaptation: AdaptationDetail;
}

/** What its maker decides about an adaptation: who may write in it, and whether it is in use. */
export const AdaptationStanding = ({ adaptation }: AdaptationStandingProps): ReactNode => {
  const [asking, setAsking] = useState<'open' | 'end' | null>(null);
  const resume = useAction(library.client.resumeAdaptation, { done: '已重新启用，可以继续修改' });
  const end = useAction(library.client.endAdaptation, {
    done: '已停用',
    onDone: () => setAsking(null),
  });
  const { id, version, ended, openTo } = adaptation;
  return (
    <Panel title="这份校本化">
      {ended ? (
        <>
          <p>已经停用：内容都保留，不再提示区级新版。重新启用后可以继续修改。</p>
          <div className="row">
            <Button variant="primary" busy={resume.isPending} onClick={() => resume.mutate({ id, version })}>
              重新启用
            </Button>
          </div>
          <Problem error={resume.error} />
        </>
      ) : (
        <>
          <p className="muted">谁可以改：{adaptationOpeningLabels[openTo]}</p>
          <div className="row">
            <Button onClick={() => setAsking('open')}>换谁可以改</Button>
            <Button onClick={() => setAsking('end')}>停用</Button>
          </div>
        </>
      )}
      {asking === 'open' ? <Opening adaptation={adaptation} onClose={() => setAsking(null)} /> : null}
      {asking === 'end' ? (
        <Confirm
          title="停用这份校本化"
          action="停用"
          danger
          busy={end.isPending}
          error={end.error}
          onConfirm={() => end.mutate({ id, version })}
          onClose={() => setAsking(null)}
        >
          <p>停用后不能再改，区里出新版也不再提示您。内容、反思和修改记录都保留，随时可以重新启用。</p>
          {adaptation.unsaved.length === 0 ? null : (
            <p className="notice notice-warn">有写了还没有存成定稿的内容，请先“存为定稿”再停用。</p>
          )}
        </Confirm>
      ) : null}
    </Panel>
  );
};

const Opening = ({
  adaptation: { id, version, openTo },
  onClose,
}: AdaptationStandingProps & { readonly onClose: () => void }): ReactNode => {
  const [chosen, setChosen] = useState(openTo);
  const open = useAction(library.client.openAdaptation, { done: '已保存', onDone: onClose });
  return (
    <Dialog title="谁可以改这份校本化" onClose={onClose}>
      <div className="stack">
        <SelectField
          label="谁可以改"
          value={chosen}
          choices={choicesOf(adaptationOpenings, adaptationOpeningLabels)}
          onValue={(next) => setChosen(adaptationOpenings.find((one) => one === next) ?? chosen)}
        />
        <p className="muted">一起改的同事可以修改内容、写反思、提建议；停用仍由您办理。</p>
        <Problem error={open.error} />
        <Button
          variant="primary"
          busy={open.isPending}
          disabled={chosen === openTo}
          onClick={() => open.mutate({ id, version, openTo: chosen })}
        >
          保存
        </Button>
      </div>
    </Dialog>
  );
};
