import { numberFormat, type NumberFormat } from './number-formats.ts';
import { readXml } from './xml-reader.ts';

/** The format of a number in a cell, by the number of the cell's style. */
export async function readStyles(text: AsyncIterable<string>): Promise<readonly NumberFormat[]> {
  const codes = new Map<number, string>();
  const formats: NumberFormat[] = [];
  let withinCells = false;
  await readXml(text, {
    opened(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      if (name === 'cellXfs') withinCells = true;
      if (name === 'xf' && withinCells) {
        const id = Number(attributes['numFmtId'] ?? 0);
        formats.push(numberFormat(id, codes.get(id)));
      }
    },
    closed(name) {
      if (name === 'cellXfs') withinCells = false;
    },
  });
  return formats;
}
