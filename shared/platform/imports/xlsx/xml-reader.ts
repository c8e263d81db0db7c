import { SaxesParser } from 'saxes';
import { ImportFileError } from '../import-file-error.ts';

/** What is wanted of a text in XML, in its order. Names come without a prefix. */
export interface XmlHandlers {
  opened?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  closed?(name: string): void;
}

export interface XmlReader {
  write(text: string): void;
  end(): void;
}

/** The parser keeps what is between two tags: a text of 32,767 characters, the most Excel allows, takes a fifth of this. */
const LONGEST_SILENCE = 1024 * 1024;
/** The parser keeps every tag that is open. Workbooks need a dozen at once. */
const DEEPEST = 100;

/** Strict, and without document types: there are no entities that grow. */
export function createXmlReader(handlers: XmlHandlers): XmlReader {
  const parser = new SaxesParser();
  let silence = 0;
  let depth = 0;
  parser.on('opentag', ({ name, attributes }) => {
    silence = 0;
    depth += 1;
    if (depth > DEEPEST) refuse();
    handlers.opened?.(localName(name), attributes);
  });
  parser.on('text', (text) => handlers.text?.(text));
  parser.on('cdata', (text) => handlers.text?.(text));
  parser.on('closetag', ({ name }) => {
    silence = 0;
    depth -= 1;
    handlers.closed?.(localName(name));
  });
  parser.on('doctype', refuse);
  parser.on('error', refuse);
  return {
    write(text) {
      silence += text.length;
      parser.write(text);
      if (silence > LONGEST_SILENCE) throw new ImportFileError('IMPORT_UNPACKS_TOO_LARGE');
    },
    end: () => void parser.close(),
  };
}

export async function readXml(text: AsyncIterable<string>, handlers: XmlHandlers): Promise<void> {
  const reader = createXmlReader(handlers);
  for await (const piece of text) reader.write(piece);
  reader.end();
}

/** A text that comes in pieces: one for each tag in it. */
export function appended(text: string, piece: string): string {
  if (text.length + piece.length > LONGEST_SILENCE) throw new ImportFileError('IMPORT_UNPACKS_TOO_LARGE');
  return text + piece;
}

export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function refuse(): never {
  throw new ImportFileError('IMPORT_NOT_XLSX');
}
