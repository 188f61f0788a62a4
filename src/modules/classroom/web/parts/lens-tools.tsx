import { type ReactNode, useState } from 'react';
import { Segments } from '#web/ui/field.tsx';
import type { LensContent } from '../../lens/contract.ts';
import type { Mode } from '../../vocabulary/contract.ts';
import { LensCodes } from './lens-codes.tsx';
import { LensPhases } from './lens-phases.tsx';
import { LensQuestions } from './lens-questions.tsx';
import { LensSt } from './lens-st.tsx';
import { LensTalk } from './lens-talk.tsx';
import './lens.css';

const tools = ['phases', 'questions', 'talk', 'st', 'coding'] as const;
type Tool = (typeof tools)[number];
const toolLabels: Readonly<Record<Tool, string>> = {
  phases: '环节',
  questions: '提问',
  talk: '语言',
  st: 'S–T',
  coding: '编码',
};

interface LensToolsProps {
  readonly content: LensContent;
  readonly mode: Mode;
  readonly onContent: (content: LensContent) => void;
}

/** One instrument at a time under the thumb; the others keep running. */
export const LensTools = ({ content, mode, onContent }: LensToolsProps): ReactNode => {
  const [tool, setTool] = useState<Tool>('phases');
  const set = (changes: Partial<LensContent>): void => onContent({ ...content, ...changes });
  const offersCodes = mode === 'video' || content.coding !== null;
  const offered = tools.filter((one) => one !== 'coding' || offersCodes);
  return (
    <div className="stack lens-tools">
      <p className="muted">帮助看清这节课，用哪样记哪样；不是评分。完成听课时一并定稿。</p>
      <Segments
        label="观察工具"
        hideLabel
        value={tool}
        choices={offered.map((one) => ({ value: one, label: toolLabels[one] }))}
        onValue={setTool}
      />
      {tool === 'phases' ? (
        <LensPhases phases={content.phases} onPhases={(phases) => set({ phases })} />
      ) : null}
      {tool === 'questions' ? (
        <LensQuestions questions={content.questions} onQuestions={(questions) => set({ questions })} />
      ) : null}
      {tool === 'talk' ? <LensTalk talk={content.talk} onTalk={(talk) => set({ talk })} /> : null}
      {tool === 'st' ? <LensSt st={content.st} onSt={(st) => set({ st })} /> : null}
      {tool === 'coding' && offersCodes ? (
        <LensCodes coding={content.coding} mode={mode} onCoding={(coding) => set({ coding })} />
      ) : null}
    </div>
  );
};
