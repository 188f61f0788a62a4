import type { Day } from '#platform/dates.ts';
import type { Block, Circular, CircularState, Letterhead, Step } from './contract.ts';

/** What the district prints until it sets its own: the head of the notice. */
export const defaultLetterhead: Letterhead = {
  issuerMark: '唐山市丰南区教育局文件',
  series: '丰教研字',
  issuer: '唐山市丰南区教育局',
  recipients: '各中小学校、中心校',
  copyTo: '',
  issuedBy: '丰南区教育局办公室',
};

/** A letter to one school is addressed to it and copied to nobody. */
export const letterheadFor = (letterhead: Letterhead, schoolName: string | null): Letterhead =>
  schoolName === null ? letterhead : { ...letterhead, recipients: schoolName, copyTo: '' };

/** The state a step leads to; null: it leaves the state as it is. */
export const stateAfter: Readonly<Record<Step, CircularState | null>> = {
  edit: null,
  redraft: null,
  check: 'checked',
  return: 'draft',
  sign: 'signed',
  issue: 'issued',
  void: 'voided',
};

/** Why a step is refused, in words that say who takes it or what comes first. */
export const refusalFor: Readonly<Record<Step, string>> = {
  edit: '只有草稿可以修改；已核稿或已签发的请先退回修改，已印发的请作废后另拟。',
  redraft: '只有通报和整改通知书的草稿可以按最新数据重拟。',
  check: '核稿由起草人、修改人以外的教研员进行，且只对草稿。',
  return: '已核稿的可由教研员或签发人退回，已签发未印发的只能由签发人退回。',
  sign: '由领导小组组长或副组长签发，且须先核稿。',
  issue: '签发以后才能编号印发，由教研室或签发人办理。',
  void: '草稿由教研员作废；已印发的由领导小组组长或副组长作废，编号留存；其他状态请先退回。',
};

/** An empty heading or run-on text is left out of the paper. */
const printed = (block: Block) => {
  if (block.kind === 'heading') {
    const { text, ...heading } = block;
    return text === '' ? heading : { ...heading, text };
  }
  if (block.kind === 'table') {
    const { heading, ...table } = block;
    return heading === '' ? table : { ...table, heading };
  }
  return block;
};

type Printable = Pick<
  Circular,
  'title' | 'body' | 'letterhead' | 'documentNumber' | 'issuedOn' | 'state' | 'voidReason'
>;

/** The paper form. Before issue it bears no number, and the day it is printed stands for the date. */
export const toOfficialDocument = (circular: Printable, printedOn: Day) => {
  const { issuerMark, issuer, recipients, copyTo, issuedBy } = circular.letterhead;
  const date = circular.issuedOn ?? printedOn;
  return {
    issuerMark,
    ...(circular.documentNumber === null ? {} : { documentNumber: circular.documentNumber }),
    title: circular.title,
    recipients,
    body: circular.body.map(printed),
    signature: { issuer, date, sealed: true },
    ...(circular.state === 'voided' ? { note: `本件已作废：${circular.voidReason ?? ''}` } : {}),
    ...(copyTo === '' ? {} : { copyTo }),
    ...(issuedBy === '' ? {} : { issuedBy, issuedOn: date }),
  };
};
