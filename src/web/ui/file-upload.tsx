import { type DragEvent, type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { percentOf, sizeText } from '../upload.ts';
import { createUploadQueue, type TakeUpload, type UploadItem, type UploadQueue } from '../upload-runner.ts';
import { Button } from './button.tsx';

interface FileUploadProps {
  /** Whose uploads are remembered on this device. */
  readonly accountId: string;
  readonly label: string;
  readonly hint?: ReactNode;
  /** Puts a file that has arrived whole into its record; asked again by the person when it fails. */
  readonly take: TakeUpload;
  readonly multiple?: boolean;
}

/** What stands beside the bar, and what can be done about it. */
const stateOf = (item: UploadItem): { readonly text: string; readonly wrong: boolean } => {
  const { state, size, paused, taken } = item;
  const share = `${percentOf(state.offset + item.inFlight, size)}%`;
  if (taken === 'yes') return { text: '已传完并保存', wrong: false };
  if (typeof taken === 'object') return { text: `已传完，没有保存：${taken.sentence}`, wrong: true };
  if (state.kind === 'arrived') return { text: '已传完，正在保存…', wrong: false };
  if (state.kind === 'refused') return { text: state.sentence, wrong: true };
  if (paused) return { text: `已暂停，已传 ${share}`, wrong: false };
  if (state.kind === 'signed-out')
    return { text: `登录已过期，重新登录后自动继续，已传 ${share}`, wrong: true };
  if (state.kind === 'waiting') return { text: `网络不通，恢复后自动继续，已传 ${share}`, wrong: true };
  return { text: item.inFlight > 0 || state.offset > 0 ? `正在上传 ${share}` : '等待上传', wrong: false };
};

const isOnItsWay = ({ state }: UploadItem): boolean => state.kind === 'going' || state.kind === 'waiting';
const mayTryAgain = ({ size, state, taken }: UploadItem): boolean =>
  (state.kind === 'refused' && size > 0) || state.kind === 'signed-out' || typeof taken === 'object';

const Item = ({ item, queue }: { item: UploadItem; queue: UploadQueue }): ReactNode => {
  const { id, name, size, state, paused, inFlight, taken } = item;
  const { text, wrong } = stateOf(item);
  return (
    <li className="upload">
      <div className="upload-head">
        <span className="upload-name">{name}</span>
        <span className="upload-size">{sizeText(size)}</span>
      </div>
      <progress
        className="upload-bar"
        max={size}
        value={state.offset + inFlight}
        aria-label={`${name} 的上传进度`}
      />
      <div className="upload-foot">
        <span className={wrong ? 'upload-state upload-state-wrong' : 'upload-state'}>{text}</span>
        {isOnItsWay(item) && !paused ? (
          <Button size="small" onClick={() => queue.pause(id)} aria-label={`暂停上传 ${name}`}>
            暂停
          </Button>
        ) : null}
        {paused && state.kind !== 'arrived' ? (
          <Button size="small" onClick={() => queue.resume(id)} aria-label={`继续上传 ${name}`}>
            继续
          </Button>
        ) : null}
        {!paused && mayTryAgain(item) ? (
          <Button size="small" onClick={() => queue.resume(id)} aria-label={`重试 ${name}`}>
            重试
          </Button>
        ) : null}
        {taken === 'yes' ? (
          <Button size="small" variant="quiet" onClick={() => queue.dismiss(id)} aria-label={`收起 ${name}`}>
            收起
          </Button>
        ) : taken === 'asked' ? null : (
          <Button
            size="small"
            variant="quiet"
            onClick={() => queue.cancel(id)}
            aria-label={`取消上传 ${name}`}
          >
            取消
          </Button>
        )}
      </div>
    </li>
  );
};

/** Chooses or drops several files and sends them, however large; goes on by itself when the line is back. */
export const FileUpload = ({ accountId, label, hint, take, multiple = true }: FileUploadProps): ReactNode => {
  const [queue] = useState(() => createUploadQueue(accountId));
  const items = useSyncExternalStore(queue.subscribe, queue.items);
  const unfinished = useSyncExternalStore(queue.subscribe, queue.unfinished);
  const [over, setOver] = useState(false);
  useEffect(() => queue.takeWith(take), [queue, take]);
  useEffect(() => {
    queue.start();
    return queue.stop;
  }, [queue]);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    queue.add([...event.dataTransfer.files]);
  };
  return (
    <div className="uploads">
      <label
        className={over ? 'upload-drop upload-drop-over' : 'upload-drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <span className="upload-drop-title">{label}</span>
        <span className="field-hint">
          {hint ?? '可一次选多个文件，每个不超过 4 GB；断网、关页后重新选择同一个文件会接着传。'}
        </span>
        <span className="button" aria-hidden="true">
          选择文件
        </span>
        <input
          type="file"
          multiple={multiple}
          className="visually-hidden"
          onChange={(event) => {
            queue.add([...(event.target.files ?? [])]);
            // So that the same file may be chosen again.
            event.target.value = '';
          }}
        />
      </label>
      {unfinished.length === 0 ? null : (
        <div className="notice">
          <p>上次没有传完，重新选择同一个文件就会接着传：</p>
          <ul>
            {unfinished.map(({ fingerprint, id, name, size, offset }) => (
              <li key={fingerprint}>
                {name}（{sizeText(size)}，已传 {percentOf(offset, size)}%）
                <Button
                  size="small"
                  variant="quiet"
                  onClick={() => queue.cancel(id)}
                  aria-label={`不再续传 ${name}`}
                >
                  不再续传
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
      {items.length === 0 ? null : (
        <ul className="upload-list">
          {items.map((item) => (
            <Item key={item.id} item={item} queue={queue} />
          ))}
        </ul>
      )}
    </div>
  );
};
