import type { ReactNode } from 'react';
import type { ItemKind } from '../../vocabulary/contract.ts';

interface DownloadsProps {
  /** Of the item, the round or the adaptation, without an ending. */
  readonly path: string;
  readonly kind: ItemKind;
}

const Download = ({ href, children }: { href: string; children: ReactNode }): ReactNode => (
  <a className="button button-plain button-normal" href={href} download>
    {children}
  </a>
);

/** A design as a file to print or to go on writing in; a paper with answers, and as pupils get it. */
export const Downloads = ({ path, kind }: DownloadsProps): ReactNode => {
  if (kind !== 'test-paper' && kind !== 'test-item')
    return (
      <>
        <Download href={`${path}.docx`}>下载 Word</Download>
        <Download href={`${path}.pdf`}>下载 PDF</Download>
      </>
    );
  return (
    <>
      <Download href={`${path}.docx?answers=no`}>下载 Word（学生用）</Download>
      <Download href={`${path}.docx`}>下载 Word（含答案）</Download>
      <Download href={`${path}.pdf?answers=no`}>下载 PDF（学生用）</Download>
      <Download href={`${path}.pdf`}>下载 PDF（含答案）</Download>
    </>
  );
};
