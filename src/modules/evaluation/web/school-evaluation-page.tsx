import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '#web/ui/button.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { Badge, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import './parts/evaluation.css';
import type { Criterion, SchoolEvaluation } from '../contract.ts';
import { idOrNone, useAddress } from './parts/address.ts';
import { evaluation } from './parts/api.ts';
import { ItemEvidence } from './parts/item-evidence.tsx';
import { TermSelect } from './parts/term-select.tsx';

const numberOf = (code: string): string => code.slice(1);
const isMeasured = ({ parts }: Criterion): boolean => parts.some(({ measured }) => measured);

export const Page = (): ReactNode => {
  const { text, set } = useAddress();
  const schoolId = idOrNone(text('schoolId'));
  const termId = idOrNone(text('termId'));
  const schools = useQuery(evaluation.query.listEvaluatedSchools.queryOptions({ input: {} }));
  const query = useQuery(evaluation.query.schoolEvaluation.queryOptions({ input: { schoolId, termId } }));
  const choices = (schools.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Frame
      title={query.data === undefined ? '学校评价' : `${query.data.school.name} · 学校评价`}
      lead="中小学优质校评选条件，每项工作 1 分，由人评议。有数字的地方，数字背后都有记录；没有数字的地方，不用填报，也不用上传。"
      actions={<Button onClick={() => window.print()}>打印</Button>}
    >
      <Loaded query={query}>
        {(data) => (
          <>
            <div className="filters no-print">
              {choices.length > 1 ? (
                <SelectField
                  label="学校"
                  hint="按校名排列"
                  value={data.school.id}
                  choices={choices}
                  onValue={(value) => set('schoolId', value)}
                />
              ) : null}
              <TermSelect value={data.term.id} onValue={(value) => set('termId', value)} />
            </div>
            <nav className="item-index no-print" aria-label="十项条件">
              {data.criteria.map((one) => (
                <a key={one.code} href={`#${one.code}`}>
                  {numberOf(one.code)}.{one.name}
                </a>
              ))}
            </nav>
            {data.criteria.map((one) => (
              <div key={one.code} id={one.code} className="item-anchor">
                <Item item={one} data={data} />
              </div>
            ))}
            <p className="muted small">
              条件原文取自通知{data.framework.clause}“{data.framework.title}”（{data.framework.note}），第{' '}
              {data.framework.version} 版。
            </p>
          </>
        )}
      </Loaded>
    </Frame>
  );
};

const Item = ({ item, data }: { item: Criterion; data: SchoolEvaluation }): ReactNode => (
  <Panel
    title={`${numberOf(item.code)}.${item.name}`}
    actions={
      <span className="row">
        <Badge>{item.points} 分</Badge>
        {isMeasured(item) ? <Badge tone="good">有数据来源</Badge> : <Badge>暂无数据来源</Badge>}
      </span>
    }
  >
    <p className="item-words">{item.text}</p>
    {isMeasured(item) ? (
      <ItemEvidence code={item.code} data={data} />
    ) : (
      <p className="muted">
        这里还没有数字：对应的日常工作在平台上开展以后，将自动取自
        {item.parts.map(({ evidence }) => evidence).join('；')}。
      </p>
    )}
    {item.limitNote === null ? null : <p className="notice small">{item.limitNote}</p>}
    <details open={isMeasured(item)}>
      <summary>逐个要点看佐证</summary>
      <ol className="item-parts">
        {item.parts.map(({ letter, text, evidence, measured }) => (
          <li key={letter}>
            <span>
              {letter}）{text} {measured ? <Badge tone="good">已计算</Badge> : null}
            </span>
            <span className="muted small">佐证取自：{evidence}</span>
          </li>
        ))}
      </ol>
    </details>
  </Panel>
);
