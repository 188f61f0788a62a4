import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { CheckField, SelectField, TextArea } from '#web/ui/field.tsx';
import { codeEvery, codeSets } from '../../lens/coding/contract.ts';
import { readCodes } from '../../lens/coding/rules.ts';
import type { Coding } from '../../lens/contract.ts';
import { durationLabel } from '../../lens/rules.ts';
import { type CodeSetId, codeSetIds } from '../../lens/vocabulary/contract.ts';
import type { Mode } from '../../vocabulary/contract.ts';
import { ClearButton } from './lens-clear.tsx';

interface LensCodesProps {
  readonly coding: Coding | null;
  readonly mode: Mode;
  readonly onCoding: (coding: Coding | null) => void;
}

const mostLetters = 15_000;

/** For a recording that can be stopped: a code for every three seconds. */
export const LensCodes = ({ coding, mode, onCoding }: LensCodesProps): ReactNode => {
  const [chosen, setChosen] = useState<CodeSetId>('fias-1');
  const [pasted, setPasted] = useState('');
  const [wrong, setWrong] = useState<string>();
  const [repeats, setRepeats] = useState(false);
  const codeSet = coding?.codeSet ?? chosen;
  const codes = coding === null ? [] : readCodes(coding.codes, codeSet).codes;
  const last = codes.at(-1);
  const put = (next: readonly string[]): boolean => {
    const text = next.join(' ');
    if (text.length > mostLetters) return false;
    onCoding(next.length === 0 ? null : { codeSet, codes: text });
    return true;
  };
  const repeat = useEffectEvent(() => {
    if (last === undefined || !put([...codes, last])) setRepeats(false);
  });
  // The three seconds begin anew with every code that is tapped.
  const count = codes.length;
  useEffect(() => {
    if (!repeats || count === 0) return undefined;
    const timer = setTimeout(() => repeat(), codeEvery * 1000);
    return () => clearTimeout(timer);
  }, [repeats, count]);
  const take = (): void => {
    const { codes: read, unknown } = readCodes(pasted, codeSet);
    if (unknown.length > 0)
      return setWrong(`“${codeSets[codeSet].label}”里没有：${unknown.slice(0, 5).join('、')}`);
    if (read.length === 0) return setWrong('请粘贴编码');
    if (!put([...codes, ...read])) return setWrong('编码太多，一节课一般是 800—1000 个，请核对');
    setPasted('');
    setWrong(undefined);
  };
  return (
    <>
      <p className="muted">只用于录像：看一段停一段，每 3 秒一个编码；拿不准时，取离 5 最远的。</p>
      {mode === 'video' ? null : (
        <p className="notice notice-warn">
          听课方式现在不是“录像”。要保留编码，请改回“录像”；否则请清空编码。
        </p>
      )}
      <SelectField
        label="编码表"
        value={codeSet}
        disabled={coding !== null}
        choices={codeSetIds.map((id) => ({ value: id, label: codeSets[id].label }))}
        onValue={(value) => setChosen(codeSetIds.find((id) => id === value) ?? 'fias-1')}
      />
      <div className="lens-pad">
        {codeSets[codeSet].codes.map(({ code, label }) => (
          <button
            key={code}
            type="button"
            className="lens-tap"
            aria-pressed={last === code}
            onClick={() => put([...codes, code])}
          >
            {code}
            <small>{label}</small>
          </button>
        ))}
      </div>
      <CheckField label="每 3 秒自动重复上一个编码" checked={repeats} onValue={setRepeats} />
      <p>
        已有 {codes.length} 个编码（{durationLabel(codes.length * codeEvery)}）
        {codes.length === 0 ? '' : `，最近：${codes.slice(-8).join(' ')}`}
      </p>
      <TextArea
        label="粘贴编码"
        value={pasted}
        error={wrong}
        hint="用空格、逗号或换行隔开"
        onValue={setPasted}
      />
      <div className="row">
        <Button onClick={take}>加入这些编码</Button>
        {coding === null ? null : (
          <>
            <Button variant="quiet" onClick={() => put(codes.slice(0, -1))}>
              撤销上一个
            </Button>
            <ClearButton label="清空编码" onClear={() => onCoding(null)} />
          </>
        )}
      </div>
    </>
  );
};
