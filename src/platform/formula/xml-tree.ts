import { SaxesParser } from 'saxes';

/** An element by its local name; attributes are asked for by theirs. */
export interface Element {
  name: string;
  attribute: (local: string) => string | undefined;
  children: (Element | string)[];
}

export const elements = (parent: Element): Element[] =>
  parent.children.filter((child) => typeof child !== 'string');

export const childOf = (parent: Element | undefined, name: string): Element | undefined =>
  parent === undefined ? undefined : elements(parent).find((child) => child.name === name);

export const valueOf = (parent: Element | undefined, name: string): string | undefined =>
  childOf(parent, name)?.attribute('val');

/** The text of an element; the codes of fields within it are none. */
export const textOf = (node: Element | string): string =>
  typeof node === 'string'
    ? node
    : node.children
        .map((child) => (typeof child !== 'string' && child.name === 'instrText' ? '' : textOf(child)))
        .join('');

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** For XML that this process wrote itself; what people bring is read by a guarded stream. */
export const parseXml = (text: string): Element => {
  const root: Element = { name: '', attribute: () => undefined, children: [] };
  const open = [root];
  const parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const byLocal = new Map(Object.entries(attributes).map(([key, value]) => [local(key), value]));
    const element: Element = { name: local(name), attribute: (key) => byLocal.get(key), children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (value) => open.at(-1)?.children.push(value));
  parser.on('closetag', () => open.pop());
  parser.write(text).close();
  return elements(root)[0] ?? root;
};
