import { MIMEType } from 'node:util';
import { MEDIA_TYPES } from '../../../shared/platform/exports/write-table.ts';
import type { Encoding } from '../../../shared/platform/imports/text/encodings.ts';
import type { Call } from '../../http/call.ts';
import { Problem } from '../../http/problem.ts';

/** A file is sent as one of these, or in a form. What it is shows in itself. */
export const FILE_TYPES = [
  'text/csv',
  'text/tab-separated-values',
  'text/plain',
  MEDIA_TYPES.xlsx,
  'application/octet-stream',
] as const;

/** What senders call the encodings we read. What they call Latin-1 is Windows-1252 (https://encoding.spec.whatwg.org/#names-and-labels). */
const ENCODING_OF: Readonly<Record<string, Encoding | 'found out'>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  // The mark says which.
  'utf-16': 'found out',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'us-ascii': 'found out',
};

export interface ToldType {
  readonly isForm: boolean;
  readonly encoding?: Encoding;
}

/** What the sender says of the body. Throws `CONTENT_TYPE_UNSUPPORTED`. */
export function toldType(call: Pick<Call, 'header'>): ToldType {
  const type = typeOf(call.header('content-type') ?? '');
  const isForm = type?.essence === 'multipart/form-data';
  if (!isForm && !(FILE_TYPES as readonly (string | undefined)[]).includes(type?.essence))
    throw unsupported(`Send the file as ${FILE_TYPES.join(', ')}, or in multipart/form-data.`);
  if ((call.header('content-encoding') ?? 'identity') !== 'identity')
    throw unsupported('Send the file as it is, without a Content-Encoding.');
  const charset = type?.params.get('charset')?.toLowerCase();
  if (isForm || charset === undefined) return { isForm };
  const encoding = ENCODING_OF[charset];
  if (encoding === undefined) throw unsupported('This charset is not read: send UTF-8.');
  return { isForm, ...(encoding === 'found out' ? {} : { encoding }) };
}

function typeOf(header: string): MIMEType | undefined {
  try {
    return new MIMEType(header);
  } catch {
    return undefined;
  }
}

function unsupported(detail: string): Problem {
  return new Problem('CONTENT_TYPE_UNSUPPORTED', { field: 'Content-Type', detail });
}
