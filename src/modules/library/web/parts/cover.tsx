import type { ReactNode } from 'react';
import type { ItemCover } from '../../attachment/contract.ts';
import type { ItemKind } from '../../vocabulary/contract.ts';
import './cover.css';

/** In two characters, where there is no picture. */
const shortKinds: Readonly<Record<ItemKind, string>> = {
  'pacing-guide': '进度',
  'unit-design': '单元',
  'lesson-design': '课时',
  'homework-design': '作业',
  'unit-assessment': '评价',
  'strategy-guide': '教法',
  'model-lesson': '示范',
  'professional-training': '培训',
  showcase: '展示',
  'test-item': '试题',
  'test-paper': '试卷',
  'theme-case': '主题',
};

/** What is inside, at a glance: the first page, else what kind of file or item it is. The words beside it say the same. */
export const Cover = ({ cover, kind }: { cover: ItemCover | null; kind?: ItemKind }): ReactNode =>
  cover?.picture === true ? (
    <img
      className="cover"
      src={`/files/library/attachments/${cover.attachmentId}/first-page`}
      alt=""
      loading="lazy"
    />
  ) : (
    <span className="cover cover-kind" aria-hidden="true">
      {cover !== null && cover.ending !== '' ? cover.ending : kind === undefined ? '文件' : shortKinds[kind]}
    </span>
  );
