import type { Contact } from '../ports/handover-operations.ts';

const LONGEST_LINE = 75;

/** Contacts as vCard 4.0 (RFC 6350), UTF-8. */
export function vCards(contacts: readonly Contact[]): Buffer {
  return Buffer.from(contacts.map(cardOf).join(''), 'utf8');
}

function cardOf(contact: Contact): string {
  const { id, firstName, lastName, address, telephone, organisation, note } = contact;
  // FN is required and may not be empty (section 6.2.1).
  const fullName = `${firstName} ${lastName}`.trim() || organisation || address || id;
  const lines = [
    'BEGIN:VCARD',
    'VERSION:4.0',
    `UID:${escaped(id)}`,
    `FN:${escaped(fullName)}`,
    `N:${escaped(lastName)};${escaped(firstName)};;;`,
    ...(organisation === undefined ? [] : [`ORG:${escaped(organisation)}`]),
    ...(address === undefined ? [] : [`EMAIL:${escaped(address)}`]),
    ...(telephone === undefined ? [] : [`TEL;VALUE=text:${escaped(telephone)}`]),
    ...(note === undefined ? [] : [`NOTE:${escaped(note)}`]),
    'END:VCARD',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** Section 3.4: backslash, comma, semicolon and line breaks. */
function escaped(text: string): string {
  return text.replace(/[\\,;]/gu, (sign) => `\\${sign}`).replace(/\r\n|\r|\n/gu, '\\n');
}

/** Section 3.2: no line is longer than 75 octets, and none is cut inside a character. */
function folded(line: string): string {
  let [text, octets] = ['', 0];
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > LONGEST_LINE) {
      text += '\r\n ';
      octets = 1;
    }
    text += character;
    octets += size;
  }
  return text;
}
