import type { Content } from '../content/contract.ts';
import { plainText, sectionOf } from '../content/rules.ts';

export const lifeContextKey = 'life-context';

/** 生活情境: how a design joins its knowledge with pupils' life (notice 四(三)4), in its authors' words; empty where they say nothing. */
export const lifeContextOf = (content: Content): string => {
  const section = sectionOf(content, lifeContextKey);
  return section === undefined ? '' : plainText(section.body).replaceAll(/\s+/gu, ' ').trim();
};
