import type { ReactNode } from 'react';
import { Button, ButtonLink } from '#web/ui/button.tsx';
import { Panel } from '#web/ui/page.tsx';
import { lessonText } from '../../content/rules.ts';
import type { ObservationContent } from '../../contract.ts';
import { NextLesson } from './next-lesson.tsx';
import type { SaveState } from './use-autosave.ts';

interface FinishedHereProps {
  readonly content: ObservationContent;
  readonly state: SaveState;
  readonly onReopen: () => void;
  readonly onRetry: () => void;
}

/** Finished by the observer, and not yet with the server: nothing here says that it is. */
export const FinishedHere = ({ content, state, onReopen, onRetry }: FinishedHereProps): ReactNode => {
  const isSending = state.kind === 'sending';
  return (
    <Panel title={isSending ? '已发送，等待确认' : '已完成，仅在本机'}>
      <p>{lessonText(content)}</p>
      <p className="notice notice-warn" role="status">
        {state.kind === 'signed-out'
          ? '登录已过期。重新登录后自动送出，收到后显示回执号。'
          : '连上网络后自动送出，收到后显示回执号。可以离开这一页，也可以关掉手机。'}
      </p>
      <div className="stack">
        <NextLesson content={content} variant="primary" />
        <div className="row">
          <Button disabled={isSending} onClick={onRetry}>
            立即重试
          </Button>
          <Button disabled={isSending} onClick={onReopen}>
            继续修改
          </Button>
          <ButtonLink to="/observations">回到听课</ButtonLink>
        </div>
      </div>
    </Panel>
  );
};
