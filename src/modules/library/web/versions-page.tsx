import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { SelectField } from '#web/ui/field.tsx';
import { Badge, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import type { ItemKind } from '../vocabulary/contract.ts';
import { library } from './parts/api.ts';
import { useAddress } from './parts/use-address.ts';
import { VersionDifference } from './parts/version-difference.tsx';

export const Page = (): ReactNode => {
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const id = params['itemId'] ?? '';
  const item = useQuery(library.query.getItem.queryOptions({ input: { id } }));
  const query = useQuery(library.query.listVersions.queryOptions({ input: { id } }));
  return (
    <Frame
      title="历次版本与变化"
      lead={item.data?.title}
      back={{ to: `/library/items/${id}`, label: '资源' }}
    >
      <Loaded query={query}>
        {({ rows }) => (
          <>
            <Panel title="历次版本">
              <ol className="version-list" reversed>
                {rows.map((row) => (
                  <li key={row.number}>
                    <p className="row">
                      <Badge tone={row === rows[0] ? 'good' : 'neutral'}>第 {row.number} 版</Badge>
                      <span>{chineseDate(chinaDay(new Date(row.publishedAt)))}</span>
                      <span className="muted small">由 {row.publishedByName} 发布</span>
                    </p>
                    {row.note === '' ? null : <p>{row.note}</p>}
                    <p className="muted small">
                      编写：{row.contributors.map(({ name }) => name).join('、')}
                      {row.credits.length === 0
                        ? ''
                        : `；采纳了 ${row.credits.map(({ name, schoolName }) => `${schoolName} ${name}`).join('、')} 的改进建议`}
                    </p>
                  </li>
                ))}
              </ol>
            </Panel>
            {rows.length < 2 || item.data === undefined ? null : (
              <Compare id={id} kind={item.data.kind} newest={rows[0]?.number ?? 1} />
            )}
          </>
        )}
      </Loaded>
    </Frame>
  );
};

const Compare = ({ id, kind, newest }: { id: string; kind: ItemKind; newest: number }): ReactNode => {
  const { said, go } = useAddress();
  const chosen = (key: string, otherwise: number): number => {
    const number = Number(said(key));
    return Number.isInteger(number) && number >= 1 && number <= newest ? number : otherwise;
  };
  const after = chosen('to', newest);
  const before = chosen('from', newest - 1);
  const choices = Array.from({ length: newest }, (_, index) => ({
    value: String(newest - index),
    label: `第 ${newest - index} 版`,
  }));
  return (
    <Panel title="两版对照">
      <div className="filters">
        <SelectField label="从" value={String(before)} choices={choices} onValue={(from) => go({ from })} />
        <SelectField label="到" value={String(after)} choices={choices} onValue={(to) => go({ to })} />
      </div>
      <VersionDifference itemId={id} kind={kind} before={before} after={after} />
    </Panel>
  );
};
