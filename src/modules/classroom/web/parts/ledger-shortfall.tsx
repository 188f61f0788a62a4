import type { ReactNode } from 'react';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { TextArea } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { Ledger } from '../../ledger/contract.ts';
import { classroom } from './api.ts';
import { useKeptText } from './use-kept-text.ts';

/** Why the term's number is not reached; the leading group reads the newest beside the number. */
export const ShortfallForm = ({
  termId,
  versions,
}: {
  termId: string;
  versions: Ledger['shortfall'];
}): ReactNode => {
  const newest = versions.at(-1);
  const { value, set, clear } = useKeptText('shortfall', termId, newest?.text ?? '');
  const explain = useAction(classroom.client.explainShortfall, { done: '已保存说明', onDone: clear });
  return (
    <Panel
      title="节数不足的说明"
      lead="如果本学期听课节数可能不到目标，可以在这里写明原因；区领导小组会在区级听课进度的节数旁看到最新一版。"
    >
      <TextArea label="说明" value={value} maxLength={500} onValue={set} />
      {newest === undefined ? null : (
        <p className="muted small">
          第 {newest.number} 版，{chineseDate(chinaDay(new Date(newest.madeAt)))}；以前各版仍保留。
        </p>
      )}
      <Problem error={explain.error} />
      <Button
        busy={explain.isPending}
        disabled={value.trim() === (newest?.text ?? '')}
        onClick={() => explain.mutate({ termId, number: versions.length, text: value })}
      >
        保存说明
      </Button>
    </Panel>
  );
};
