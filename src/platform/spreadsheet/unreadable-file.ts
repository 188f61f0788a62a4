export type UnreadableKind =
  | 'unknown-format'
  | 'old-format'
  | 'plain-archive'
  | 'damaged'
  | 'too-large'
  | 'unsafe';

/** A file that is refused. The message is a Chinese sentence for the person who brought it. */
export class UnreadableFile extends Error {
  readonly kind: UnreadableKind;

  constructor(kind: UnreadableKind, sentence: string, cause?: unknown) {
    super(sentence, { cause });
    this.name = 'UnreadableFile';
    this.kind = kind;
  }
}

export const damaged = (cause?: unknown) =>
  new UnreadableFile('damaged', '文件已损坏或没有传完整，请用办公软件打开、另存一份后再上传。', cause);

export const tooLarge = (what: string) =>
  new UnreadableFile('too-large', `${what}，无法读取。请只保留需要导入的表格，拆成几个文件后再上传。`);
