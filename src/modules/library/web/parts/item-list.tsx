import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import { gradeLabels, subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { Badge, type Tone } from '#web/ui/page.tsx';
import type { ItemRow, ListedItem } from '../../item/contract.ts';
import type { FoundItem, Range } from '../../search/contract.ts';
import { itemKindLabels, type RoundState, roundStateLabels } from '../../vocabulary/contract.ts';
import { Cover } from './cover.tsx';

const tones: Readonly<Record<RoundState, Tone>> = {
  drafting: 'info',
  'in-review': 'warn',
  approved: 'good',
  published: 'good',
  dropped: 'neutral',
};

export const RoundBadge = ({ state }: { state: RoundState }): ReactNode => (
  <Badge tone={tones[state]}>{roundStateLabels[state]}</Badge>
);

/** `三年级 数学 上册 第二单元 两位数乘两位数` as far as it is known. */
export const placeOf = ({ grade, subject, names }: Pick<ItemRow, 'grade' | 'subject' | 'names'>): string =>
  [gradeLabels[grade] ?? '', subjectLabels[subject], names.volume ?? '', names.unit ?? '', names.lesson ?? '']
    .filter((part) => part !== '')
    .join(' · ');

export const ItemBadges = ({ item }: { item: Omit<ItemRow, 'summary'> }): ReactNode => (
  <span className="row">
    {item.withdrawn ? <Badge tone="bad">已撤下</Badge> : null}
    {item.published === null ? null : <Badge tone="good">第 {item.published} 版</Badge>}
    {item.roundState === null ? null : <RoundBadge state={item.roundState} />}
    {item.names.outdated ? <Badge tone="warn">教材版本已停用</Badge> : null}
    {item.schoolName === null ? null : <Badge>{item.schoolName}</Badge>}
  </span>
);

/** A text with parts of it marked; the parts come in order and do not overlap. */
const Marked = ({ text, marks }: { text: string; marks: readonly Range[] }): ReactNode => (
  <>
    {marks.map(({ from, to }, at) => (
      <Fragment key={from}>
        {text.slice(marks[at - 1]?.to ?? 0, from)}
        <mark>{text.slice(from, to)}</mark>
      </Fragment>
    ))}
    {text.slice(marks.at(-1)?.to ?? 0)}
  </>
);

/** Items as they are listed, or as they were found: then with the words around a hit. */
type Listed = ListedItem & Partial<Pick<FoundItem, 'titleMarks' | 'excerpt'>>;

export const ItemList = ({ rows }: { rows: readonly Listed[] }): ReactNode => (
  <ul className="link-list covered-list">
    {rows.map((row) => (
      <li key={row.id}>
        <Link to="/library/items/$itemId" params={{ itemId: row.id }}>
          <Cover cover={row.cover} kind={row.kind} />
          <span>
            {itemKindLabels[row.kind]}：
            <Marked text={row.title} marks={row.titleMarks ?? []} />
          </span>
          <small>
            {placeOf(row)}
            {row.publishedAt === null ? '' : ` · ${chineseDate(chinaDay(new Date(row.publishedAt)))} 发布`}
          </small>
          {row.excerpt == null ? null : (
            <small className="excerpt">
              <Marked {...row.excerpt} />
            </small>
          )}
          <ItemBadges item={row} />
        </Link>
      </li>
    ))}
  </ul>
);
