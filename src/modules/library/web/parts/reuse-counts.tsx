import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { linkTo } from '#web/ui/button.tsx';
import { Facts, Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import { library } from './api.ts';

interface ReuseCountsProps {
  readonly itemId: string;
  /** Of a school's own item its writers see what their own school made of it alone: there a count opens nothing. */
  readonly district: boolean;
}

/** 各校使用: schools, not people and not uploads. */
export const ReuseCounts = ({ itemId, district }: ReuseCountsProps): ReactNode => {
  const query = useQuery(library.query.getReuse.queryOptions({ input: { itemId } }));
  const counted = (schools: number, to: string, search: Record<string, string>): ReactNode =>
    district && schools > 0 ? <Link {...linkTo(to, search)}>{schools} 所</Link> : `${schools} 所`;
  return (
    <Panel title="各校使用" lead="按学校计，一所学校只算一次；不计个人，不计上传数。">
      <Loaded query={query}>
        {({ opened, adapted, taught, suggested, outside }) => (
          <>
            <Facts
              items={[
                ['看过', `${opened} 所`],
                ['做了校本化', counted(adapted, '/library/adaptations', { item: itemId })],
                ['上过课', counted(taught, '/library/adaptations', { item: itemId, taught: 'yes' })],
                ['提过改进建议', counted(suggested, '/library/suggestions', { item: itemId })],
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
