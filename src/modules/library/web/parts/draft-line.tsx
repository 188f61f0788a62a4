import type { ReactNode } from 'react';
import { colourOf } from './editor-together.ts';
import type { DocumentState, Presence } from './open-document.ts';

const lines: Readonly<Record<DocumentState['line'], string>> = {
  connecting: '正在连接…',
  saved: '已保存',
  saving: '正在保存…',
  offline: '网络断开，改动留在本机，联网后自动送出；关闭浏览器也不会丢',
  ended: '您已不能编辑这份草稿，或登录已结束。请刷新页面',
};

/** Whether what one writes is safe, and who else is here. */
export const DraftLine = ({
  state,
  titles,
}: {
  state: DocumentState;
  titles: ReadonlyMap<string, string>;
}): ReactNode => {
  const { line, keptHere, mayEdit, heldBack, people } = state;
  const text =
    line === 'offline' && !keptHere
      ? '网络断开，这台设备不能留存改动，请不要关闭本页'
      : heldBack
        ? '草稿已提交，您后来的改动没有送出，只在本机；草稿退回修改后会自动送出'
        : line === 'saved' && !mayEdit
          ? '只读'
          : lines[line];
  return (
    <div className="draft-line">
      <p className={`draft-state draft-state-${heldBack ? 'offline' : line}`} role="status">
        {text}
      </p>
      <ul className="draft-people" aria-label="正在这份草稿里的人">
        {onePerPerson(people).map(({ client, id, name, section, mine }) => (
          <li key={client} className={`draft-person colour-${colourOf(id)}`}>
            {name}
            {mine ? '（我）' : section === null ? '' : `：${titles.get(section) ?? ''}`}
          </li>
        ))}
      </ul>
    </div>
  );
};

/** Somebody with two windows is one person; where they write counts. */
const onePerPerson = (people: readonly Presence[]): Presence[] =>
  Map.groupBy(people, ({ id }) => id)
    .values()
    .map((same) => same.find(({ mine }) => mine) ?? same.find(({ section }) => section !== null) ?? same[0])
    .filter((one) => one !== undefined)
    .toArray();
