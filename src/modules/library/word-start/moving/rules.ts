import type { Content, Section } from '../../content/contract.ts';
import { isOwnSection } from '../../content/rules.ts';

export interface SectionMove {
  readonly from: string;
  readonly to: string;
}

/** One text behind another: the section it came from stays with nothing in it, or goes where it is the file's own. */
const move = (sections: readonly Section[], { from, to }: SectionMove): readonly Section[] => {
  const taken = sections.find(({ key }) => key === from)?.body;
  const target = sections.find(({ key }) => key === to)?.body;
  if (from === to || taken?.form !== 'text' || target?.form !== 'text') return sections;
  return sections.flatMap((section): Section[] => {
    if (section.key === to)
      return [{ ...section, body: { form: 'text', blocks: [...target.blocks, ...taken.blocks] } }];
    if (section.key !== from) return [section];
    return isOwnSection(from) ? [] : [{ ...section, body: { form: 'text', blocks: [] } }];
  });
};

/** Where a person said that a section of a file belongs elsewhere; texts only, and nothing is lost. */
export const moveSections = ({ sections }: Content, moves: readonly SectionMove[]): Content => ({
  sections: [...moves.reduce(move, sections)],
});
