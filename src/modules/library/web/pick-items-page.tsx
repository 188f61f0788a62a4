import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { type Choice, SelectField, TextField } from '#web/ui/field.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Paged } from '#web/ui/paged.tsx';
import { Loaded } from '#web/ui/states.tsx';
import { longestQuery, mostHits } from '../search/vocabulary/contract.ts';
import { library } from './parts/api.ts';
import { optionsOf, TestItemCard } from './parts/test-item.tsx';
import './library.css';
import './parts/design.css';
import './parts/picking.css';

const noFilter = { unitId: '', type: '', difficulty: '', level: '', competency: '' };
type Filter = typeof noFilter;

const choicesIn = (key: string): Choice[] =>
  Object.entries(optionsOf(key)).map(([value, label]) => ({ value, label }));

export const Page = (): ReactNode => {
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const roundId = params['roundId'] ?? '';
  const query = useQuery(library.query.openPicking.queryOptions({ input: { roundId } }));
  return (
    <Frame
      title="选题"
      lead={query.data === undefined ? undefined : `选入“${query.data.title}”`}
      back={{ to: `/library/rounds/${roundId}`, label: '试卷' }}
    >
      <Loaded query={query}>
        {({ mayPick, units, competencies, items, points }) => (
          <>
            <p role="status" className={`notice${mayPick ? '' : ' notice-warn'}`}>
              {mayPick
                ? `试卷里现在有 ${items} 道题，合计 ${points} 分。选入的题排在最后，分值可以回到试卷里改。`
                : '这份试卷现在不能选题：已经送审，或由别的中心组编写。'}
            </p>
            <Choosing {...{ roundId, mayPick, units, competencies }} />
          </>
        )}
      </Loaded>
    </Frame>
  );
};

interface ChoosingProps {
  readonly roundId: string;
  readonly mayPick: boolean;
  readonly units: readonly { readonly id: string; readonly name: string }[];
  readonly competencies: readonly string[];
}

const Choosing = ({ roundId, mayPick, units, competencies }: ChoosingProps): ReactNode => {
  const [typed, setTyped] = useState('');
  const [q, setQ] = useState('');
  const [filter, setFilter] = useState<Filter>(noFilter);
  const filters = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));
  const query = useInfiniteQuery(
    library.query.listTestItems.infiniteOptions({
      input: (cursor: string | undefined) => ({
        roundId,
        ...filters,
        ...(q === '' ? {} : { q }),
        limit: 20,
        cursor,
      }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  const select = (key: keyof Filter, label: string, choices: readonly Choice[]): ReactNode =>
    choices.length === 0 ? null : (
      <SelectField
        label={label}
        value={filter[key]}
        none="不限"
        choices={choices}
        onValue={(value) => setFilter({ ...filter, [key]: value })}
      />
    );
  const narrowed = q !== '' || Object.keys(filters).length > 0;
  return (
    <Panel>
      <search>
        <form
          className="pick-search"
          onSubmit={(event) => {
            event.preventDefault();
            setQ(typed.trim());
          }}
        >
          <TextField
            label="找题目"
            type="search"
            enterKeyHint="search"
            placeholder="题目中的字词"
            maxLength={longestQuery}
            value={typed}
            onValue={setTyped}
          />
          <Button type="submit">搜索</Button>
        </form>
      </search>
      <div className="filters">
        {select(
          'unitId',
          '单元',
          units.map(({ id, name }) => ({ value: id, label: name })),
        )}
        {select('type', '题型', choicesIn('type'))}
        {select('difficulty', '预估难度', choicesIn('difficulty'))}
        {select('level', '水平', choicesIn('level'))}
        {select(
          'competency',
          '核心素养',
          competencies.map((name) => ({ value: name, label: name })),
        )}
      </div>
      {query.data?.pages[0]?.capped === true ? (
        <p role="status">
          含“{q}”的题很多，只看了较新的 {mostHits} 道。再加一个词，可以找得更准。
        </p>
      ) : null}
      <Paged
        query={query}
        unit="道"
        nothing={narrowed ? '没有这样的试题。' : '题库里还没有这一册的试题。'}
        hint={
          narrowed ? (
            <Button
              onClick={() => {
                setTyped('');
                setQ('');
                setFilter(noFilter);
              }}
            >
              不限条件再找
            </Button>
          ) : (
            <p>请先在“编写资源”中编写“试题资源”，审核发布后就能在这里选。</p>
          )
        }
      >
        {(rows) => (
          <ul className="pick-cards">
            {rows.map((item) => (
              <TestItemCard key={item.id} {...{ roundId, item, mayPick }} />
            ))}
          </ul>
        )}
      </Paged>
    </Panel>
  );
};
