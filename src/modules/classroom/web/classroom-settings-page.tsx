import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { gradeLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chineseDate } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { Facts, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import type { ClassroomSetting, ClassroomSettingRow } from '../settings/contract.ts';
import { classroomSettingTexts } from '../settings/vocabulary/contract.ts';
import { classroom } from './parts/api.ts';
import { SettingDialog } from './parts/setting-dialog.tsx';
import './classroom.css';

/** A value in words. */
const valueText = ({ key, value }: ClassroomSetting): string => {
  if (typeof value === 'boolean') return value ? '计入' : '不计入';
  if (typeof value === 'number') return `${value} ${classroomSettingTexts[key].unit}`;
  return value.bands
    .map(({ gradeFrom, gradeTo, minutes, takeHome }) => {
      const grades = `${gradeLabels[gradeFrom]}至${gradeLabels[gradeTo]}`;
      const most = minutes === null ? '' : `每天 ${minutes} 分钟`;
      return `${grades}${most}${takeHome ? '' : `${most === '' ? '' : '，'}不布置家庭书面作业`}`;
    })
    .join('；');
};

export const Page = (): ReactNode => {
  const query = useQuery(classroom.query.listClassroomSettings.queryOptions({ input: {} }));
  return (
    <Frame
      title="课堂工作规定"
      width="narrow"
      lead="听课、问题整改、作业和图书馆用到的数字，各有依据和执行日期；以前的记录按当时的规定。"
    >
      <Loaded query={query}>
        {({ rows, mayChange, today }) =>
          rows.map((row) => (
            <SettingPanel key={row.setting.key} row={row} mayChange={mayChange} today={today} />
          ))
        }
      </Loaded>
    </Frame>
  );
};

const SettingPanel = ({
  row,
  mayChange,
  today,
}: {
  row: ClassroomSettingRow;
  mayChange: boolean;
  today: string;
}): ReactNode => {
  const [changing, setChanging] = useState(false);
  const { setting, fromOn, clause, values } = row;
  const { label, effect } = classroomSettingTexts[setting.key];
  const coming = values.filter((one) => one.fromOn > today).toReversed();
  const earlier = values.filter((one) => one.fromOn < (fromOn ?? ''));
  return (
    <Panel
      title={label}
      lead={effect}
      actions={
        mayChange ? (
          <Button size="small" aria-label={`修改 ${label}`} onClick={() => setChanging(true)}>
            修改
          </Button>
        ) : undefined
      }
    >
      <Facts
        items={[
          ['现在', valueText(setting)],
          ...(fromOn === null ? [] : [['从哪天起', chineseDate(fromOn)] as const]),
          ['依据', clause],
        ]}
      />
      {coming.map((one) => (
        <p key={one.fromOn} className="notice">
          从{chineseDate(one.fromOn)}起：{valueText(one.setting)}。依据：{one.clause}
        </p>
      ))}
      {earlier.length === 0 ? null : (
        <details>
          <summary>以前的规定</summary>
          <ul className="plain-list">
            {earlier.map((one) => (
              <li key={one.fromOn}>
                从{chineseDate(one.fromOn)}起：{valueText(one.setting)}。依据：{one.clause}
                {one.setByName === null ? '' : `（${one.setByName}）`}
              </li>
            ))}
          </ul>
        </details>
      )}
      {changing ? <SettingDialog row={row} today={today} onClose={() => setChanging(false)} /> : null}
    </Panel>
  );
};
