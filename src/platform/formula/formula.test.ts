import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLatex } from './read-latex.ts';
import { readOmml } from './read-omml.ts';
import { toLatex } from './to-latex.ts';
import type { OmmlElement } from './to-omml.ts';
import { toOmml } from './to-omml.ts';
import { plainText } from './tree.ts';
import { parseXml } from './xml-tree.ts';

const escape = (text: string): string =>
  text.replaceAll(/[<>&"]/gu, (character) => `&#${character.charCodeAt(0)};`);
const xml = (node: OmmlElement | string): string =>
  typeof node === 'string'
    ? escape(node)
    : `<${node.name}${Object.entries(node.attributes)
        .map(([key, value]) => ` ${key}="${escape(value)}"`)
        .join('')}>${node.children.map(xml).join('')}</${node.name}>`;

const samples = String.raw`
x^2+\frac{a+1}{b}
\sum_{i=1}^n i=\frac{n(n+1)}{2}
\left(\frac12\right)^2
\begin{cases}x+y=1\\x-y=2\end{cases}
\vec{a}\cdot\overrightarrow{AB}
\overline{AB}+\bar{x}
\sin x+\cos^2\theta+\tan 2x
\sin(x+1)
\text{面积}=a\times b
\begin{pmatrix}1&2\\3&4\end{pmatrix}
\begin{matrix}1&2\\3&4\end{matrix}
\begin{array}{ll}1&2\\3&4\end{array}
\begin{vmatrix}a&b\\c&d\end{vmatrix}
\sqrt[3]{8}+\sqrt{x+1}
\mathbb{R}\mathbf{a}\boldsymbol{b}\mathcal{F}\mathfrak{g}\mathsf{s}\mathtt{t}\mathrm{d}
\lim_{x\to 0}\frac{\sin x}{x}=1
\int_0^1 f(x)\,dx
\iint\limits_D f
\sum\nolimits_a b
90^\circ
a\not=b
\begin{aligned}a&=1\\&=2\end{aligned}
12.5\%
\underbrace{a+b}_{n}\overbrace{c}^{m}
\boxed{x}\cancel{y}\phantom{z}
\overset{a}{b}\underset{c}{d}
\xrightarrow{\text{点燃}}\xlongequal[b]{a}
f'+f''
\binom{n}{k}
|x|+\left|\frac12\right|
\left\{a\middle|b\right\}
\left.\frac12\right|_0^1
{}_a^bX
\alpha\beta\Gamma\varphi\phi\varepsilon\epsilon
\triangle ABC\cong\triangle DEF,\angle A\parallel\perp\because\therefore
\overset{\frown}{AB}
\operatorname{lcm}(a,b)
\max_{1\le i\le n}a_i
x_1^2+x_{1,2}^{n+1}
{x_1}^2
{(a+b)}^2
\hat{a}\widehat{ab}\tilde{a}\dot{a}\ddot{a}\check{a}\mathring{a}\underline{ab}
\prod_{k=1}^{n}\bigcup_{i}A_i
a:b=c:d
\{x\mid x>0\}
\text{ 当 }x>0\text{ 时}
2\text{H}_2+\text{O}_2\xlongequal{\text{点燃}}2\text{H}_2\text{O}
\log_2 8=3,\ln x
\ldots\cdots
3.
\frac{\frac{1}{2}}{\frac{3}{4}}
a\quad b
\left\lfloor x\right\rfloor
\#\$\&\_
`
  .trim()
  .split('\n');

for (const latex of samples)
  test(`stays the same through Word and back: ${latex}`, () => {
    const formula = readLatex(latex);
    assert.ok(formula !== null);
    const word = readOmml(parseXml(xml(toOmml(formula))));
    assert.deepEqual(word.unknown, []);
    assert.deepEqual(word.formula, formula);
    const again = toLatex(formula);
    assert.deepEqual(readLatex(again), formula, again);
    assert.equal(toLatex(word.formula), again);
    assert.notEqual(plainText(formula), '');
  });

test('what KaTeX cannot read is said so', () => {
  for (const latex of [
    '\\frac{1',
    '\\unknown',
    'a}',
    '\\def\\x{\\x\\x}\\x',
    'x'.repeat(5_000),
    '\\href{javascript:alert(1)}{',
  ])
    assert.equal(readLatex(latex), null, latex);
});
