import type { Editor } from '@tiptap/core';
import { Extension } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  yCursorPlugin,
  ySyncPluginKey,
} from '@tiptap/y-tiptap';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { Anchor } from '../../comment/contract.ts';

/** One of six colours of carets, the same for a person on every page. */
export const colourOf = (id: string): number =>
  Array.from(id).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 6, 0);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Others' carets with their names; colours by class, for the page allows no style attributes. */
export const carets = (awareness: Awareness) =>
  Extension.create({
    name: 'carets',
    addProseMirrorPlugins: () => [
      yCursorPlugin(awareness, {
        cursorBuilder: (user: { id?: unknown; name?: unknown }) => {
          const caret = document.createElement('span');
          caret.className = `caret colour-${colourOf(text(user.id))}`;
          const name = document.createElement('span');
          name.className = 'caret-name';
          name.textContent = text(user.name);
          caret.append(name);
          return caret;
        },
        selectionBuilder: (user: { id?: unknown }) => ({
          class: `caret-selection colour-${colourOf(text(user.id))}`,
        }),
      }),
    ],
  });

/** A passage somebody remarked on, to be marked in the text. */
export interface Passage {
  readonly id: string;
  readonly anchor: Anchor;
}

interface Shown {
  readonly passages: readonly Passage[];
  readonly shown: DecorationSet;
}
const passagesKey = new PluginKey<Shown>('passages');

const bindingOf = (state: Editor['state']) => {
  const sync = ySyncPluginKey.getState(state);
  return sync?.binding === null || sync?.binding === undefined ? null : sync;
};

/** Where a passage stands now; null when its words are gone. */
const rangeOf = (state: Editor['state'], { start, end }: Anchor): { from: number; to: number } | null => {
  const sync = bindingOf(state);
  if (sync === null) return null;
  const [from, to] = [start, end].map((place) =>
    relativePositionToAbsolutePosition(
      sync.doc,
      sync.type,
      Y.createRelativePositionFromJSON(place),
      sync.binding.mapping,
    ),
  );
  return from === null || to === null || from === undefined || to === undefined || from >= to
    ? null
    : { from, to: Math.min(to, state.doc.content.size) };
};

const drawn = (state: Editor['state'], passages: readonly Passage[]): DecorationSet =>
  DecorationSet.create(
    state.doc,
    passages.flatMap(({ id, anchor }) => {
      const range = rangeOf(state, anchor);
      return range === null
        ? []
        : [Decoration.inline(range.from, range.to, { class: 'remarked', 'data-comment': id })];
    }),
  );

/** Marks the passages that were remarked on; they move with what is written around them. */
export const remarkedPassages = Extension.create({
  name: 'remarkedPassages',
  addProseMirrorPlugins: () => [
    new Plugin<Shown>({
      key: passagesKey,
      state: {
        init: () => ({ passages: [], shown: DecorationSet.empty }),
        apply: (transaction, before, _old, state) => {
          const given: readonly Passage[] | undefined = transaction.getMeta(passagesKey);
          const passages = given ?? before.passages;
          if (given === undefined && !transaction.docChanged) return before;
          return { passages, shown: drawn(state, passages) };
        },
      },
      props: { decorations: (state) => passagesKey.getState(state)?.shown },
    }),
  ],
});

export const showPassages = (editor: Editor, passages: readonly Passage[]): void => {
  editor.view.dispatch(editor.state.tr.setMeta(passagesKey, passages).setMeta('addToHistory', false));
};

/** The selected passage as places that move with the text, and its words; null when nothing is selected. */
export const selectedPassage = (editor: Editor): { anchor: Anchor; quote: string } | null => {
  const { from, to, empty } = editor.state.selection;
  const sync = bindingOf(editor.state);
  if (empty || sync === null) return null;
  const place = (at: number) =>
    Y.relativePositionToJSON(absolutePositionToRelativePosition(at, sync.type, sync.binding.mapping));
  return {
    anchor: { start: place(from), end: place(to) },
    quote: editor.state.doc.textBetween(from, to, ' ', ' ').slice(0, 500),
  };
};

/** Brings a passage into view; false when it is gone. */
export const goToPassage = (editor: Editor, anchor: Anchor): boolean => {
  const range = rangeOf(editor.state, anchor);
  if (range === null) return false;
  editor.chain().focus().setTextSelection(range).scrollIntoView().run();
  return true;
};
