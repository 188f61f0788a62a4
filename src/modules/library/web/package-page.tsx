import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { subjects } from '#modules/organisation/vocabulary/contract.ts';
import { useMe } from '#web/session.tsx';
import { CheckField } from '#web/ui/field.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Paged } from '#web/ui/paged.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import { sizeText } from '#web/upload.ts';
import type { ItemRow } from '../item/contract.ts';
import type { PackageSelection } from '../package/contract.ts';
import { mostTicked } from '../package/vocabulary/contract.ts';
import { itemOwners, longestQuery } from '../search/vocabulary/contract.ts';
import { itemKindLabels, itemKinds } from '../vocabulary/contract.ts';
import { adapts } from './nav.tsx';
import { library } from './parts/api.ts';
import { placeOf } from './parts/item-list.tsx';
import { stageOf } from './parts/place-fields.tsx';
import { saidIn } from './parts/use-address.ts';
import './library.css';

/** What is to be packed stands in the address, in the words of the library's own page. */
const useSelection = (): PackageSelection => {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const said = (key: string): string => saidIn(search, key);
  const subject = subjects.find((one) => one === said('subject'));
  const grade = /^[1-9]$/.test(said('grade')) ? Number(said('grade')) : undefined;
  const kind = itemKinds.find((one) => one === said('kind'));
  const owner = itemOwners.find((one) => one === said('owner'));
  const q = said('q').trim().slice(0, longestQuery);
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(grade === undefined ? {} : { grade, stage: stageOf(grade) }),
    ...(said('volume') === '' ? {} : { volumeId: said('volume') }),
    ...(said('unit') === '' ? {} : { unitId: said('unit') }),
    ...(said('lesson') === '' ? {} : { lessonId: said('lesson') }),
    ...(kind === undefined ? {} : { kind }),
    ...(owner === undefined || q === '' ? {} : { owner }),
    ...(said('life') === 'yes' ? { lifeContext: true } : {}),
    ...(q === '' ? {} : { q }),
  };
};

const addressOf = (selection: PackageSelection, adaptations: boolean): string => {
  const { ids, lifeContext, ...words } = selection;
  const entries = Object.entries({
    ...words,
    ...(ids === undefined ? {} : { ids: ids.join(',') }),
    ...(lifeContext === true ? { lifeContext: 'yes' } : {}),
    ...(adaptations ? { adaptations: 'yes' } : {}),
  }).map(([key, value]): [string, string] => [key, String(value)]);
  return `/files/library/package.zip?${new URLSearchParams(entries)}`;
};

export const Page = (): ReactNode => {
  const selection = useSelection();
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const chosen = ticked.length === 0 ? selection : { ids: [...ticked] };
  return (
    <Frame
      title="下载资源包"
      back={{ to: '/library', label: '研训资源库' }}
      lead="把选中的资源打成一个 .zip：每份有 Word 文件、全部已发布的版本、附件和图片，另有清单。换一个区或学校可以原样导入；报送区里原有的资源平台，用的也是这个包。"
    >
      <Summary selection={chosen} picked={ticked.length} />
      <Choice
        selection={selection}
        ticked={ticked}
        onTick={(id, on) => setTicked((old) => (on ? [...old, id] : old.filter((one) => one !== id)))}
      />
    </Frame>
  );
};

interface SummaryProps {
  readonly selection: PackageSelection;
  readonly picked: number;
}

const Summary = ({ selection, picked }: SummaryProps): ReactNode => {
  const me = useMe();
  const [adaptations, setAdaptations] = useState(false);
  const query = useQuery(
    library.query.describePackage.queryOptions({ input: selection, placeholderData: (before) => before }),
  );
  return (
    <Panel>
      <Loaded query={query}>
        {({ items, attachments, bytes, capped }) =>
          items === 0 ? (
            <Empty title="没有可以打包的资源。">
              <p>只有已发布的资源会进资源包。请回到资源库，换一个条件再选。</p>
            </Empty>
          ) : (
            <div className="stack">
              <p role="status">
                {picked === 0 ? '全部' : '勾选的'} <strong>{items}</strong> 份资源
                {attachments === 0 ? '' : `，${attachments} 个附件（${sizeText(bytes)}）`}。
                {capped ? '找到的太多，只取较新的 300 份；请再加一个条件。' : ''}
              </p>
              {adapts(me) ? (
                <CheckField
                  label="同时带上本校的校本化（只供查看）"
                  checked={adaptations}
                  onValue={setAdaptations}
                />
              ) : null}
              <div className="row">
                <a
                  className="button button-primary button-large"
                  href={addressOf(selection, adaptations)}
                  download
                >
                  下载资源包（{items} 份）
                </a>
              </div>
              <p className="muted small">
                边打包边下载，附件多时要等一会儿；在浏览器里取消下载就停止。没有发布的草稿不会打包。
              </p>
            </div>
          )
        }
      </Loaded>
    </Panel>
  );
};

interface ChoiceProps {
  readonly selection: PackageSelection;
  readonly ticked: readonly string[];
  readonly onTick: (id: string, on: boolean) => void;
}

const Choice = ({ selection, ticked, onTick }: ChoiceProps): ReactNode => {
  const { q, owner, ids: _ids, ...filters } = selection;
  const paging = {
    initialPageParam: undefined,
    getNextPageParam: ({ nextCursor }: { nextCursor: string | null }) => nextCursor ?? undefined,
  };
  const list = useInfiniteQuery(
    library.query.listItems.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...filters, view: 'published' as const, limit: 50, cursor }),
      ...paging,
      enabled: q === undefined,
    }),
  );
  const found = useInfiniteQuery(
    library.query.searchItems.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...filters,
        ...(owner === undefined ? {} : { owner }),
        q: q ?? '—',
        limit: 50,
        cursor,
      }),
      ...paging,
      enabled: q !== undefined,
    }),
  );
  const rows = (shown: readonly ItemRow[]): ReactNode => (
    <ul className="package-choice">
      {shown.map((row) => (
        <li key={row.id}>
          <CheckField
            label={
              <>
                {itemKindLabels[row.kind]}：{row.title} <small className="muted">{placeOf(row)}</small>
              </>
            }
            checked={ticked.includes(row.id)}
            disabled={ticked.length >= mostTicked && !ticked.includes(row.id)}
            onValue={(on) => onTick(row.id, on)}
          />
        </li>
      ))}
    </ul>
  );
  return (
    <Panel title="只要其中几份" lead="勾选后只打包勾选的；一份都不勾就是全部。">
      {q === undefined ? (
        <Paged query={list} unit="份" nothing="这里还没有已发布的资源。">
          {rows}
        </Paged>
      ) : (
        <Paged query={found} unit="份" nothing={`没有找到“${q}”。`}>
          {rows}
        </Paged>
      )}
    </Panel>
  );
};
