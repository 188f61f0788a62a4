import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { TextArea, TextField } from '#web/ui/field.tsx';
import type { StRecord } from '../../lens/contract.ts';
import { emptyLens, lensProblem } from '../../lens/rules.ts';
import { readSamples, variantOf } from '../../lens/st/rules.ts';
import type { StInterval } from '../../lens/vocabulary/contract.ts';

interface StImportProps {
  readonly interval: StInterval;
  readonly onSt: (st: StRecord) => void;
}

const numbers = [
  ['n', '样本总数 N'],
  ['nt', '教师样本 Nt'],
  ['g', '连数 g'],
] as const;

/** What was taken with another tool: the samples themselves, or their three counts. */
export const StImport = ({ interval, onSt }: StImportProps): ReactNode => {
  const [text, setText] = useState('');
  const [counts, setCounts] = useState({ n: '', nt: '', g: '' });
  const [wrong, setWrong] = useState<{ samples?: string; counts?: string }>({});
  const takeSamples = (): void => {
    const { samples, unknown } = readSamples(text);
    if (unknown.length > 0)
      return setWrong({ samples: `只能有 T、S、D，这里还有：${unknown.slice(0, 5).join(' ')}` });
    if (samples === '') return setWrong({ samples: '请粘贴 T、S 序列' });
    if (samples.length > 2400) return setWrong({ samples: '一节课的样本不会超过 2400 个，请核对' });
    onSt({ source: 'samples', variant: variantOf(samples), interval, samples });
  };
  const takeCounts = (): void => {
    const [n, nt, g] = [Number(counts.n), Number(counts.nt), Number(counts.g)];
    const whole = [n, nt, g].every((one) => Number.isInteger(one) && one >= 0 && one <= 9999);
    if (!whole || n < 1 || g < 1 || counts.nt === '')
      return setWrong({ counts: '请填三个整数，N 和 g 至少是 1' });
    const st: StRecord = { source: 'counts', variant: 't-s', interval, n, nt, g };
    const problem = lensProblem({ ...emptyLens, st });
    if (problem !== null) return setWrong({ counts: problem });
    onSt(st);
  };
  return (
    <details>
      <summary>录入已有的 S–T 数据</summary>
      <div className="stack">
        <TextArea
          label="T、S 序列"
          value={text}
          error={wrong.samples}
          hint="如 TTTTSSTTSS，按上面选的间隔采样"
          onValue={setText}
        />
        <div>
          <Button onClick={takeSamples}>用这个序列</Button>
        </div>
        <p className="muted">或者只有三个数：</p>
        <div className="lens-numbers">
          {numbers.map(([key, label]) => (
            <TextField
              key={key}
              label={label}
              inputMode="numeric"
              value={counts[key]}
              onValue={(value) => setCounts({ ...counts, [key]: value.trim() })}
            />
          ))}
        </div>
        {wrong.counts === undefined ? null : (
          <p className="problem" role="alert">
            {wrong.counts}
          </p>
        )}
        <div>
          <Button onClick={takeCounts}>用这三个数</Button>
        </div>
      </div>
    </details>
  );
};
