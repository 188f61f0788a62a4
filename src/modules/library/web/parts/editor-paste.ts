/**
 * What Word puts on the clipboard, made into plain HTML: its lists are paragraphs with a drawn bullet, its headings
 * and formulas come with comments and elements of its own. Whatever is left and has no place in a design is dropped by
 * the editor's schema afterwards. Nothing of it is run: it is read in a document of its own.
 */
export const cleanPasted = (html: string): string => {
  // The page's content security policy holds for what is parsed too and would report every style.
  const plain = html
    .replace(/<style[\s\S]*?<\/style>/gi, '')
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, ' data-style='));
  const page = new DOMParser().parseFromString(plain, 'text/html');
  for (const element of page.querySelectorAll('style, script, meta, link, title, xml')) element.remove();
  for (const element of page.querySelectorAll('*')) if (element.tagName.includes(':')) unwrap(element);
  for (const paragraph of page.querySelectorAll('p[data-style*="mso-list"]')) toListItem(page, paragraph);
  for (const outer of page.querySelectorAll('td table, th table')) flatten(page, outer);
  // Word marks bold and italic by style where the paragraph's own style says otherwise.
  for (const element of page.querySelectorAll('span[data-style]')) markByStyle(page, element);
  return page.body.innerHTML;
};

const unwrap = (element: Element): void => element.replaceWith(...element.childNodes);

const levelOf = (element: Element): number =>
  Number(/mso-list:[^;]*level(\d)/.exec(element.getAttribute('data-style') ?? '')?.[1] ?? 1);

const toListItem = (page: Document, paragraph: Element): void => {
  const bullet = paragraph.querySelector('[data-style*="mso-list:Ignore"], [data-style*="mso-list: Ignore"]');
  const tag = /[0-9a-z一二三四五六七八九十]+[.、)）]/i.test(bullet?.textContent ?? '') ? 'OL' : 'UL';
  bullet?.remove();
  const item = page.createElement('li');
  const text = page.createElement('p');
  text.append(...paragraph.childNodes);
  item.append(text);
  const before = paragraph.previousElementSibling;
  const goesOn = before !== null && before.tagName === tag && before.hasAttribute('data-word');
  let list: Element = goesOn ? before : page.createElement(tag);
  if (!goesOn) {
    list.setAttribute('data-word', '');
    paragraph.before(list);
  }
  for (let level = levelOf(paragraph); level > 1; level -= 1) {
    const last: Element | null = list.lastElementChild;
    if (last === null) break;
    let inner: Element | null = last.querySelector(':scope > ol, :scope > ul');
    if (inner === null) {
      inner = page.createElement(tag);
      last.append(inner);
    }
    list = inner;
  }
  list.append(item);
  paragraph.remove();
};

/** A table inside a table becomes lines of its cell. */
const flatten = (page: Document, table: Element): void => {
  const lines = [...table.querySelectorAll('tr')].map((row) => {
    const line = page.createElement('p');
    line.textContent = [...row.children].map(({ textContent }) => textContent.trim()).join('　');
    return line;
  });
  table.replaceWith(...lines);
};

const markByStyle = (page: Document, element: Element): void => {
  const style = element.getAttribute('data-style') ?? '';
  const tag = /vertical-align:\s*sub/.test(style)
    ? 'sub'
    : /vertical-align:\s*super/.test(style)
      ? 'sup'
      : /font-weight:\s*(?:bold|[6-9]00)/.test(style)
        ? 'strong'
        : null;
  if (tag === null) return;
  const marked = page.createElement(tag);
  marked.append(...element.childNodes);
  element.replaceWith(marked);
};
