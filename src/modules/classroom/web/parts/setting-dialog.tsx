import { type ReactNode, useState } from 'react';
import { gradeLabels } from '#modules/organisation/vocabulary/contract.ts';
import { Button } from '#web/ui/button.tsx';
import { ChangedElsewhere } from '#web/ui/changed-elsewhere.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DayField, Segments, TextArea, TextField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { ClassroomSetting, ClassroomSettingRow } from '../../settings/contract.ts';
import { classroomSettingTexts } from '../../settings/vocabulary/contract.ts';
import { classroom } from './api.ts';

type Bands = Extract<ClassroomSetting, { key: 'homework.limits' }>['value']['bands'];

interface Typed {
  /** A number as it is typed; of homework one for each band, empty where there is none. */
  readonly numbers: readonly string[];
  readonly yes: boolean;
  readonly grounds: readonly string[];
}

const typedOf = ({ value }: ClassroomSetting): Typed => {
  if (typeof value === 'boolean') return { numbers: [], yes: value, grounds: [] };
  if (typeof value === 'number') return { numbers: [String(value)], yes: false, grounds: [] };
  return {
    numbers: value.bands.map(({ minutes }) => (minutes === null ? '' : String(minutes))),
    yes: false,
    grounds: value.bands.map(({ ground }) => ground),
  };
};

const wholeOf = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,3}$/.test(text.trim()) ? Number(text) : null;

const bandsOf = (bands: Bands, { numbers, grounds }: Typed): Bands | null => {
  const made = bands.map((band, index) => ({
    ...band,
    minutes: wholeOf(numbers[index]),
    ground: grounds[index]?.trim() ?? '',
  }));
  // A band that lets work be taken home needs its number.
  return made.every(({ minutes, takeHome, ground }) => ground !== '' && (minutes !== null || !takeHome))
    ? made
    : null;
};

/** The setting with what was typed; null while something is missing. */
const settingOf = (setting: ClassroomSetting, typed: Typed): ClassroomSetting | null => {
  if (setting.key === 'observation.video-counts') return { ...setting, value: typed.yes };
  if (setting.key === 'homework.limits') {
    const bands = bandsOf(setting.value.bands, typed);
    return bands === null ? null : { ...setting, value: { bands } };
  }
  const value = wholeOf(typed.numbers[0]);
  return value === null ? null : { ...setting, value };
};

const replaced = (all: readonly string[], index: number, text: string): string[] =>
  all.map((one, place) => (place === index ? text : one));

export const SettingDialog = ({
  row: { setting, version },
  today,
  onClose,
}: {
  row: ClassroomSettingRow;
  today: string;
  onClose: () => void;
}): ReactNode => {
  const [typed, setTyped] = useState(() => typedOf(setting));
  const [fromOn, setFromOn] = useState(today);
  const [clause, setClause] = useState('');
  const set = useAction(classroom.client.setClassroomSetting, { done: '已修改', onDone: onClose });
  const { label } = classroomSettingTexts[setting.key];
  const next = settingOf(setting, typed);
  return (
    <Dialog title={`修改：${label}`} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (next !== null) set.mutate({ setting: next, fromOn, clause: clause.trim(), version });
        }}
      >
        <ValueFields setting={setting} typed={typed} onTyped={setTyped} />
        <DayField label="从哪天起" value={fromOn} min={today} onValue={setFromOn} required />
        <TextField
          label="依据"
          hint="例：某文件某条；领导小组某日会议"
          value={clause}
          onValue={setClause}
          maxLength={120}
          required
        />
        <ChangedElsewhere version={version} opens="/settings/classroom" />
        <Problem error={set.error} />
        <div className="row">
          <Button
            type="submit"
            variant="primary"
            busy={set.isPending}
            disabled={next === null || clause.trim() === '' || fromOn === ''}
          >
            保存
          </Button>
        </div>
      </form>
    </Dialog>
  );
};

const ValueFields = ({
  setting,
  typed,
  onTyped,
}: {
  setting: ClassroomSetting;
  typed: Typed;
  onTyped: (typed: Typed) => void;
}): ReactNode => {
  const { label, unit } = classroomSettingTexts[setting.key];
  const number = (index: number, text: string): void =>
    onTyped({ ...typed, numbers: replaced(typed.numbers, index, text) });
  if (setting.key === 'observation.video-counts')
    return (
      <Segments
        label={label}
        value={typed.yes ? 'yes' : 'no'}
        choices={[
          { value: 'no', label: '不计入' },
          { value: 'yes', label: '计入' },
        ]}
        onValue={(value) => onTyped({ ...typed, yes: value === 'yes' })}
      />
    );
  if (setting.key !== 'homework.limits')
    return (
      <TextField
        label={`${label}（${unit}）`}
        inputMode="numeric"
        value={typed.numbers[0] ?? ''}
        onValue={(text) => number(0, text)}
        required
      />
    );
  return setting.value.bands.map(({ gradeFrom, gradeTo, takeHome }, index) => {
    const grades = `${gradeLabels[gradeFrom]}至${gradeLabels[gradeTo]}`;
    return (
      <fieldset key={gradeFrom}>
        <legend>
          {grades}
          {takeHome ? '' : '（不布置家庭书面作业）'}
        </legend>
        {takeHome ? (
          <TextField
            label={`${grades}每天最多（分钟）`}
            inputMode="numeric"
            value={typed.numbers[index] ?? ''}
            onValue={(text) => number(index, text)}
            required
          />
        ) : null}
        <TextArea
          label={`${grades}的依据`}
          rows={2}
          maxLength={200}
          value={typed.grounds[index] ?? ''}
          onValue={(text) => onTyped({ ...typed, grounds: replaced(typed.grounds, index, text) })}
          required
        />
      </fieldset>
    );
  });
};
