import { unescapeText } from './escaped-text.ts';
import { createTextTable, type TextTable } from './text-table.ts';
import { appended, readXml } from './xml-reader.ts';

/** The texts of a workbook, which cells name by their number. How a part of a text looks, or is read aloud, is left out. */
export async function readSharedTexts(text: AsyncIterable<string>): Promise<TextTable> {
  const table = createTextTable();
  let item = '';
  let withinText = false;
  let withinReading = false;
  await readXml(text, {
    opened(name) {
      if (name === 'si') item = '';
      if (name === 't') withinText = true;
      if (name === 'rPh') withinReading = true;
    },
    text(piece) {
      if (withinText && !withinReading) item = appended(item, piece);
    },
    closed(name) {
      if (name === 'si') table.add(unescapeText(item));
      if (name === 't') withinText = false;
      if (name === 'rPh') withinReading = false;
    },
  });
  return table;
}
