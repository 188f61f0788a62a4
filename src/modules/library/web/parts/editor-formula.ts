import { Node } from '@tiptap/core';
import { drawMath } from './math.ts';

/** A formula that somebody wants to change: where it stands, and what it says. */
export interface FormulaAt {
  readonly position: number;
  readonly latex: string;
  readonly display: boolean;
}

/** Formulas in the line and on lines of their own; a click hands one to the page's dialog. */
export const formulaExtensions = (onOpen: (formula: FormulaAt) => void) => {
  const formula = (name: 'inlineMath' | 'blockMath', display: boolean) =>
    Node.create({
      name,
      group: display ? 'block' : 'inline',
      inline: !display,
      atom: true,
      addAttributes: () => ({ latex: { default: '', rendered: false } }),
      parseHTML: () => [
        { tag: `span[data-${name.toLowerCase()}]`, getAttrs: (element) => ({ latex: element.textContent }) },
      ],
      renderHTML: ({ node }) => ['span', { [`data-${name.toLowerCase()}`]: '' }, String(node.attrs['latex'])],
      renderText: ({ node }) => `$${String(node.attrs['latex'])}$`,
      addNodeView() {
        return ({ node, getPos, editor }) => {
          const dom = document.createElement('span');
          dom.className = display ? 'math math-block math-editable' : 'math math-editable';
          // What is wider than the page scrolls by keyboard too.
          if (display) dom.tabIndex = 0;
          let { latex } = node.attrs;
          const draw = (): void => void drawMath(dom, String(latex), display);
          draw();
          dom.addEventListener('click', () => {
            const position = getPos();
            if (editor.isEditable && position !== undefined)
              onOpen({ position, latex: String(latex), display });
          });
          return {
            dom,
            update: (next) => {
              if (next.type !== node.type) return false;
              if (next.attrs['latex'] !== latex) {
                latex = next.attrs['latex'];
                draw();
              }
              return true;
            },
            // KaTeX writes into the element; that is not typing.
            ignoreMutation: () => true,
          };
        };
      },
    });
  return [formula('inlineMath', false), formula('blockMath', true)];
};
