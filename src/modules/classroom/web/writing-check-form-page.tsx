import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { newId } from '#platform/ids.ts';
import { Page as Frame } from '#web/ui/page.tsx';
import { useAction } from '#web/use-action.ts';
import { classroom } from './parts/api.ts';
import { useAddress } from './parts/use-address.ts';
import { blankWriting, WritingCheckForm } from './parts/writing-form.tsx';
import './classroom.css';
import './checks.css';

export const Page = (): ReactNode => {
  const navigate = useNavigate();
  const { id } = useAddress();
  const [checkId] = useState(() => newId());
  const [tried, setTried] = useState(false);
  const record = useAction(classroom.client.recordWritingCheck, {
    done: '已登记',
    onDone: (saved) => void navigate({ to: `/writing-checks/${saved.id}`, replace: true }),
  });
  return (
    <Frame
      title="记一次书写检查"
      lead="看一组学生的坐姿、执笔、字体和整洁，只记人数。"
      back={{ to: '/writing-checks', label: '规范书写' }}
      width="narrow"
    >
      <WritingCheckForm
        kept="writing-check"
        initial={{ ...blankWriting, schoolId: id('schoolId') ?? '' }}
        tried={tried}
        onTry={() => setTried(true)}
        onSend={(schoolId, content, clear) =>
          record.mutate({ id: checkId, schoolId, content }, { onSuccess: clear })
        }
        busy={record.isPending}
        error={record.error}
        label="登记"
      />
    </Frame>
  );
};
