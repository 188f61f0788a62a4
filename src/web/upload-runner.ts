import { newId } from '#platform/ids.ts';
import { keepCopy, readCopy } from './draft.ts';
import { sentenceOf } from './rpc.ts';
import { sessionExpired, sessionRenewed } from './session-events.ts';
import {
  answeredUpload,
  begunUpload,
  fingerprintOf,
  nextPiece,
  resumedUpload,
  type UploadAnswer,
  type UploadState,
  waitAfter,
} from './upload.ts';

/** One file in the page: on its way, or whole and being put into its record. */
export interface UploadItem {
  /** Of the upload; the record's action takes it up by this. */
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly state: UploadState;
  readonly paused: boolean;
  /** Of the piece under way, beyond what the server has acknowledged. */
  readonly inFlight: number;
  /** The record: not asked yet, asked, taken up, or why not. */
  readonly taken: 'no' | 'asked' | 'yes' | { readonly sentence: string };
}

/** Begun on this device and not finished: choosing the same file again goes on. */
export interface UnfinishedUpload {
  readonly fingerprint: string;
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly offset: number;
}

export type TakeUpload = (upload: { readonly uploadId: string; readonly name: string }) => Promise<unknown>;

export interface UploadQueue {
  readonly subscribe: (listener: () => void) => () => void;
  readonly items: () => readonly UploadItem[];
  /** Of earlier visits; those in `items` are not among them. */
  readonly unfinished: () => readonly UnfinishedUpload[];
  readonly add: (files: readonly File[]) => void;
  readonly pause: (id: string) => void;
  readonly resume: (id: string) => void;
  /** Gives it up here and on the server, also one of an earlier visit. */
  readonly cancel: (id: string) => void;
  /** Takes a finished one off the list. */
  readonly dismiss: (id: string) => void;
  /** What puts a file that has arrived whole into its record. */
  readonly takeWith: (take: TakeUpload) => void;
  /** Once the page is left: nothing is sent any more, everything can be resumed. */
  readonly stop: () => void;
  /** Once it is shown again. */
  readonly start: () => void;
}

interface Running extends UploadItem {
  readonly file: File;
  readonly fingerprint: string;
}

const mostRemembered = 50;

const isUnfinished = (value: unknown): value is UnfinishedUpload =>
  typeof value === 'object' &&
  value !== null &&
  'fingerprint' in value &&
  typeof value.fingerprint === 'string' &&
  'id' in value &&
  typeof value.id === 'string' &&
  'name' in value &&
  typeof value.name === 'string' &&
  'size' in value &&
  typeof value.size === 'number' &&
  'offset' in value &&
  typeof value.offset === 'number';

const base64 = (text: string): string => {
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
};

const sentenceIn = (body: string): string | null => {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null && 'message' in parsed
      ? String(parsed.message)
      : null;
  } catch {
    return null;
  }
};

interface Sending {
  readonly answer: Promise<UploadAnswer>;
  readonly abort: () => void;
}

/** One request; XMLHttpRequest, since fetch does not say how much of a body has left. */
const send = (
  method: 'POST' | 'HEAD' | 'PATCH' | 'DELETE',
  path: string,
  headers: Readonly<Record<string, string>>,
  body: Blob | null,
  onProgress: (bytes: number) => void,
): Sending => {
  const request = new XMLHttpRequest();
  const answer = new Promise<UploadAnswer>((resolve) => {
    request.open(method, path);
    for (const [name, value] of Object.entries({ 'tus-resumable': '1.0.0', ...headers }))
      request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded));
    request.addEventListener('loadend', () => {
      if (request.status === 0) return resolve({ status: null, offset: null, sentence: null });
      const offset = request.getResponseHeader('upload-offset');
      resolve({
        status: request.status,
        offset: offset === null ? null : Number(offset),
        sentence: sentenceIn(request.responseText),
      });
    });
    request.send(body);
  });
  return { answer, abort: () => request.abort() };
};

const request = (item: Running, onProgress: (bytes: number) => void): Sending => {
  const { id, file, state } = item;
  const path = `/uploads/${id}`;
  if (state.kind !== 'going' || state.step === 'ask') return send('HEAD', path, {}, null, onProgress);
  if (state.step === 'announce')
    return send(
      'POST',
      '/uploads',
      {
        'upload-length': String(file.size),
        'upload-metadata': `id ${base64(id)},filename ${base64(file.name)}`,
      },
      null,
      onProgress,
    );
  const { from, to } = nextPiece(state.offset, file.size);
  return send(
    'PATCH',
    path,
    { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(from) },
    file.slice(from, to),
    onProgress,
  );
};

/**
 * Sends chosen files one after another, each in pieces, until the server has it whole; then `take` puts it into
 * its record. What stops on the way goes on by itself when the line or the session is back.
 */
