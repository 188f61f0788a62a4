import type { ReactNode } from 'react';
import { chineseDate } from '#platform/dates.ts';
import { formatDocumentNumber, headingCounter } from '#platform/official-document/numbering.ts';
import type { Block, Circular } from '../../contract.ts';

/** Blocks never change places while they are shown, so their place names them. */
const withLabels = (blocks: readonly Block[]): { key: string; label: string; block: Block }[] => {
  const label = headingCounter();
  return blocks.map((block, index) => ({
    key: `${index} ${block.kind}`,
    label: block.kind === 'heading' ? label(block.level) : '',
    block,
  }));
};

const Text = ({ label, block }: { label: string; block: Block }): ReactNode => {
  if (block.kind === 'paragraph') return <p className="paper-text">{block.text}</p>;
  if (block.kind === 'heading')
    return (
      <>
        <h3>
          {label}
          {block.title}
        </h3>
        {block.text === '' ? null : <p className="paper-text">{block.text}</p>}
      </>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div className="table-frame" tabIndex={0} role="region" aria-label={block.heading || '表格'}>
      <table>
        {block.heading === '' ? null : <caption>{block.heading}</caption>}
        <thead>
          <tr>
            {block.columns.map(({ title, align }) => (
              <th key={title} scope="col" className={`align-${align}`}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, place) => (
            <tr key={`${place} ${row.join(' ')}`}>
              {block.columns.map(({ title, align }, column) => (
                <td key={title} className={`align-${align}`}>
                  {row[column]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** The text as it will stand on paper; the exact pages are in the PDF. */
export const Paper = ({ circular }: { circular: Circular }): ReactNode => {
  const { letterhead, documentNumber, title, body, issuedOn } = circular;
  return (
    <article className="paper" aria-label={title}>
      <p className="paper-mark">{letterhead.issuerMark}</p>
      <p className="paper-number">
        {documentNumber === null ? '（草稿，印发时编号）' : formatDocumentNumber(documentNumber)}
      </p>
      <h2>{title}</h2>
      <p>{letterhead.recipients}：</p>
      {withLabels(body).map(({ key, label, block }) => (
        <Text key={key} label={label} block={block} />
      ))}
      <div className="paper-signature">
        <span>{letterhead.issuer}</span>
        <span>{issuedOn === null ? '（印发时填写日期）' : chineseDate(issuedOn)}</span>
      </div>
    </article>
  );
};
