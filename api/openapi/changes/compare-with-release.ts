import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { OpenApiDocument } from '../open-api-document.ts';
import { breakingChanges } from './breaking-changes.ts';

/** Beside the documents of the releases: the breaks since the last one that were decided on, and why. */
const ACCEPTED_FILE = 'accepted-breaks.json';
const acceptedBreaks = z.array(z.strictObject({ break: z.string().min(1), because: z.string().min(1) }));

/** `1.10.0.json` */
const RELEASE = /^(\d+)\.(\d+)\.(\d+)\.json$/u;

export interface Verdict {
  /** The version that was compared with. */
  readonly release: string;
  /** Sentences; none when callers of the release can live with the document. */
  readonly complaints: readonly string[];
}

/** Holds a document to that of the last release in a folder. A break passes where it was decided on in so many words. */
export function compareWithRelease(folder: string, document: OpenApiDocument): Verdict {
  const [file] = readdirSync(folder)
    .filter((name) => RELEASE.test(name))
    .toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  if (file === undefined) throw new Error(`${folder} holds no document of a release`);
  const released = JSON.parse(readFileSync(join(folder, file), 'utf8')) as OpenApiDocument;
  const breaks = breakingChanges(released, document);
  const accepted = acceptedBreaks.parse(JSON.parse(readFileSync(join(folder, ACCEPTED_FILE), 'utf8')));
  const known = accepted.map((one) => one.break);
  return {
    release: file.replace(/\.json$/u, ''),
    complaints: [
      ...breaks.filter((one) => !known.includes(one)),
      ...known
        .filter((one) => !breaks.includes(one))
        .map((one) => `Accepted, but nothing breaks like this: ${one}`),
    ],
  };
}

/** Makes a document that of a release. A kept one is never written again; what was accepted before it is settled. */
export function keepRelease(folder: string, document: OpenApiDocument): void {
  const file = join(folder, `${document.info.version}.json`);
  writeFileSync(file, `${JSON.stringify(document, null, 1)}\n`, { flag: 'wx' });
  writeFileSync(join(folder, ACCEPTED_FILE), '[]\n');
}
