import type { ReactNode } from 'react';
import { type Post, postLabels } from '#modules/organisation/vocabulary/contract.ts';
import { Button } from '#web/ui/button.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';

interface Leader {
  readonly personId: string;
  readonly name: string;
  readonly post: Post;
  readonly schoolId: string;
  readonly schoolName: string;
}

interface RatersProps {
  readonly leaders: readonly Leader[];
  readonly value: readonly string[];
  readonly onValue: (raters: string[]) => void;
}

/** Principals and vice-principals: all of a post by one tap, or school by school. */
export const CalibrationRaters = ({ leaders, value, onValue }: RatersProps): ReactNode => {
  const add = (people: readonly Leader[]): void =>
    onValue([...new Set([...value, ...people.map(({ personId }) => personId)])]);
  const schools = new Map(leaders.map(({ schoolId, schoolName }) => [schoolId, schoolName]));
  const chosen = [...Map.groupBy(leaders, ({ personId }) => personId)].filter(([id]) => value.includes(id));
  return (
    <Panel title="请谁来评">
      <div className="row">
        {(['principal', 'vice-principal'] as const).map((post) => {
          const all = leaders.filter((one) => one.post === post);
          return (
            <Button key={post} onClick={() => add(all)} disabled={all.length === 0}>
              加全区{postLabels[post]}（{new Set(all.map(({ personId }) => personId)).size}）
            </Button>
          );
        })}
      </div>
      <SelectField
        label="或按学校加校长和教学副校长"
        none="请选择"
        value=""
        choices={[...schools].map(([id, name]) => ({ value: id, label: name }))}
        onValue={(schoolId) => add(leaders.filter((one) => one.schoolId === schoolId))}
      />
      {chosen.length === 0 ? (
        <p className="muted">还没有选人。</p>
      ) : (
        <details>
          <summary>已选 {chosen.length} 人，点开可去掉个别人</summary>
          <div className="row">
            {chosen.map(([id, [first]]) => (
              <Button
                key={id}
                size="small"
                aria-label={`去掉${first?.name ?? ''}`}
                onClick={() => onValue(value.filter((one) => one !== id))}
              >
                {first?.name}（{first?.schoolName}）✕
              </Button>
            ))}
            <Button size="small" variant="danger" onClick={() => onValue([])}>
              全部去掉
            </Button>
          </div>
        </details>
      )}
    </Panel>
  );
};
