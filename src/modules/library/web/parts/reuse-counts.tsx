import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Facts, Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import { library } from './api.ts';

/** 各校使用: schools, not people and not uploads. */
export const ReuseCounts = ({ itemId }: { itemId: string }): ReactNode => {
  const query = useQuery(library.query.getReuse.queryOptions({ input: { itemId } }));
  return (
    <Panel title="各校使用" lead="按学校计，一所学校只算一次；不计个人，不计上传数。">
      <Loaded query={query}>
        {({ opened, adapted, taught, suggested, outside }) => (
          <>
            <Facts
              items={[
                ['看过', `${opened} 所`],
                ['做了校本化', `${adapted} 所`],
                ['上过课', `${taught} 所`],
                ['提过改进建议', `${suggested} 所`],
              ]}
            />
            <p>
              {outside === 0
                ? '编写人所在学校以外，还没有学校用起来。'
                : `编写人所在学校以外，有 ${outside} 所学校用起来了。`}
            </p>
          </>
        )}
      </Loaded>
    </Panel>
  );
};
