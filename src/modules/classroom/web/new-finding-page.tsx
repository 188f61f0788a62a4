import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Page as Frame } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import { classroom } from './parts/api.ts';
import { FindingForm } from './parts/finding-form.tsx';

export const Page = (): ReactNode => {
  const query = useQuery({ ...classroom.query.startFinding.queryOptions({ input: {} }), staleTime: 60_000 });
  return (
    <Frame
      title="记一个问题"
      width="narrow"
      lead="写清看到了什么、建议怎么改，两句话就够。"
      back={{ to: '/findings', label: '问题整改' }}
    >
      <Loaded query={query}>
        {(start) =>
          start.kinds.length === 0 ? (
            <Empty title="您的任职里没有可以登记问题的学校。">
              <p>如有出入，请联系教研室的系统管理员核对任职。</p>
            </Empty>
          ) : (
            <FindingForm start={start} />
          )
        }
      </Loaded>
    </Frame>
  );
};
