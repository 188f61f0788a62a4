import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { gradeLabels, subjectLabels, subjects } from '#modules/organisation/vocabulary/contract.ts';
import { useMe } from '#web/session.tsx';
import { Button, ButtonLink } from '#web/ui/button.tsx';
import { CheckField, choicesOf, Segments, SelectField } from '#web/ui/field.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Paged } from '#web/ui/paged.tsx';
import { itemOwnerLabels, itemOwners, longestQuery } from '../search/vocabulary/contract.ts';
import { itemKindLabels, itemKinds } from '../vocabulary/contract.ts';
import { writesSomething } from './nav.tsx';
import { library } from './parts/api.ts';
import { ItemList } from './parts/item-list.tsx';
import { type FilterChip, FoundItems, SearchField } from './parts/item-search.tsx';
import { KeptDrafts } from './parts/kept-drafts.tsx';
import { noPlace, type PlaceChoice, PlaceFields, stageOf } from './parts/place-fields.tsx';
import { asSearch, saidIn } from './parts/use-address.ts';

const views = ['published', 'in-work', 'mine'] as const;
const viewLabels = { published: '已发布', 'in-work': '编写和审核中', mine: '我发起的' } as const;
/** The rows behind a figure elsewhere. */
const countedViews = ['to-publish', 'field', 'used-outside'] as const;
const countedLabels: Readonly<Record<(typeof countedViews)[number], string>> = {
  'to-publish': '只列审核通过、等您发布的区级资源',
  field: '只列您负责的学科里已发布的区级资源',
  'used-outside': '只列在编写人所在学校以外用起来的区级资源',
};
type View = (typeof views)[number] | (typeof countedViews)[number];

interface Shown {
  readonly place?: PlaceChoice;
  readonly kind?: string;
  readonly view?: View;
  readonly q?: string;
  readonly owner?: string;
  readonly life?: '' | 'yes';
}

/** What is looked at stands in the address: it can be sent to a colleague and survives a way back. */
const useShown = () => {
  const me = useMe();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const own = me.ownSubject ?? '';
  const asked = saidIn(search, 'subject');
  const place: PlaceChoice = {
    subject: asked === 'all' ? '' : (subjects.find((one) => one === asked) ?? own),
    grade: /^[1-9]$/.test(saidIn(search, 'grade')) ? saidIn(search, 'grade') : '',
    volumeId: saidIn(search, 'volume'),
    unitId: saidIn(search, 'unit'),
    lessonId: saidIn(search, 'lesson'),
  };
  const kind = itemKinds.find((one) => one === saidIn(search, 'kind'));
  const view: View = [...views, ...countedViews].find((one) => one === saidIn(search, 'view')) ?? 'published';
  const owner = itemOwners.find((one) => one === saidIn(search, 'owner'));
  const life = saidIn(search, 'life') === 'yes';
  const q = saidIn(search, 'q').trim().slice(0, longestQuery);
  const searchFor = (next: Shown): Record<string, unknown> => {
    const to = next.place ?? place;
    return asSearch({
      subject: to.subject === '' ? 'all' : to.subject,
      grade: to.grade,
      volume: to.volumeId,
      unit: to.unitId,
      lesson: to.lessonId,
      kind: next.kind ?? kind ?? '',
      view: next.view ?? view,
      q: next.q ?? q,
      // Of a search alone: without one the list has no such filter.
      owner: (next.q ?? q) === '' ? '' : (next.owner ?? owner ?? ''),
      life: next.life ?? (life ? 'yes' : ''),
    });
  };
  const show = (next: Shown): void =>
    void navigate({ to: '/library', search: searchFor(next), resetScroll: false });
  return { place, kind, view, owner, life, q, show, shown: searchFor({}) };
};

const noBook = { volumeId: '', unitId: '', lessonId: '' } as const;

/** While one searches, what was found comes first: the filters can be opened. */
const Filters = ({ searching, children }: { searching: boolean; children: ReactNode }): ReactNode =>
  searching ? (
    <details>
      <summary>筛选</summary>
      <div className="filters">{children}</div>
    </details>
  ) : (
    <div className="filters">{children}</div>
  );

