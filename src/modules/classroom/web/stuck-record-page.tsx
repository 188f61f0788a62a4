import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chinaClock, chinaDay, chineseDate } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { Facts, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { slotsLabel } from '../rules.ts';
import type { LookedAtRecord } from '../stuck/contract.ts';
import { classroom } from './parts/api.ts';

const largestFile = 200_000;

/** 导入滞留的听课记录: what a phone could not send comes in by a file, as a draft of whoever wrote it. */
export const Page = (): ReactNode => {
  const [text, setText] = useState<string | null>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const [done, setDone] = useState<{ receipt: number; observerName: string } | null>(null);
  const take = async (file: File | undefined): Promise<void> => {
    setDone(null);
    setText(null);
    setTooLarge(file !== undefined && file.size > largestFile);
    if (file !== undefined && file.size <= largestFile) setText(await file.text());
  };
  return (
    <Frame
      title="导入滞留的听课记录"
      lead="手机上送不出去的听课记录，由本人导出成文件后在这里导入。导入后是本人的草稿，由本人核对并完成。"
      width="narrow"
    >
      <Panel title="选择文件">
        <label className="field">
          <span className="field-label">从手机导出的文件（.json）</span>
          <input
            type="file"
            accept=".json,application/json"
            onChange={(event) => void take(event.currentTarget.files?.[0])}
          />
        </label>
        {tooLarge ? (
          <p className="problem" role="alert">
            文件太大，不是一份听课记录的导出文件，请核对。
          </p>
        ) : null}
      </Panel>
      {done === null ? null : (
        <p className="notice notice-good" role="status">
          已导入为{done.observerName}的草稿，已收到（回执号 {done.receipt}）。请告知本人打开“听课”核对并完成。
        </p>
      )}
      {text === null ? null : (
        <Looked
          key={text}
          text={text}
          onDone={(made) => {
            setDone(made);
            setText(null);
          }}
        />
      )}
    </Frame>
  );
};

const Looked = ({
  text,
  onDone,
}: {
  text: string;
  onDone: (made: { receipt: number; observerName: string }) => void;
}): ReactNode => {
  const query = useQuery({
    ...classroom.query.lookAtStuckRecord.queryOptions({ input: { text } }),
    staleTime: 0,
  });
  const bringIn = useAction(classroom.client.bringInStuckRecord, { onDone });
  return (
    <Panel title="文件里的记录">
      <Loaded query={query}>
        {(found) => (
          <>
            <What found={found} />
            {found.receipt === null ? (
              <div>
                <Problem error={bringIn.error} />
                <Button variant="primary" busy={bringIn.isPending} onClick={() => bringIn.mutate({ text })}>
                  导入为草稿
                </Button>
              </div>
            ) : (
              <p className="notice" role="status">
                这份记录已经收到（回执号 {found.receipt}），不必再导入。
              </p>
            )}
          </>
        )}
      </Loaded>
    </Panel>
  );
};

const What = ({ found }: { found: LookedAtRecord }): ReactNode => {
  const exported = new Date(found.exportedAt);
  return (
    <>
      <Facts
        items={[
          ['听课人', found.observerName],
          ['时间', `${chineseDate(found.dayOn)} ${slotsLabel(found.slotFrom, found.slotTo)}`],
          ['学校', found.schoolName ?? '（没有填）'],
          [
            '课',
            [found.classLabel, found.subject === null ? '' : subjectLabels[found.subject], found.teacherName]
              .filter((part) => part !== '')
              .join(' '),
          ],
          ['导出时间', `${chineseDate(chinaDay(exported))} ${chinaClock(exported)}`],
        ]}
      />
      {found.finish ? <p className="muted">本人已点过“完成”；导入后仍须本人核对，再点一次。</p> : null}
      {found.setAside.length === 0 ? null : (
        <div className="notice notice-warn">
          <p>与名册不符之处，导入后请本人核对：</p>
          <ul>
            {found.setAside.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
};
