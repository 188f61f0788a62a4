import { Mark, mergeAttributes, Node, textblockTypeInputRule, wrappingInputRule } from '@tiptap/core';
import type { MarkType } from '../../content/contract.ts';
import { pictureAddress } from './picture-address.ts';

/** The kinds of nodes of a text section, exactly those of the content's schema: what is pasted in is cut down to them. */

const Document = Node.create({ name: 'doc', topNode: true, content: 'block+' });
const Text = Node.create({ name: 'text', group: 'inline' });
const Paragraph = Node.create({
  name: 'paragraph',
  priority: 1000,
  group: 'block',
  content: 'inline*',
  parseHTML: () => [{ tag: 'p' }],
  renderHTML: () => ['p', 0],
});

const Heading = Node.create({
  name: 'heading',
  group: 'block',
  content: 'inline*',
  defining: true,
  addAttributes: () => ({ level: { default: 2, rendered: false } }),
  parseHTML: () =>
    [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: Math.min(level, 3) } })),
  // The section's own title is the page's second level.
  renderHTML: ({ node }) => [`h${Number(node.attrs['level']) + 2}`, 0],
  addInputRules() {
    return [1, 2, 3].map((level) =>
      textblockTypeInputRule({
        find: new RegExp(`^(#{${level}})\\s$`),
        type: this.type,
        getAttributes: { level },
      }),
    );
  },
});

const HardBreak = Node.create({
  name: 'hardBreak',
  group: 'inline',
  inline: true,
  selectable: false,
  linebreakReplacement: true,
  parseHTML: () => [{ tag: 'br' }],
  renderHTML: () => ['br'],
  renderText: () => '\n',
  addKeyboardShortcuts() {
    return { 'Shift-Enter': () => this.editor.commands.insertContent({ type: 'hardBreak' }) };
  },
});

const ListItem = Node.create({
  name: 'listItem',
  content: '(paragraph | bulletList | orderedList)+',
  defining: true,
  parseHTML: () => [{ tag: 'li' }],
  renderHTML: () => ['li', 0],
  addKeyboardShortcuts() {
    return {
      Enter: () => this.editor.commands.splitListItem('listItem'),
      Tab: () => this.editor.commands.sinkListItem('listItem'),
      'Shift-Tab': () => this.editor.commands.liftListItem('listItem'),
    };
  },
});

const list = (name: 'bulletList' | 'orderedList', tag: 'ul' | 'ol', typed: RegExp) =>
  Node.create({
    name,
    group: 'block',
    content: 'listItem+',
    parseHTML: () => [{ tag }],
    renderHTML: () => [tag, 0],
    addInputRules() {
      return [wrappingInputRule({ find: typed, type: this.type })];
    },
  });

const Picture = Node.create({
  name: 'picture',
  group: 'inline',
  inline: true,
  draggable: true,
  addAttributes: () => ({
    file: { default: '', rendered: false },
    alt: { default: '' },
    width: { default: null },
  }),
  parseHTML: () => [
    {
      tag: 'img[src]',
      getAttrs: (element) => {
        // Of pictures from elsewhere only the file itself could be taken, and that is uploaded.
        const [, file] =
          /\/files\/library\/picture\/([0-9a-f]{64})$/.exec(element.getAttribute('src') ?? '') ?? [];
        if (file === undefined) return false;
        const width = Number(element.getAttribute('width'));
        return {
          file,
          alt: element.getAttribute('alt') ?? '',
          width: width >= 8 && width <= 4000 ? Math.round(width) : null,
        };
      },
    },
  ],
  renderHTML: ({ node, HTMLAttributes }) => [
    'img',
    mergeAttributes(HTMLAttributes, {
      src: pictureAddress(String(node.attrs['file'])),
      class: 'design-picture',
    }),
  ],
});

const mark = (name: MarkType, tags: readonly string[], key: string | null, excludes?: MarkType) =>
  Mark.create({
    name,
    ...(excludes === undefined ? {} : { excludes: `${name} ${excludes}` }),
    parseHTML: () => tags.map((tag) => ({ tag })),
    renderHTML: () => [tags[0] ?? 'span', 0],
    addKeyboardShortcuts() {
      const shortcuts: Record<string, () => boolean> = {};
      if (key !== null) shortcuts[key] = () => this.editor.commands.toggleMark(name);
      return shortcuts;
    },
  });

export const textExtensions = [
  Document,
  Text,
  Paragraph,
  Heading,
  HardBreak,
  ListItem,
  list('bulletList', 'ul', /^\s*([-+*])\s$/),
  list('orderedList', 'ol', /^\s*(1[.、])\s$/),
  Picture,
  mark('bold', ['strong', 'b'], 'Mod-b'),
  mark('italic', ['em', 'i'], 'Mod-i'),
  mark('underline', ['u'], 'Mod-u'),
  mark('strike', ['s', 'del', 'strike'], null),
  mark('subscript', ['sub'], null, 'superscript'),
  mark('superscript', ['sup'], null, 'subscript'),
];
