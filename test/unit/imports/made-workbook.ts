import yazl from 'yazl';

/** A zip archive of these files. */
export async function zipOf(parts: Readonly<Record<string, string | Uint8Array>>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relations = (...targets: readonly string[]): string =>
  `<Relationships>${targets.map((target) => `<Relationship ${target}/>`).join('')}</Relationships>`;

/** The parts of a workbook as Excel writes one: two sheets, the first of them hidden if asked for. */
export function workbookParts(
  rows: string,
  { shared = '', styles = '', pr = '', firstState = 'visible', others = '' } = {},
): Record<string, string> {
  return {
    '_rels/.rels': relations(`Id="rId1" Type="${TYPES}/officeDocument" Target="xl/workbook.xml"`),
    'xl/workbook.xml': `<workbook xmlns:r="${TYPES}">${pr}<sheets>
      <sheet name="People" sheetId="7" r:id="rId1" state="${firstState}"/><sheet name="Others" sheetId="8" r:id="rId2"/>
    </sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      `Id="rId1" Type="${TYPES}/worksheet" Target="worksheets/sheet1.xml"`,
      `Id="rId2" Type="${TYPES}/worksheet" Target="/xl/worksheets/sheet2.xml"`,
      `Id="rId3" Type="${TYPES}/sharedStrings" Target="sharedStrings.xml"`,
      `Id="rId4" Type="${TYPES}/styles" Target="styles.xml"`,
    ),
    'xl/sharedStrings.xml': `<sst>${shared}</sst>`,
    'xl/styles.xml': `<styleSheet>${styles}</styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    'xl/worksheets/sheet2.xml': `<worksheet><sheetData>${others}</sheetData></worksheet>`,
  };
}

export async function workbookOf(...made: Parameters<typeof workbookParts>): Promise<Buffer> {
  return zipOf(workbookParts(...made));
}

/** A row of texts that stand in their cells. */
export function textRow(line: number, ...values: readonly string[]): string {
  const cells = values.map((value) => `<c t="inlineStr"><is><t>${value}</t></is></c>`);
  return `<row r="${line}">${cells.join('')}</row>`;
}