export const Page = (): ReactNode => {
  const me = useMe();
  const { place, kind, view, owner, life, q, show, shown } = useShown();
  const writes = writesSomething(me);
  const grade = Number(place.grade);
  const filters = {
    ...(place.subject === '' ? {} : { subject: place.subject }),
    ...(place.grade === '' ? {} : { grade, stage: stageOf(grade) }),
    ...(place.volumeId === '' ? {} : { volumeId: place.volumeId }),
    ...(place.unitId === '' ? {} : { unitId: place.unitId }),
    ...(place.lessonId === '' ? {} : { lessonId: place.lessonId }),
    ...(kind === undefined ? {} : { kind }),
    ...(life ? { lifeContext: true } : {}),
  };
  const searched = { ...filters, ...(owner === undefined ? {} : { owner }) };
  const chips: FilterChip[] = [
    ...(place.subject === ''
      ? []
      : [
          {
            label: subjectLabels[place.subject],
            onRemove: () => show({ place: { ...noPlace, grade: place.grade } }),
          },
        ]),
    ...(place.grade === ''
      ? []
      : [
          {
            label: gradeLabels[grade] ?? '',
            onRemove: () => show({ place: { ...noPlace, subject: place.subject } }),
          },
        ]),
    ...(place.volumeId === ''
      ? []
      : [{ label: '所选的册次和单元', onRemove: () => show({ place: { ...place, ...noBook } }) }]),
    ...(kind === undefined ? [] : [{ label: itemKindLabels[kind], onRemove: () => show({ kind: '' }) }]),
    ...(life ? [{ label: '有生活情境', onRemove: () => show({ life: '' }) }] : []),
    ...(owner === undefined ? [] : [{ label: itemOwnerLabels[owner], onRemove: () => show({ owner: '' }) }]),
  ];
  const counted = countedViews.find((one) => one === view);
  const query = useInfiniteQuery(
    library.query.listItems.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...filters, view, limit: 30, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      enabled: q === '',
    }),
  );
  return (
    <Frame
      title="研训资源库"
      lead="全区统一的教学体系：先看，再按本校学情改，上完课把改进建议送回中心组。"
      actions={
        writes ? (
          <>
            <ButtonLink
              to="/library/add"
              search={{
                ...(place.subject === '' ? {} : { subject: place.subject }),
                ...(place.grade === '' ? {} : { grade: place.grade }),
                ...(place.unitId === '' ? {} : { unit: place.unitId }),
                ...(kind === undefined ? {} : { kind }),
              }}
            >
              加一个文件
            </ButtonLink>
            <ButtonLink to="/library/new" variant="primary">
              编写资源
            </ButtonLink>
          </>
        ) : undefined
      }
    >
      {writes ? <KeptDrafts /> : null}
      <Panel>
        <SearchField q={q} filters={searched} onSearch={(next) => show({ q: next })} />
        {counted === undefined || q !== '' ? null : (
          <p className="notice row spread">
            <span>{countedLabels[counted]}</span>
            <Link to="/library">看全部资源</Link>
          </p>
        )}
        {writes && q === '' && counted === undefined ? (
          <Segments
            label="范围"
            hideLabel
            value={views.find((one) => one === view) ?? 'published'}
            choices={choicesOf(views, viewLabels)}
            onValue={(next) => show({ view: next })}
          />
        ) : null}
        <Filters searching={q !== ''}>
          <PlaceFields value={place} onValue={(next) => show({ place: next })} />
          <SelectField
            label="种类"
            value={kind ?? ''}
            none="全部"
            choices={choicesOf(itemKinds, itemKindLabels)}
            onValue={(next) => show({ kind: next })}
          />
          <CheckField
            label="只看有生活情境的"
            checked={life}
            onValue={(on) => show({ life: on ? 'yes' : '' })}
          />
          {q === '' ? null : (
            <SelectField
              label="来源"
              value={owner ?? ''}
              none="全部"
              choices={choicesOf(itemOwners, itemOwnerLabels)}
              onValue={(next) => show({ owner: next })}
            />
          )}
        </Filters>
        {q === '' ? (
          <Paged
            query={query}
            unit="份"
            nothing={view === 'published' ? '这里还没有已发布的资源。' : '没有符合条件的资源。'}
            hint={
              <>
                <p>换一个学科、年级或种类再看。</p>
                {place.subject === '' ? null : (
                  <Button onClick={() => show({ place: noPlace, kind: '', life: '' })}>看全部学科</Button>
                )}
              </>
            }
          >
            {(rows) => <ItemList rows={rows} />}
          </Paged>
        ) : (
          <FoundItems
            q={q}
            filters={searched}
            chips={chips}
            onEverywhere={() => show({ place: noPlace, kind: '', owner: '', life: '' })}
          />
        )}
        {view === 'published' || q !== '' ? (
          <div className="row">
            <ButtonLink to="/library/package" search={shown}>
              下载资源包
            </ButtonLink>
            <span className="muted small">把这里列出的资源连同附件打成一个 .zip。</span>
          </div>
        ) : null}
      </Panel>
    </Frame>
  );
};
