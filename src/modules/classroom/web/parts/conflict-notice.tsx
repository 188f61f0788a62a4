import type { ReactNode } from 'react';
import { chinaClock } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { Facts } from '#web/ui/page.tsx';
import type { NewerRecord } from './use-autosave.ts';

interface ConflictNoticeProps {
  readonly newer: NewerRecord;
  readonly onResolve: (which: 'mine' | 'newer') => void;
}

/** The record was changed elsewhere: both texts stand side by side until the observer chooses. */
export const ConflictNotice = ({ newer, onResolve }: ConflictNoticeProps): ReactNode => (
  <section className="notice notice-warn stack" role="alert">
    <p>
      这份记录 {chinaClock(new Date(newer.savedAt))}{' '}
      在别处保存过更新的内容。本页的内容没有丢失，请选择以哪一份为准。
    </p>
    <Facts
      items={[
        ['那一份的课题', newer.body.content.topic || '（空）'],
        ['优点', newer.body.content.strengths || '（空）'],
        ['不足', newer.body.content.toImprove || '（空）'],
        ['建议', newer.body.content.suggestion || '（空）'],
      ]}
    />
    <div className="row">
      {newer.state === 'draft' ? (
        <Button variant="primary" onClick={() => onResolve('mine')}>
          以本页为准
        </Button>
      ) : null}
      <Button onClick={() => onResolve('newer')}>改用那一份</Button>
    </div>
  </section>
);
