/** Something of the file that is not in the blocks, or not as it was. */
export interface LeftOut {
  /** The text left out; empty where it is not text. */
  text: string;
  reason: string;
}

type Kind =
  | 'mathtype'
  | 'eq-field'
  | 'object'
  | 'chart'
  | 'picture'
  | 'linked-picture'
  | 'formula-part'
  | 'nested-table'
  | 'symbol'
  | 'revision';

const sentences: Readonly<Record<Kind, (count: number, what: string) => string>> = {
  mathtype: (count) =>
    `有 ${count} 个 MathType（或旧版公式编辑器）公式不能作为公式读入，已在原处标出或保留为图片。请在 Word 中用 MathType 的“转换公式”改成 Word 自带公式后重新导入，或在导入后重新输入。`,
  'eq-field': (count) =>
    `有 ${count} 个用 EQ 域写的公式不能读入，已在原处标出域代码。请导入后重新输入这些公式。`,
  object: (count) =>
    `有 ${count} 个嵌入的对象（如 Excel 表、演示文稿）不能读入，已在原处标出。请作为附件另行上传。`,
  chart: (count) =>
    `有 ${count} 个图表或 SmartArt 图形不能读入，已在原处标出。请在 Word 中复制后“粘贴为图片”再导入。`,
  picture: (count, what) =>
    `有 ${count} 张图片不能显示（${what}），已在原处标出。请在 Word 中另存为 PNG 或 JPEG 图片、换上后再导入。`,
  'linked-picture': (count) =>
    `有 ${count} 张图片只是链接，文件里没有图片本身，系统不会去外部下载。请在 Word 中插入图片本身后再导入。`,
  'formula-part': (count, what) =>
    `有 ${count} 个公式含有不能识别的部分（${what}），已尽量保留其中的文字。请导入后核对。`,
  'nested-table': (count) =>
    `有 ${count} 张表格嵌在别的表格里，已把其中的文字按顺序放进外层单元格。请导入后核对。`,
  symbol: (count) => `有 ${count} 个特殊字体的符号无法对应，已写成“□”。请导入后核对。`,
  revision: (count) => `文件里有 ${count} 处修订：插入的文字已采用，删除的文字已去掉。`,
};

/** Gathers what could not be taken over, to be said once and clearly at the end. */
export class Losses {
  readonly leftOut: LeftOut[] = [];
  readonly #counts = new Map<Kind, number>();
  readonly #whats = new Map<Kind, Set<string>>();

  count(kind: Kind, what = ''): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
    if (what === '') return;
    const whats = this.#whats.get(kind) ?? new Set();
    this.#whats.set(kind, whats.add(what));
  }

  leaveOut(text: string, reason: string): void {
    if (text.trim() !== '') this.leftOut.push({ text, reason });
  }

  sentences(): string[] {
    return [...this.#counts].map(([kind, count]) =>
      sentences[kind](count, [...(this.#whats.get(kind) ?? [])].join('、')),
    );
  }
}
