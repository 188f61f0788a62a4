import type { Editor } from '@tiptap/core';
import { type ReactNode, useRef, useState } from 'react';
import type * as Y from 'yjs';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Problem } from '#web/ui/states.tsx';
import { notify } from '#web/ui/toast.tsx';
import { useAction } from '#web/use-action.ts';
import { bodyOf } from '../../co-editing/reading/rules.ts';
import { replaceBody } from '../../co-editing/replacing/rules.ts';
import { rowIds } from '../../co-editing/rules.ts';
import type { Body, Section } from '../../content/contract.ts';
import { isBlank } from '../../content/rules.ts';
import type { Column, SectionTemplate } from '../../template/contract.ts';
import type { ItemKind } from '../../vocabulary/contract.ts';
import {
  bodyFromWord,
  fitted,
  nothingOffered,
  offeredSections,
  proposedSections,
} from '../../word-section/rules.ts';
import type { BroughtWord } from '../../word-start/contract.ts';
import { library } from './api.ts';
import { BlocksView } from './blocks-view.tsx';
import type { OpenDocument } from './open-document.ts';
import { RowsView } from './rows-view.tsx';
import { readWordFile } from './word-start.tsx';

export interface WordSectionProps {
  readonly open: OpenDocument;
  readonly documentId: string;
  readonly kind: ItemKind;
  readonly sectionKey: string;
  readonly title: string;
  readonly template: SectionTemplate | undefined;
  readonly columns: readonly Column[];
  readonly textbook: Readonly<Record<string, string>>;
  /** Of a text; what it puts in its own undo takes back. */
  readonly editorOf: () => Editor | null;
  /** Of a table: marks the change for its own undo. */
  readonly origin: object;
  readonly onClose: () => void;
}

/** Puts what a Word file says into one section; what stood there is one press of 撤销 away. */
export const WordSection = (props: WordSectionProps): ReactNode => {
  const { open, documentId, kind, sectionKey, title, template, columns, onClose } = props;
  const file = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [brought, setBrought] = useState<BroughtWord | null>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const now = bodyOf(open.doc, sectionKey);
  const fit = (body: Body): Body =>
    brought === null
      ? body
      : fitted(body, {
          now,
          file: brought.content,
          columns,
          rowIdsOf: (section) => rowIds(open.doc, section),
        });
  const target = { key: sectionKey, title, form: now.form };
  const take = useAction(library.client.takeWordSection, {
    onDone: ({ body }) => {
      putIn(props, fit(body));
      onClose();
      notify('已换入。要换回原来的，点“撤销”。');
    },
  });
  const bring = async (one: File): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const answer = await readWordFile(one, kind);
    setBusy(false);
    if (typeof answer === 'string') return setProblem(answer);
    setBrought(answer);
    setChosen(proposedSections(answer.content, target));
  };
  const offered = brought === null ? [] : offeredSections(brought.content, target);
  const read = brought === null ? null : bodyFromWord(brought.content, target, chosen);
  const next = read === null ? null : fit(read);
  const others = open
    .getState()
    .people.filter(({ mine, section }) => !mine && section === sectionKey)
    .map(({ name }) => name);
  return (
    <Dialog title={`从 Word 换入“${title}”`} onClose={onClose}>
      <input
        ref={file}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={`换入“${title}”的 Word 文件`}
        accept=".docx"
        onChange={(event) => {
          const one = event.target.files?.[0];
          event.target.value = '';
          if (one !== undefined) void bring(one);
        }}
      />
      <div className="row">
        <Button busy={busy} onClick={() => file.current?.click()}>
          {brought === null ? '选择 Word 文件（.docx）' : '换一个文件'}
        </Button>
        {brought === null ? null : <span className="muted small">{brought.name}</span>}
      </div>
      {brought === null && problem === null ? (
        <p className="muted">先看读到了什么，再决定换不换；别的部分不动。</p>
      ) : null}
      {problem === null ? null : (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {brought === null ? null : offered.length === 0 ? (
        <p className="notice notice-warn" role="status">
          {nothingOffered(title, template)}
        </p>
      ) : (
        <fieldset className="field">
          <legend>用文件里的</legend>
          {offered.map(({ key, title: name }) => (
            <label key={key} className="check">
              <input
                type="checkbox"
                checked={chosen.includes(key)}
                onChange={() =>
                  setChosen(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key])
                }
              />
              <span>{name}</span>
            </label>
          ))}
        </fieldset>
      )}
      {next === null ? null : (
        <div className="word-sides">
          <section aria-label="换入以后">
            <h3>换入以后</h3>
            <Said body={next} {...props} />
          </section>
          <section aria-label="现在">
            <h3>现在</h3>
            <Said body={now} {...props} />
          </section>
        </div>
      )}
      {others.length === 0 ? null : (
        <p className="notice notice-warn">{others.join('、')}正在这一部分里写，换入前请先说一声。</p>
      )}
      <Problem error={take.error} />
      <div className="row">
        {brought === null ? null : (
          <Button
            variant="primary"
            busy={take.isPending}
            disabled={next === null}
            onClick={() =>
              take.mutate({ documentId, importId: brought.id, section: target, chosen: [...chosen] })
            }
          >
            换入
          </Button>
        )}
        <Button onClick={onClose}>取消</Button>
      </div>
    </Dialog>
  );
};

const Said = ({ body, open, title, columns, textbook }: WordSectionProps & { body: Body }): ReactNode =>
  isBlank(body) ? (
    <p className="muted">（空的）</p>
  ) : body.form === 'text' ? (
    <BlocksView blocks={body.blocks} />
  ) : (
    <RowsView
      title={title}
      rows={body.rows}
      columns={columns}
      sections={sectionsOf(open.doc, columns)}
      textbook={textbook}
    />
  );

/** The sections that a table's references name, for their rows' numbers. */
const sectionsOf = (doc: Y.Doc, columns: readonly Column[]): Section[] =>
  columns.flatMap((column) =>
    column.type === 'references'
      ? [{ key: column.section, title: '', body: bodyOf(doc, column.section) }]
      : [],
  );

const putIn = ({ open, sectionKey, editorOf, origin }: WordSectionProps, body: Body): void => {
  if (body.form === 'rows') {
    open.doc.transact(() => replaceBody(open.doc, sectionKey, bodyOf(open.doc, sectionKey), body), origin);
    return;
  }
  const editor = editorOf();
  if (editor === null) return;
  const content = editor.schema.nodeFromJSON({ type: 'doc', content: body.blocks });
  editor.chain().setContent(content).focus('start').run();
};
