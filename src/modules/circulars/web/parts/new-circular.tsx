import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { detailsOf } from '#web/rpc.ts';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { choicesOf, Segments, TextField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import {
  type BulletinSpan,
  type BulletinTopic,
  bulletinSpanLabels,
  bulletinSpans,
  bulletinTopicLabels,
  bulletinTopics,
} from '../../vocabulary/contract.ts';
import { circulars } from './api.ts';

const existingIn = (error: unknown): string | null => {
  const details = detailsOf(error);
  if (typeof details !== 'object' || details === null || !('existingId' in details)) return null;
  return typeof details.existingId === 'string' ? details.existingId : null;
};

/** The way to what stands already, when that is why a draft was refused. */
export const ExistingCircular = ({ error }: { error: unknown }): ReactNode => {
  const existing = existingIn(error);
  return existing === null ? null : (
    <p>
      <Link to="/circulars/$circularId" params={{ circularId: existing }}>
        打开已有的这一份
      </Link>
    </p>
  );
};

export const useDrafted = () => {
  const navigate = useNavigate();
  return ({ id }: { id: string }): void =>
    void navigate({ to: '/circulars/$circularId/edit', params: { circularId: id } });
};

export const NewBulletin = ({ onClose }: { onClose: () => void }): ReactNode => {
  const [month, setMonth] = useState(() => todayHere().slice(0, 7));
  const [topic, setTopic] = useState<BulletinTopic>('principal-observation');
  const [span, setSpan] = useState<BulletinSpan>('month');
  const opened = useDrafted();
  const draft = useAction(circulars.client.draftBulletin, { done: '草稿已生成', onDone: opened });
  return (
    <Dialog title="拟本月通报" onClose={onClose}>
      <Segments
        label="通报什么"
        value={topic}
        choices={choicesOf(bulletinTopics, bulletinTopicLabels)}
        onValue={setTopic}
      />
      <p>
        按所选时间的听课、书写检查或问题整改记录生成草稿，可以再修改。数字截至生成的时刻，随时可按最新数据重拟。
      </p>
      <TextField label="月份" type="month" value={month} onValue={setMonth} required />
      {topic === 'finding-summary' ? (
        <Segments
          label="通报多长时间"
          value={span}
          choices={choicesOf(bulletinSpans, bulletinSpanLabels)}
          onValue={setSpan}
        />
      ) : null}
      <Problem error={draft.error} />
      <ExistingCircular error={draft.error} />
      <div className="row">
        <Button
          variant="primary"
          busy={draft.isPending}
          disabled={month === ''}
          onClick={() => draft.mutate({ month, topic, span: topic === 'finding-summary' ? span : 'month' })}
        >
          生成草稿
        </Button>
      </div>
    </Dialog>
  );
};

export const NewNotice = ({ onClose }: { onClose: () => void }): ReactNode => {
  const [title, setTitle] = useState('');
  const opened = useDrafted();
  const draft = useAction(circulars.client.draftNotice, { onDone: opened });
  return (
    <Dialog title="拟通知" onClose={onClose}>
      <TextField
        label="标题"
        hint="例：××区教育局关于开展……的通知"
        value={title}
        onValue={setTitle}
        maxLength={120}
        required
      />
      <Problem error={draft.error} />
      <div className="row">
        <Button
          variant="primary"
          busy={draft.isPending}
          disabled={title.trim() === ''}
          onClick={() => draft.mutate({ title: title.trim() })}
        >
          开始写
        </Button>
      </div>
    </Dialog>
  );
};
