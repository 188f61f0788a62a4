import { type ReactNode, useState } from 'react';
import { chineseDate, weekdayLabels, weekdayOf } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { ChangedElsewhere } from '#web/ui/changed-elsewhere.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Segments, SelectField, TextField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { TermRow } from '../../calendar/contract.ts';
import type { SpecialDay } from '../../calendar/rules.ts';
import { organisation } from './api.ts';

interface CalendarDayDialogProps {
  readonly term: TermRow & { readonly specialDays: readonly SpecialDay[] };
  readonly dayOn: string;
  readonly onClose: () => void;
}

export const CalendarDayDialog = ({ term, dayOn, onClose }: CalendarDayDialogProps): ReactNode => {
  const special = term.specialDays.find((one) => one.dayOn === dayOn);
  const weekday = weekdayOf(dayOn);
  const [kind, setKind] = useState<'off' | 'on'>((special?.isTeachingDay ?? weekday > 5) ? 'on' : 'off');
  const [follows, setFollows] = useState(String(special?.followsWeekday ?? ''));
  const [note, setNote] = useState(special?.note ?? '');
  const options = { done: '校历已修改。', onDone: onClose };
  const set = useAction(organisation.client.setCalendarDay, options);
  const clear = useAction(organisation.client.clearCalendarDay, options);
  const edit = { termId: term.id, version: term.version, dayOn };
  return (
    <Dialog title={`${chineseDate(dayOn)}（${weekdayLabels[weekday]}）`} onClose={onClose}>
      <form
        className="org-form"
        onSubmit={(event) => {
          event.preventDefault();
          set.mutate({
            ...edit,
            isTeachingDay: kind === 'on',
            followsWeekday: kind === 'on' && follows !== '' ? Number(follows) : null,
            note: note.trim(),
          });
        }}
      >
        <Segments
          label="这一天"
          value={kind}
          onValue={setKind}
          choices={[
            { value: 'off', label: '不上课' },
            { value: 'on', label: '上课（补课）' },
          ]}
        />
        {kind === 'on' ? (
          <SelectField
            label="按周几的课表上课"
            value={follows}
            onValue={setFollows}
            none={`按${weekdayLabels[weekday]}`}
            choices={[1, 2, 3, 4, 5].map((one) => ({ value: String(one), label: weekdayLabels[one] ?? '' }))}
          />
        ) : null}
        <TextField
          label="原因"
          value={note}
          onValue={setNote}
          required
          maxLength={60}
          placeholder="如：国庆节放假、补10月6日的课"
        />
        <ChangedElsewhere version={term.version} opens="/calendar" />
        <Problem error={set.error ?? clear.error} />
        <div className="panel-actions">
          <Button type="submit" variant="primary" busy={set.isPending}>
            保存
          </Button>
          {special === undefined ? null : (
            <Button busy={clear.isPending} onClick={() => clear.mutate(edit)}>
              恢复正常
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
};
