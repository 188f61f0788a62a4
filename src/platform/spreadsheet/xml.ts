import { SaxesParser } from 'saxes';
import { damaged, UnreadableFile } from './unreadable-file.ts';

const deepest = 256;

/** Receives the elements of an XML part by their local names; `take` hands over what became complete. */
export interface XmlListener<T> {
  open(name: string, attribute: (local: string) => string | undefined): void;
  text?(value: string): void;
  close?(name: string): void;
  take(): T[];
}

const localName = (name: string): string => {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
};

/** Reads XML as it arrives. A DOCTYPE is refused, so no entity can be declared, resolved or expanded. */
export async function* readXml<T>(bytes: AsyncIterable<Buffer>, listener: XmlListener<T>): AsyncGenerator<T> {
  const parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false });
  const decoder = new TextDecoder('utf-8');
  let depth = 0;
  parser.on('error', (error) => {
    throw damaged(error);
  });
  parser.on('doctype', () => {
    throw new UnreadableFile(
      'unsafe',
      '文件里有外部实体声明（DOCTYPE），不是正常的办公文件，已拒绝读取。请用办公软件另存一份后再上传。',
    );
  });
  parser.on('opentag', (tag) => {
    depth += 1;
    if (depth > deepest) throw damaged();
    const { attributes } = tag;
    listener.open(localName(tag.name), (local) => {
      const plain = attributes[local];
      if (plain !== undefined) return plain;
      for (const name in attributes) if (localName(name) === local) return attributes[name];
      return undefined;
    });
  });
  if (listener.text !== undefined) {
    const text = listener.text.bind(listener);
    parser.on('text', text);
    parser.on('cdata', text);
  }
  parser.on('closetag', (tag) => {
    depth -= 1;
    listener.close?.(localName(tag.name));
  });
  for await (const chunk of bytes) {
    parser.write(decoder.decode(chunk, { stream: true }));
    yield* listener.take();
  }
  parser.write(decoder.decode()).close();
  yield* listener.take();
}

/** Reads a part to its end for what the listener keeps itself. */
export async function drainXml(bytes: AsyncIterable<Buffer>, listener: XmlListener<never>): Promise<void> {
  for await (const nothing of readXml(bytes, listener)) void nothing;
}
