import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { isResearchOfficer, maySign } from '#modules/organisation/rules.ts';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { formatDocumentNumber } from '#platform/official-document/numbering.ts';
import { useMe } from '#web/session.tsx';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { ChangedElsewhere } from '#web/ui/changed-elsewhere.tsx';
import { type Column, DataTable } from '#web/ui/data-table.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DayField, SelectField, TextField } from '#web/ui/field.tsx';
import { Badge, Facts, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { Letterhead, NumberRow } from '../contract.ts';
import { circulars } from './parts/api.ts';

const thisYear = (): number => Number(todayHere().slice(0, 4));
const recentYears = (): number[] => Array.from({ length: 6 }, (_, back) => thisYear() - back);

const columns: Column<NumberRow>[] = [
  { title: '发文字号', cell: (row) => formatDocumentNumber(row) },
  {
    title: '标题',
    lead: true,
    cell: ({ circularId, title }) => (
      <Link to="/circulars/$circularId" params={{ circularId }}>
        {title}
      </Link>
    ),
  },
  { title: '印发日期', cell: ({ issuedAt }) => chineseDate(chinaDay(new Date(issuedAt))) },
  {
    title: '状态',
    cell: ({ voidedAt, voidReason }) =>
      voidedAt === null ? (
        <Badge tone="good">有效</Badge>
      ) : (
        <span className="row">
          <Badge tone="bad">已作废</Badge>
          {voidReason}
        </span>
      ),
  },
];

export const Page = (): ReactNode => {
  const me = useMe();
  const mayChange = isResearchOfficer(me) || maySign(me);
  const [year, setYear] = useState(thisYear);
  const [changing, setChanging] = useState<'letterhead' | 'number' | null>(null);
  const letterhead = useQuery(circulars.query.getLetterhead.queryOptions({ input: {} }));
  const numbers = useQuery(circulars.query.listNumbers.queryOptions({ input: { year } }));
  const close = (): void => setChanging(null);
  return (
    <Frame
      title="发文登记与版头"
      lead="编号在印发时自动取用，依次递增；作废的号留存，不再使用。"
      back={{ to: '/circulars', label: '通报与通知' }}
    >
      <Panel
        title="发文登记"
        actions={mayChange ? <Button onClick={() => setChanging('number')}>设定下一个号</Button> : undefined}
      >
        <div className="filters">
          <SelectField
            label="年份"
            value={String(year)}
            choices={recentYears().map((one) => ({ value: String(one), label: `${one}年` }))}
            onValue={(value) => setYear(Number(value))}
          />
        </div>
        <Loaded query={numbers}>
          {({ rows, next }) => (
            <>
              {next.map((one) => (
                <p key={one.series}>下一个号：{formatDocumentNumber(one)}</p>
              ))}
              <DataTable
                caption={`${year}年发文登记`}
                rows={rows}
                rowKey={({ circularId }) => circularId}
                empty={<Empty title="这一年还没有在平台上发文。" />}
                columns={columns}
              />
            </>
          )}
        </Loaded>
      </Panel>
      <Loaded query={letterhead}>
        {({ letterhead: current, version }) => (
          <>
            <Panel
              title="现行版头"
              actions={
                mayChange ? <Button onClick={() => setChanging('letterhead')}>修改版头</Button> : undefined
              }
            >
              <Facts
                items={[
                  ['发文机关标志', current.issuerMark],
                  ['机关代字', current.series],
                  ['发文机关署名', current.issuer],
                  ['主送机关', current.recipients],
                  ['抄送机关', current.copyTo || '—'],
                  ['印发机关', current.issuedBy || '—'],
                ]}
              />
            </Panel>
            {changing === 'letterhead' ? (
              <LetterheadDialog current={current} version={version} onClose={close} />
            ) : null}
            {changing === 'number' ? <NumberDialog series={current.series} onClose={close} /> : null}
          </>
        )}
      </Loaded>
    </Frame>
  );
};

const letterheadFields: readonly (readonly [name: keyof Letterhead, label: string, required: boolean])[] = [
  ['issuerMark', '发文机关标志', true],
  ['series', '机关代字', true],
  ['issuer', '发文机关署名', true],
  ['recipients', '主送机关', true],
  ['copyTo', '抄送机关', false],
  ['issuedBy', '印发机关', false],
];

const LetterheadDialog = ({
  current,
  version,
  onClose,
}: {
  current: Letterhead;
  version: string;
  onClose: () => void;
}): ReactNode => {
  const [letterhead, setLetterhead] = useState(current);
  const [fromOn, setFromOn] = useState(() => todayHere());
  const [clause, setClause] = useState('');
  const set = useAction(circulars.client.setLetterhead, { done: '版头已修改', onDone: onClose });
  return (
    <Dialog title="修改版头" onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          set.mutate({ letterhead, fromOn, clause: clause.trim(), version });
        }}
      >
        {letterheadFields.map(([name, label, required]) => (
          <TextField
            key={name}
            label={label}
            value={letterhead[name]}
            required={required}
            onValue={(value) => setLetterhead({ ...letterhead, [name]: value })}
          />
        ))}
        <DayField label="从哪天起" value={fromOn} onValue={setFromOn} required />
        <TextField label="依据" value={clause} onValue={setClause} required />
        <p className="muted small">已印发的公文仍按当时的版头显示。</p>
        <ChangedElsewhere version={version} opens="/circulars/register" />
        <Problem error={set.error} />
        <div className="row">
          <Button type="submit" variant="primary" busy={set.isPending}>
            保存
          </Button>
        </div>
      </form>
    </Dialog>
  );
};

const NumberDialog = ({ series, onClose }: { series: string; onClose: () => void }): ReactNode => {
  const [next, setNext] = useState('');
  const set = useAction(circulars.client.setNextNumber, { done: '下一个号已设定', onDone: onClose });
  const number = Number(next);
  const wrong = next !== '' && !(Number.isInteger(number) && number >= 1);
  const year = thisYear();
  return (
    <Dialog title="设定下一个号" onClose={onClose}>
      <p>本年在平台之外已经用过的号，从下一个号接着编。只能往后设。</p>
      <TextField
        label={`${series}〔${year}〕下一个号`}
        inputMode="numeric"
        value={next}
        onValue={setNext}
        error={wrong ? '请填整数' : undefined}
        required
      />
      <Problem error={set.error} />
      <div className="row">
        <Button
          variant="primary"
          busy={set.isPending}
          disabled={next === '' || wrong}
          onClick={() => set.mutate({ series, year, next: number })}
        >
          设定
        </Button>
      </div>
    </Dialog>
  );
};
