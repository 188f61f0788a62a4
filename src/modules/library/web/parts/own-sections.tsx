import { type ReactNode, useState } from 'react';
import type * as Y from 'yjs';
import { newId } from '#platform/ids.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Segments, SelectField, TextField } from '#web/ui/field.tsx';
import { notify } from '#web/ui/toast.tsx';
import { names } from '../../co-editing/rules.ts';
import {
  addSection,
  hiddenSections,
  hideSection,
  mostSections,
  renameSection,
  restoreSection,
} from '../../co-editing/structure/rules.ts';
import type { Block } from '../../content/contract.ts';
import { useShared } from './use-open-document.ts';

const longestTitle = 60;

const emptyTable = (): Block => {
  const row = (type: 'tableHeader' | 'tableCell') => ({
    type: 'tableRow' as const,
    content: [1, 2, 3].map(() => ({
      type,
      attrs: { colspan: 1, rowspan: 1 },
      content: [{ type: 'paragraph' as const }],
    })),
  });
  return { type: 'table', content: [row('tableHeader'), row('tableCell'), row('tableCell')] };
};

/** Once the page has drawn it. */
const showSection = (key: string): void => {
  setTimeout(() => {
    const section = document.getElementById(`section-${key}`);
    section?.scrollIntoView({ block: 'start' });
    section?.querySelector<HTMLElement>('[contenteditable="true"]')?.focus({ preventScroll: true });
  }, 50);
};

interface OwnSectionsProps {
  readonly doc: Y.Doc;
  readonly keys: readonly string[];
  readonly titles: ReadonlyMap<string, string>;
}

/** What the form does not have: added here, and what was taken out put back. */
export const OwnSections = ({ doc, keys, titles }: OwnSectionsProps): ReactNode => {
  const [adding, setAdding] = useState(false);
  return (
    <section className="draft-own stack" aria-label="自定义栏目">
      <div className="row">
        <Button disabled={keys.length >= mostSections} onClick={() => setAdding(true)}>
          加自定义栏目
        </Button>
        <span className="muted small">
          {keys.length >= mostSections
            ? `一份设计最多 ${mostSections} 个部分，请先合并几个。`
            : '表格里没有的内容，自己起个名字写。'}
        </span>
      </div>
      <HiddenSections doc={doc} />
      {adding ? <AddSection doc={doc} keys={keys} titles={titles} onClose={() => setAdding(false)} /> : null}
    </section>
  );
};

const HiddenSections = ({ doc }: { doc: Y.Doc }): ReactNode => {
  const said = useShared([doc.getMap(names.sections), doc.getMap(names.titles)], () =>
    JSON.stringify(hiddenSections(doc)),
  );
  // Said as text, so that the page draws it anew only when it changes.
  const hidden = said === '[]' ? [] : hiddenSections(doc);
  if (hidden.length === 0) return null;
  return (
    <details>
      <summary>删掉的自定义栏目（{hidden.length}），可以恢复</summary>
      <ul className="draft-hidden">
        {hidden.map(({ key, title }) => (
          <li key={key} className="row">
            <span>{title}</span>
            <Button
              size="small"
              aria-label={`恢复“${title}”`}
              onClick={() => {
                restoreSection(doc, key);
                notify(`“${title}”已恢复，在最后。`);
                showSection(key);
              }}
            >
              恢复
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
};

/** Why a name will not do; null where it will. */
const wrongTitle = (title: string, others: Iterable<string>): string | null =>
  [...others].includes(title.trim()) ? '已经有同名的部分，请换一个名称。' : null;

const AddSection = ({
  doc,
  keys,
  titles,
  onClose,
}: OwnSectionsProps & { readonly onClose: () => void }): ReactNode => {
  const [title, setTitle] = useState('');
  const [form, setForm] = useState<'text' | 'table'>('text');
  const [after, setAfter] = useState('');
  const wrong = wrongTitle(title, titles.values());
  const add = (): void => {
    const key = `own-${newId()}`;
    const at = after === '' ? keys.length : keys.indexOf(after) + 1;
    const blocks = form === 'table' ? [emptyTable()] : [];
    addSection(doc, { key, title: title.trim(), body: { form: 'text', blocks } }, at);
    onClose();
    showSection(key);
  };
  return (
    <Dialog title="加自定义栏目" onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextField
          label="名称"
          value={title}
          maxLength={longestTitle}
          required
          onValue={setTitle}
          {...(wrong === null ? {} : { error: wrong })}
        />
        <Segments
          label="写成"
          value={form}
          choices={[
            { value: 'text', label: '文字' },
            { value: 'table', label: '表格' },
          ]}
          onValue={setForm}
        />
        <SelectField
          label="放在"
          value={after}
          none="最后"
          choices={keys.map((key) => ({ value: key, label: `“${titles.get(key) ?? ''}”之后` }))}
          onValue={setAfter}
        />
        <div className="row">
          <Button type="submit" variant="primary" disabled={title.trim() === '' || wrong !== null}>
            加上
          </Button>
          <Button onClick={onClose}>取消</Button>
        </div>
      </form>
    </Dialog>
  );
};

interface OwnSectionProps {
  readonly doc: Y.Doc;
  readonly sectionKey: string;
  readonly title: string;
  readonly onClose: () => void;
}

const otherTitles = (doc: Y.Doc, key: string): string[] =>
  [...doc.getMap(names.sections).keys()].flatMap((one) => {
    const title = doc.getMap(names.titles).get(one);
    return one === key || typeof title !== 'string' ? [] : [title];
  });

export const RenameSection = ({ doc, sectionKey, title, onClose }: OwnSectionProps): ReactNode => {
  const [typed, setTyped] = useState(title);
  const wrong = wrongTitle(typed, otherTitles(doc, sectionKey));
  return (
    <Dialog title={`给“${title}”改名`} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          renameSection(doc, sectionKey, typed.trim());
          onClose();
        }}
      >
        <TextField
          label="名称"
          value={typed}
          maxLength={longestTitle}
          required
          onValue={setTyped}
          {...(wrong === null ? {} : { error: wrong })}
        />
        <div className="row">
          <Button type="submit" variant="primary" disabled={typed.trim() === '' || wrong !== null}>
            改名
          </Button>
          <Button onClick={onClose}>取消</Button>
        </div>
      </form>
    </Dialog>
  );
};

export const RemoveSection = ({ doc, sectionKey, title, onClose }: OwnSectionProps): ReactNode => (
  <Dialog title={`删除“${title}”？`} onClose={onClose}>
    <p>大家的草稿里都不再有这一部分。里面写的不会丢：在草稿最后的“删掉的自定义栏目”里随时可以恢复。</p>
    <div className="row">
      <Button
        variant="danger"
        onClick={() => {
          hideSection(doc, sectionKey);
          onClose();
          notify(`“${title}”已删除，可以在草稿最后恢复。`);
        }}
      >
        删除
      </Button>
      <Button onClick={onClose}>取消</Button>
    </div>
  </Dialog>
);
