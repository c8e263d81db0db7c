import {
  IMPORT_FILE_FAULTS,
  IMPORT_MAPPING_FAULTS,
  type ImportFileFaultCode,
  type ImportMappingFaultCode,
} from '../../shared/errors/import-file-faults.ts';
import type { ProblemKind } from './problem-kind.ts';

/** Whatever can be wrong with a file of people. */
export const FILE_FAULT_CODES = Object.keys(IMPORT_FILE_FAULTS) as readonly ImportFileFaultCode[];
export const MAPPING_FAULT_CODES = Object.keys(IMPORT_MAPPING_FAULTS) as readonly ImportMappingFaultCode[];

function refusals<Code extends string>(
  sentences: Readonly<Record<Code, string>>,
): Readonly<Record<Code, ProblemKind>> {
  const kinds = Object.entries<string>(sentences).map(([code, sentence]): [string, ProblemKind] => [
    code,
    { status: code === 'IMPORT_TOO_LARGE' ? 413 : 422, sentence },
  ]);
  return Object.fromEntries(kinds) as Record<Code, ProblemKind>;
}

/** What is wrong with an import, or in the way of one. */
export const IMPORT_PROBLEMS = {
  IMPORT_NOT_FOUND: { status: 404, sentence: 'There is no such import.' },
  IMPORT_STATE: {
    status: 409,
    sentence: 'The import is not where this can be done: `possible` says what can.',
  },
  IMPORT_PASSWORDS_WIPED: {
    status: 409,
    sentence: 'Passwords are taken from a file once, by its first dry run: upload the file again.',
  },
  IMPORT_FILE_GONE: {
    status: 409,
    sentence: 'The file is not there any more; backups do not hold it. Upload it again.',
  },
  ...refusals(IMPORT_FILE_FAULTS),
  ...refusals(IMPORT_MAPPING_FAULTS),
  IMPORT_DISK_FULL: {
    status: 507,
    sentence: 'There is no room for the file where Gangway keeps its data; nothing of it was kept.',
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;
