import type { ReactNode } from 'react';
import { draftKeys } from '#web/draft.ts';
import { useMe } from '#web/session.tsx';
import { ButtonLink } from '#web/ui/button.tsx';
import { Panel } from '#web/ui/page.tsx';

export const Card = (): ReactNode => {
  const me = useMe();
  const count = draftKeys(`patrol:${me.accountId}:`).length;
  return (
    <Panel title="巡课" actions={<ButtonLink to="/patrols">去巡课</ButtonLink>}>
      {count === 0 ? (
        <p className="muted">走过每间教室，点一下记“正常”。</p>
      ) : (
        <p>本机上有 {count} 次巡课没有结束或没有送达，打开后自动发送。</p>
      )}
    </Panel>
  );
};
