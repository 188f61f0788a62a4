import type { InferContractRouterInputs } from '@orpc/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Paged } from '#web/ui/paged.tsx';
import type { searchContract } from '../../search/contract.ts';
import { longestQuery, mostHits } from '../../search/vocabulary/contract.ts';
import { itemKindLabels } from '../../vocabulary/contract.ts';
import { library } from './api.ts';
import { ItemList } from './item-list.tsx';
import './item-search.css';

type SearchInput = Omit<
  InferContractRouterInputs<typeof searchContract>['searchItems'],
  'q' | 'cursor' | 'limit'
>;

/** What is typed, once nothing more has been typed for a moment. */
const useSettled = (typed: string): string => {
  const [settled, setSettled] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), 250);
    return () => clearTimeout(timer);
  }, [typed]);
  return settled;
};

interface SearchFieldProps {
  /** What is being searched. */
  readonly q: string;
  readonly filters: SearchInput;
  readonly onSearch: (q: string) => void;
}

/** Titles are offered while one types; Enter searches what was typed, or the title that the arrow keys chose. */
export const SearchField = ({ q, filters, onSearch }: SearchFieldProps): ReactNode => {
  const id = useId();
  const [draft, setDraft] = useState({ q, typed: q });
  const typed = draft.q === q ? draft.typed : q;
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const settled = useSettled(typed.trim());
  const { data } = useQuery(
    library.query.suggestTitles.queryOptions({
      input: { q: settled, ...filters },
      enabled: open && settled !== '' && settled !== q,
    }),
  );
  const offered = open && typed.trim() === settled && settled !== q ? (data?.rows ?? []) : [];
  const shown = offered.length > 0;
  const search = (text: string): void => {
    setOpen(false);
    setChosen(-1);
    setDraft({ q: text, typed: text });
    onSearch(text);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' && shown) {
      event.preventDefault();
      setOpen(false);
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || !shown) return;
    event.preventDefault();
    setChosen((at) =>
      at < 0 && step < 0 ? offered.length - 1 : at + step >= offered.length ? -1 : at + step,
    );
  };
  return (
    <search>
      <form
        className="search-form"
        onSubmit={(event) => {
          event.preventDefault();
          search(offered[chosen]?.title ?? typed.trim());
        }}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
        }}
      >
        <div className="field search-input">
          <label htmlFor={id}>找资源</label>
          <input
            id={id}
            type="search"
            role="combobox"
            aria-autocomplete="list"
            aria-expanded={shown}
            aria-controls={`${id}-list`}
            aria-activedescendant={shown && chosen >= 0 ? `${id}-${chosen}` : undefined}
            autoComplete="off"
            enterKeyHint="search"
            maxLength={longestQuery}
            placeholder="题目、内容或拼音首字母"
            value={typed}
            onChange={({ target }) => {
              setDraft({ q, typed: target.value });
              setOpen(true);
              setChosen(-1);
            }}
            onKeyDown={onKeyDown}
          />
          <div id={`${id}-list`} role="listbox" aria-label="题目" className="search-offers" hidden={!shown}>
            {offered.map((row, at) => (
              <div
                key={row.id}
                id={`${id}-${at}`}
                role="option"
                tabIndex={-1}
                aria-selected={at === chosen}
                // The field keeps the focus, so that it can still be typed in.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => search(row.title)}
              >
                {row.title}
                <small>{itemKindLabels[row.kind]}</small>
              </div>
            ))}
          </div>
        </div>
        <Button type="submit" variant="primary">
          搜索
        </Button>
        {q === '' ? null : <Button onClick={() => search('')}>清除</Button>}
      </form>
    </search>
  );
};

export interface FilterChip {
  readonly label: string;
  readonly onRemove: () => void;
}

interface FoundItemsProps {
  readonly q: string;
  readonly filters: SearchInput;
  readonly chips: readonly FilterChip[];
  readonly onEverywhere: () => void;
}

export const FoundItems = ({ q, filters, chips, onEverywhere }: FoundItemsProps): ReactNode => {
  const query = useInfiniteQuery(
    library.query.searchItems.infiniteOptions({
      input: (cursor: string | undefined) => ({ q, ...filters, limit: 30, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  const first = query.data?.pages[0];
  return (
    <>
      {chips.length === 0 ? null : (
        <ul className="search-chips" aria-label="筛选条件">
          {chips.map(({ label, onRemove }) => (
            <li key={label}>
              <Button size="small" onClick={onRemove} aria-label={`不限“${label}”`}>
                {label} ×
              </Button>
            </li>
          ))}
        </ul>
      )}
      {first === undefined || first.count === 0 ? null : (
        <p role="status">
          {first.capped
            ? `找到超过 ${mostHits} 份，以下是较新的 ${mostHits} 份，最相符的在前。再加一个词或筛选，可以找得更准。`
            : `找到 ${first.count} 份，最相符的在前。`}
          {first.titlesOnly ? '只输入一个字时，只在题目中找；多输入一个字可以找到内容。' : ''}
        </p>
      )}
      <Paged
        query={query}
        unit="份"
        nothing={`没有找到“${q}”。`}
        hint={
          <>
            <p>
              {first?.titlesOnly === true ? '只输入一个字时，只在题目中找，请多输入一个字。' : ''}
              请少输入几个字，换一个说法，或用拼音首字母（如 lwsc 找“两位数乘”）。
            </p>
            {chips.length === 0 ? null : <Button onClick={onEverywhere}>不限条件再找</Button>}
          </>
        }
      >
        {(rows) => <ItemList rows={rows} />}
      </Paged>
    </>
  );
};
