import type { PassRef } from '../../shared/contract/import-engine.ts';
import type { ImportOutcome } from '../../shared/contract/imports.ts';
import {
  passTag,
  passUnderWay,
  progressThrough,
  tooManyFailed,
} from '../../shared/domain/imports/pass-progress.ts';
import {
  type ImportPass,
  type ImportStop,
  type PeopleImport,
} from '../../shared/domain/imports/people-import.ts';
import type { ImportChanges } from '../../shared/platform/persistence/import-repository.ts';
import { PAGES_AT_ONCE } from '../../shared/domain/imports/import-row.ts';
import { changeImport } from './change-import.ts';
import type { ImportPorts } from './import-ports.ts';
import { leaveUpload } from './leave-upload.ts';
import { AT_REST, stopWith } from './stop-import.ts';

/** What the pass came to where nothing is left to do; `undefined`: rows are left, and it may go on. */
export function whyOver(
  { staged, settings }: PeopleImport,
  { mode }: PassRef,
  { pages, rows, counts }: ImportPass,
): 'finished' | 'TOO_MANY_INVALID' | undefined {
  if (staged === undefined) throw new Error('the rows are not there yet');
  const isAtEnd = pages >= staged.pages;
  // A dry run goes to its end, so that everything that is wrong is known.
  const ofRows = mode === 'run' ? staged.rows : rows;
  if ((isAtEnd || mode === 'run') && tooManyFailed(counts, ofRows, settings.mostInvalidPercent))
    return 'TOO_MANY_INVALID';
  return isAtEnd ? 'finished' : undefined;
}

/** The pass reached its last row, or more failed than may. */
export async function finishPass(
  ports: ImportPorts,
  pass: PassRef,
  why: 'finished' | 'TOO_MANY_INVALID',
): Promise<ImportOutcome> {
  // The names of a dry run are free before anybody can launch what it showed.
  await forget(ports, pass);
  const atMs = ports.clock.now();
  const ended = await changeImport(ports.repositories.imports, pass, (current) => {
    const progress = passUnderWay(current, pass);
    if (progress === undefined) return undefined;
    const ofPass = withPass(pass, { ...progress, endedAtMs: atMs });
    if (why !== 'finished') return { ...ofPass, ...stopWith(current, { kind: why, atMs }) };
    return { ...ofPass, ...AT_REST, state: pass.mode === 'run' ? 'finished' : 'ready' };
  });
  return outcomeOf(ended);
}

/** Somebody else ended it: a dry run gives back its names, and what was done until then is counted. Once is enough. */
export async function leavePass(ports: ImportPorts, pass: PassRef): Promise<ImportOutcome> {
  const { imports } = ports.repositories;
  const theImport = await imports.get(pass.orgId, pass.importId);
  const left = theImport && passNamed(theImport, pass);
  // The names of a newer dry run, or of the run, are not this one's to give back.
  if (theImport === undefined || left === undefined || left.endedAtMs !== undefined)
    return outcomeOf(theImport);
  await forget(ports, pass);
  // Of those that were carried out together some may be written and not counted.
  const pages = await Promise.all(
    Array.from({ length: PAGES_AT_ONCE }, (_, at) =>
      imports.getPage(pass.orgId, pass.importId, left.pages + 1 + at),
    ),
  );
  const begun = pages.flatMap((page) => (page?.begunBy === passTag(pass) ? [page] : []));
  const atMs = ports.clock.now();
  const counted = await changeImport(imports, pass, (current) => {
    const progress = passNamed(current, pass);
    if (progress === undefined || progress.endedAtMs !== undefined) return undefined;
    return withPass(pass, { ...progressThrough(progress, begun, pass.mode, atMs), endedAtMs: atMs });
  });
  return outcomeOf(counted);
}

/** Its workflow is gone: it was cancelled, or somebody terminated it. */
export async function endPass(ports: ImportPorts, pass: PassRef): Promise<ImportOutcome> {
  const stopped: ImportStop = { kind: 'CANCELLED', atMs: ports.clock.now() };
  await changeImport(ports.repositories.imports, pass, (current) =>
    passUnderWay(current, pass) === undefined ? undefined : stopWith(current, stopped),
  );
  const outcome = await leavePass(ports, pass);
  await leaveUpload(ports, pass);
  return outcome;
}

/** A pass by its number, whether it goes on or not. */
export function passNamed(theImport: PeopleImport, { mode, number }: PassRef): ImportPass | undefined {
  const pass = mode === 'run' ? theImport.run : theImport.dryRun;
  return pass?.number === number ? pass : undefined;
}

export function withPass({ mode }: PassRef, pass: ImportPass): ImportChanges {
  return mode === 'run' ? { run: pass } : { dryRun: pass };
}

async function forget({ desk }: ImportPorts, { importId, mode, number }: PassRef): Promise<void> {
  if (mode === 'dry_run') await desk.forget(importId, number);
}

/** A pass whose place another one took stopped, whatever became of the import. */
function outcomeOf(theImport: PeopleImport | undefined): ImportOutcome {
  const state = theImport?.state;
  return { state: state === 'ready' || state === 'finished' ? state : 'stopped' };
}
