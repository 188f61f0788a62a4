import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Loading } from '#web/ui/states.tsx';
import { notify } from '#web/ui/toast.tsx';
import { moveSection } from '../../co-editing/structure/rules.ts';
import type { OpenDocument } from './open-document.ts';
import { RemoveSection, RenameSection } from './own-sections.tsx';
import type { WordSectionProps } from './word-section.tsx';

/** Comes with the reading of designs, which writing does not need. */
const WordSection = lazy(async () => {
  const { WordSection: component } = await import('./word-section.tsx');
  return { default: component };
});

interface SectionToolsProps {
  readonly open: OpenDocument;
  readonly sectionKey: string;
  readonly title: string;
  /** Of all sections, in order. */
  readonly keys: readonly string[];
  readonly mayMove: boolean;
  /** Added by the authors: it may be renamed and taken out. */
  readonly isOwn: boolean;
  readonly word: Omit<WordSectionProps, 'onClose'>;
}

/** A button that was moved with its section keeps the focus; at the end of its way the other one takes it. */
const keepFocus = (tools: HTMLElement | null, label: string): void => {
  requestAnimationFrame(() => {
    const buttons = [...(tools?.querySelectorAll('button') ?? [])];
    const pressed = buttons.find((button) => button.textContent === label);
    const other = buttons.find((button) => !button.disabled);
    const next = pressed?.disabled === false ? pressed : other;
    next?.focus();
    next?.scrollIntoView({ block: 'center' });
  });
};

/** What may be done with a section as a whole. */
export const SectionTools = ({
  open,
  sectionKey,
  title,
  keys,
  mayMove,
  isOwn,
  word,
}: SectionToolsProps): ReactNode => {
  const [asked, setAsked] = useState<'rename' | 'remove' | 'word' | null>(null);
  const index = keys.indexOf(sectionKey);
  const move = (to: number, button: HTMLButtonElement): void => {
    const label = button.textContent ?? '';
    moveSection(open.doc, sectionKey, to);
    keepFocus(button.parentElement, label);
    notify(`“${title}”现在是第 ${to + 1} 个部分。`);
  };
  const close = (): void => setAsked(null);
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend that repeats the heading */}
      <div className="row section-tools" role="group" aria-label={`调整“${title}”`}>
        {mayMove ? (
          <>
            <Button
              size="small"
              disabled={index === 0}
              onClick={(event) => move(index - 1, event.currentTarget)}
            >
              上移
            </Button>
            <Button
              size="small"
              disabled={index === keys.length - 1}
              onClick={(event) => move(index + 1, event.currentTarget)}
            >
              下移
            </Button>
          </>
        ) : null}
        <Button size="small" onClick={() => setAsked('word')}>
          从 Word 换入
        </Button>
        {isOwn ? (
          <>
            <Button size="small" onClick={() => setAsked('rename')}>
              改名
            </Button>
            <Button size="small" variant="danger" onClick={() => setAsked('remove')}>
              删除
            </Button>
          </>
        ) : null}
      </div>
      {asked === 'rename' ? (
        <RenameSection doc={open.doc} sectionKey={sectionKey} title={title} onClose={close} />
      ) : asked === 'remove' ? (
        <RemoveSection doc={open.doc} sectionKey={sectionKey} title={title} onClose={close} />
      ) : asked === 'word' ? (
        <Suspense fallback={<Loading />}>
          <WordSection {...word} onClose={close} />
        </Suspense>
      ) : null}
    </>
  );
};
