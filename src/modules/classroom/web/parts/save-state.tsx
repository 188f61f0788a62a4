import type { ReactNode } from 'react';
import { chinaClock } from '#platform/dates.ts';
import type { SaveState } from './use-autosave.ts';

const sentences = {
  untouched: '边写边存，随时可以离开',
  waiting: '仅在本机，正在保存…',
  sending: '已发送，等待确认',
  retrying: '尚未保存，正在重试（仅在本机）',
  'signed-out': '登录已过期，内容仅在本机，登录后继续保存',
  conflict: '别处有更新的内容，请先选择',
} as const;

const textOf = (state: SaveState): string => {
  if (state.kind === 'refused') return state.sentence;
  if (state.kind !== 'saved') return sentences[state.kind];
  const at = `已保存 ${chinaClock(new Date(state.at))}`;
  return state.receipt === undefined ? at : `${at}，已收到（回执号 ${state.receipt}）`;
};

export const SaveStateText = ({ state }: { state: SaveState }): ReactNode => (
  <p className={`save-state save-state-${state.kind}`} role="status">
    {textOf(state)}
  </p>
);
