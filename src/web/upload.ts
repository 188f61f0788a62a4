/**
 * A file on its way to the server, as plain values: what is asked or sent next, what an answer changes. The id is made
 * here, so that nothing is ever begun twice; where the server stands is always asked of the server.
 */

/** Small enough to get through a slow line within a request's time, large enough not to be felt on a fast one. */
const pieceBytes = 8 * 2 ** 20;

export type UploadStep = 'announce' | 'ask' | 'send';

export type UploadState =
  | { readonly kind: 'going'; readonly step: UploadStep; readonly offset: number; readonly failures: number }
  /** No answer, or none that says anything: the same again after a while, or at once when the line is back. */
  | {
      readonly kind: 'waiting';
      readonly step: UploadStep;
      readonly offset: number;
      readonly failures: number;
    }
  | { readonly kind: 'signed-out'; readonly offset: number }
  | { readonly kind: 'refused'; readonly offset: number; readonly sentence: string }
  | { readonly kind: 'arrived'; readonly offset: number };

export interface UploadAnswer {
  /** Null when none came. */
  readonly status: number | null;
  /** What the server has. */
  readonly offset: number | null;
  readonly sentence: string | null;
}

/** `known`: the server may have heard of it before. */
export const begunUpload = (known: boolean): UploadState => ({
  kind: 'going',
  step: known ? 'ask' : 'announce',
  offset: 0,
  failures: 0,
});

/** Goes on after a wait, a pause, a sign-in or a refusal: where the server stands is asked first. */
export const resumedUpload = (state: UploadState): UploadState =>
  state.kind === 'waiting'
    ? { ...state, kind: 'going' }
    : { kind: 'going', step: 'ask', offset: state.offset, failures: 0 };

export const nextPiece = (offset: number, size: number): { readonly from: number; readonly to: number } => ({
  from: offset,
  to: Math.min(offset + pieceBytes, size),
});

const unclear = new Set([408, 423, 425, 429]);

export const answeredUpload = (
  state: Extract<UploadState, { kind: 'going' }>,
  size: number,
  { status, offset, sentence }: UploadAnswer,
): UploadState => {
  const { step } = state;
  if (status === 401) return { kind: 'signed-out', offset: state.offset };
  if (status === null || unclear.has(status) || (status >= 500 && status !== 507))
    return {
      kind: 'waiting',
      // Announcing twice is announcing once; of a piece, part may have arrived.
      step: step === 'announce' ? step : 'ask',
      offset: state.offset,
      failures: state.failures + 1,
    };
  if (status < 300) {
    const stands = step === 'announce' ? 0 : (offset ?? state.offset);
    if (stands >= size) return { kind: 'arrived', offset: size };
    const moved = stands > state.offset;
    return {
      kind: 'going',
      step: step === 'announce' ? 'ask' : 'send',
      offset: stands,
      failures: moved ? 0 : state.failures,
    };
  }
  if (step !== 'announce' && (status === 404 || status === 410))
    return { kind: 'going', step: 'announce', offset: 0, failures: state.failures };
  if (step === 'send' && status === 409 && state.failures < 5)
    return { kind: 'going', step: 'ask', offset: state.offset, failures: state.failures + 1 };
  return { kind: 'refused', offset: state.offset, sentence: sentence ?? '文件没有传上去，请重试。' };
};

/** In milliseconds: longer after each failure, never more than half a minute. */
export const waitAfter = (failures: number): number => Math.min(30_000, 500 * 2 ** Math.min(failures, 10));

/** The same file of the same person, as far as a page may know. */
export const fingerprintOf = (
  account: string,
  file: { name: string; size: number; lastModified: number },
): string => [account, file.size, file.lastModified, file.name].join('|');

const units = ['字节', 'KB', 'MB', 'GB'] as const;

/** In words of at most three digits, e.g. `12.5 MB`. */
export const sizeText = (bytes: number): string => {
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${value >= 100 || power === 0 ? Math.round(value) : Number(value.toFixed(1))} ${units[power] ?? ''}`;
};

/** Never 100 before everything has arrived. */
export const percentOf = (offset: number, size: number): number =>
  offset >= size ? 100 : Math.min(99, Math.floor((offset / size) * 100));