export const createUploadQueue = (account: string): UploadQueue => {
  let take: TakeUpload = () => Promise.reject(new Error('nothing takes uploads up'));
  const copyKey = `uploads:${account}`;
  const listeners = new Set<() => void>();
  let items: readonly Running[] = [];
  let remembered: readonly UnfinishedUpload[] = [];
  let shownUnfinished: readonly UnfinishedUpload[] = [];
  let current: { readonly id: string; readonly sending: Sending } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let stopped = true;

  const announce = (): void => {
    const here = new Set(items.map(({ fingerprint }) => fingerprint));
    shownUnfinished = remembered.filter(({ fingerprint }) => !here.has(fingerprint));
    for (const listener of listeners) listener();
  };
  const remember = (next: readonly UnfinishedUpload[]): void => {
    remembered = next.slice(-mostRemembered);
    keepCopy(copyKey, remembered);
  };
  const forget = (fingerprint: string): void =>
    remember(remembered.filter((one) => one.fingerprint !== fingerprint));
  const change = (
    id: string,
    with_: Partial<Pick<Running, 'state' | 'paused' | 'inFlight' | 'taken'>>,
  ): void => {
    items = items.map((item) => (item.id === id ? { ...item, ...with_ } : item));
    announce();
  };
  const find = (id: string): Running | undefined => items.find((item) => item.id === id);

  const putAway = async ({ id, name, fingerprint }: Running): Promise<void> => {
    change(id, { taken: 'asked' });
    try {
      await take({ uploadId: id, name });
      forget(fingerprint);
      change(id, { taken: 'yes' });
    } catch (error) {
      change(id, { taken: { sentence: sentenceOf(error) } });
    }
  };

  const settle = (id: string, answer: UploadAnswer): void => {
    const item = find(id);
    if (item === undefined || item.state.kind !== 'going') return;
    const state = answeredUpload(item.state, item.size, answer);
    remember([
      ...remembered.filter(({ fingerprint }) => fingerprint !== item.fingerprint),
      { fingerprint: item.fingerprint, id, name: item.name, size: item.size, offset: state.offset },
    ]);
    change(id, { state, inFlight: 0 });
    if (state.kind === 'signed-out') sessionExpired.announce();
    if (state.kind === 'arrived') void putAway({ ...item, state });
  };

  /** Sends the next request, or sets the clock for it. */
  const goOn = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (stopped || current !== null) return;
    const next = items.find(({ state, paused }) => !paused && state.kind === 'going');
    if (next === undefined) {
      const waits = items.flatMap(({ state, paused }) =>
        !paused && state.kind === 'waiting' ? [waitAfter(state.failures)] : [],
      );
      if (waits.length > 0) timer = setTimeout(wake, Math.min(...waits));
      return;
    }
    const sending = request(next, (inFlight) => {
      if (current?.id === next.id) change(next.id, { inFlight });
    });
    current = { id: next.id, sending };
    void settleAndGoOn(next.id, sending);
  };
  const settleAndGoOn = async (id: string, sending: Sending): Promise<void> => {
    const answer = await sending.answer;
    // Broken off by the person: the answer says nothing then.
    if (current?.sending !== sending) return;
    current = null;
    settle(id, answer);
    goOn();
  };
  const wake = (): void => {
    items = items.map((item) =>
      item.state.kind === 'waiting' ? { ...item, state: resumedUpload(item.state) } : item,
    );
    announce();
    goOn();
  };
  const signedIn = (): void => {
    items = items.map((item) =>
      item.state.kind === 'signed-out' ? { ...item, state: resumedUpload(item.state) } : item,
    );
    announce();
    goOn();
  };
  const breakOff = (id: string): void => {
    if (current?.id !== id) return;
    const { sending } = current;
    current = null;
    sending.abort();
  };
  const leaving = (event: BeforeUnloadEvent): void => {
    if (items.some(({ state, paused }) => !paused && (state.kind === 'going' || state.kind === 'waiting')))
      event.preventDefault();
  };
  let endRenewal = (): void => {};

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    items: () => items,
    unfinished: () => shownUnfinished,
    add: (files) => {
      const here = new Set(items.map(({ fingerprint }) => fingerprint));
      const added = files.flatMap((file): Running[] => {
        const fingerprint = fingerprintOf(account, file);
        if (here.has(fingerprint)) return [];
        here.add(fingerprint);
        const known = remembered.find((one) => one.fingerprint === fingerprint);
        const state = begunUpload(known !== undefined);
        return [
          {
            id: known?.id ?? newId(),
            name: file.name,
            size: file.size,
            file,
            fingerprint,
            state:
              file.size === 0
                ? { kind: 'refused', offset: 0, sentence: '文件是空的，没有可上传的内容。' }
                : { ...state, offset: known?.offset ?? 0 },
            paused: false,
            inFlight: 0,
            taken: 'no',
          },
        ];
      });
      items = [...items, ...added];
      announce();
      goOn();
    },
    pause: (id) => {
      breakOff(id);
      change(id, { paused: true, inFlight: 0 });
      goOn();
    },
    resume: (id) => {
      const item = find(id);
      if (item === undefined) return;
      if (item.state.kind === 'arrived') void putAway(item);
      else change(id, { paused: false, state: resumedUpload(item.state) });
      goOn();
    },
    cancel: (id) => {
      breakOff(id);
      items = items.filter((one) => one.id !== id);
      remember(remembered.filter((one) => one.id !== id));
      // Where this does not get through, the server sweeps it away after a week.
      void send('DELETE', `/uploads/${id}`, {}, null, () => {}).answer;
      announce();
      goOn();
    },
    dismiss: (id) => {
      items = items.filter((one) => one.id !== id);
      announce();
    },
    start: () => {
      stopped = false;
      const kept = readCopy(copyKey);
      remembered = Array.isArray(kept) ? kept.filter(isUnfinished) : [];
      window.addEventListener('online', wake);
      window.addEventListener('beforeunload', leaving);
      endRenewal = sessionRenewed.subscribe(signedIn);
      announce();
      goOn();
    },
    takeWith: (next) => {
      take = next;
    },
    stop: () => {
      stopped = true;
      if (current !== null) breakOff(current.id);
      if (timer !== null) clearTimeout(timer);
      window.removeEventListener('online', wake);
      window.removeEventListener('beforeunload', leaving);
      endRenewal();
    },
  };
};
