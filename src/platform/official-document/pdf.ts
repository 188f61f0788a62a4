import { typeset } from '../typeset/typeset.ts';
import type { OfficialDocument } from './document.ts';
import { layOut } from './layout.ts';

const template = new URL('./official-document.typ', import.meta.url);

/** The document as PDF/A. Refuses rather than print a box for a character that no font on the machine has. */
export const toPdf = (document: OfficialDocument): Promise<Buffer> => typeset(template, layOut(document));
