import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { CheckField, TextArea } from '#web/ui/field.tsx';
import { drawMath } from './math.ts';

export interface FormulaDraft {
  readonly latex: string;
  readonly display: boolean;
}

/** For people who know no LaTeX: a tap puts the pattern in, they change the numbers. */
const patterns: readonly (readonly [label: string, latex: string])[] = [
  ['分数', '\\frac{1}{2}'],
  ['带分数', '1\\frac{1}{2}'],
  ['乘 ÷', '6 \\times 3 \\div 2'],
  ['平方', 'x^{2}'],
  ['下标', 'x_{1}'],
  ['根号', '\\sqrt{2}'],
  ['角度', '\\angle ABC = 60^{\\circ}'],
  ['三角形', '\\triangle ABC \\cong \\triangle DEF'],
  ['平行垂直', 'AB \\parallel CD,\\ AB \\perp EF'],
  ['不等式', 'a \\le b,\\ a \\ne c'],
  ['方程组', '\\begin{cases} x+y=5 \\\\ x-y=1 \\end{cases}'],
  ['竖排等式', '\\begin{aligned} 25\\times 4 &= 100 \\\\ &= 10^{2} \\end{aligned}'],
  ['化学式', '\\mathrm{2H_2 + O_2 \\xrightarrow{\\text{点燃}} 2H_2O}'],
  ['速度', 'v = \\frac{s}{t}'],
];

const example = String.raw`\frac{1}{2}`;

export const FormulaDialog = ({
  formula,
  onDone,
  onRemove,
  onClose,
}: {
  formula: FormulaDraft;
  onDone: (formula: FormulaDraft) => void;
  onRemove?: () => void;
  onClose: () => void;
}): ReactNode => {
  const [latex, setLatex] = useState(formula.latex);
  const [display, setDisplay] = useState(formula.display);
  const [readable, setReadable] = useState(true);
  const preview = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (preview.current === null) return;
    const empty = latex.trim() === '';
    if (empty) preview.current.textContent = '';
    const drawn = empty ? Promise.resolve(true) : drawMath(preview.current, latex, display);
    void drawn.then(setReadable);
  }, [latex, display]);
  return (
    <Dialog title="公式" onClose={onClose}>
      <div className="stack">
        <div className="formula-patterns">
          {patterns.map(([label, pattern]) => (
            <Button
              key={label}
              size="small"
              onClick={() => setLatex((before) => (before.trim() === '' ? pattern : `${before} ${pattern}`))}
            >
              {label}
            </Button>
          ))}
        </div>
        <TextArea
          label="公式（可用 LaTeX 写法）"
          hint={`点上面的样式，再改数字和字母。自己写时：${example} 是二分之一，x^{2} 是 x 的平方。`}
          value={latex}
          rows={3}
          maxLength={4000}
          spellCheck={false}
          autoCapitalize="off"
          error={readable ? undefined : '这样写还读不懂，请检查括号和反斜杠。'}
          onValue={setLatex}
        />
        <div className="formula-preview" aria-live="polite">
          <div ref={preview} />
        </div>
        <CheckField label="单独占一行" checked={display} onValue={setDisplay} />
        <div className="row">
          <Button
            variant="primary"
            disabled={latex.trim() === ''}
            onClick={() => onDone({ latex: latex.trim(), display })}
          >
            放入正文
          </Button>
          {onRemove === undefined ? null : (
            <Button variant="danger" onClick={onRemove}>
              删除公式
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
};
