import { stat } from 'node:fs/promises';
import type { ImportAction } from '../../shared/domain/imports/import-actions.ts';
import {
  isOver,
  NO_ROWS,
  type ImportPass,
  type PeopleImport,
} from '../../shared/domain/imports/people-import.ts';
import { unlessMissing } from '../../shared/platform/files/durable-file.ts';
import { uploadPath, wipeUpload } from '../../shared/platform/imports/uploads.ts';
import type { ImportChanges } from '../../shared/platform/persistence/import-repository.ts';
import { newId } from '../../shared/platform/new-id.ts';
import type { ApiContext } from '../api-context.ts';
import { noFields } from '../departures/departure-fields.ts';
import type { Answer, Call } from '../http/call.ts';
import { idempotently } from '../http/idempotency.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { allows } from '../http/scopes.ts';
import { answerImport } from './answer-import.ts';
import { auditImport } from './audit-import.ts';
import { assertPossible, changeImport } from './change-import.ts';
import { mappingProblem } from './correct-mapping.ts';
import { importOr404 } from './import-or-404.ts';
import { mappingOf } from './import-view.ts';
import { tellEngine } from './tell-engine.ts';

/** Something an import is told. */
export interface ImportCommand {
  readonly action: ImportAction;
  /** What the audit calls it. */
  readonly audit: string;
  /** 202: it begins now. */
  readonly status: 200 | 202;
  /** What is written, where the table allows it. */
  changes(theImport: PeopleImport, call: Call, nowMs: number): ImportChanges;
  /** Whether an attempt of the same request that began then has written it. */
  wasDone(theImport: PeopleImport, sinceMs: number): boolean;
}

/** Writes what is decided and then tells the engine, which looks it up: at most one effect per `Idempotency-Key`. */
export async function commandImport(
  context: ApiContext,
  call: Call,
  command: ImportCommand,
): Promise<Answer> {
  parse(noFields, call.body);
  const found = await importOr404(context, call);
  const options = { required: true, subjectId: newId('imp') };
  return idempotently(context, call, options, async ({ updateId, earlierSinceMs }) => {
    if (command.action === 'dry-run') await assertFileThere(context, found);
    const theImport = await changeImport(context, call, (known) => {
      if (earlierSinceMs !== undefined && command.wasDone(known, earlierSinceMs)) return undefined;
      if (command.action === 'dry-run') assertMapped(known);
      assertPossible(known, command.action);
      return { ...command.changes(known, call, context.now()), ...unheardBy(known, command) };
    });
    if (theImport.unheard) await tellEngine(context, theImport);
    else if (isOver(theImport))
      await wipeUpload(uploadPath(context.uploads.folder, theImport.orgId, theImport.id));
    await auditImport(context, call, { action: command.audit, theImport, of: updateId });
    return answerImport(context, theImport, command.status);
  });
}

/** Only a workflow that is under way, or that is to begin, has something to hear. */
function unheardBy({ state }: PeopleImport, { status }: ImportCommand): ImportChanges {
  return status === 202 || state === 'dry_run' || state === 'running' ? { unheard: true } : {};
}

function assertMapped(theImport: PeopleImport): void {
  const mapping = mappingOf(theImport);
  const fault = mapping.kind === 'faulty' ? mapping.faults[0] : undefined;
  if (theImport.state === 'uploaded' && fault !== undefined) throw mappingProblem(fault);
}

/** Of one that is to be staged yet. */
async function assertFileThere(
  { uploads }: ApiContext,
  { id, orgId, state, staged }: PeopleImport,
): Promise<void> {
  if (state !== 'mapped' || staged !== undefined) return;
  const file = await unlessMissing(stat(uploadPath(uploads.folder, orgId, id)));
  if (file === undefined) throw new Problem('IMPORT_FILE_GONE');
}

function newPass(number: number, startedAtMs: number): ImportPass {
  return { number, startedAtMs, pages: 0, rows: 0, counts: NO_ROWS, countsBefore: NO_ROWS, pace: [] };
}

export const DRY_RUN: ImportCommand = {
  ...{ action: 'dry-run', audit: 'import.tried', status: 202 },
  changes: ({ dryRun }, _call, nowMs) => ({
    state: 'dry_run',
    dryRun: newPass((dryRun?.number ?? 0) + 1, nowMs),
    trouble: undefined,
  }),
  wasDone: ({ dryRun }, sinceMs) => dryRun !== undefined && dryRun.startedAtMs >= sinceMs,
};

export const LAUNCH: ImportCommand = {
  ...{ action: 'launch', audit: 'import.launched', status: 202 },
  changes({ dryRun }, { actor }, nowMs) {
    const { ownerId, key } = actor;
    const departures = dryRun?.counts.departures ?? 0;
    if (departures > 0 && !allows(key.scopes, 'departures:write'))
      throw new Problem('SCOPE_MISSING', {
        detail: 'Rows of the file ask for departures: this needs the scope departures:write.',
      });
    return {
      state: 'running',
      run: newPass(1, nowMs),
      actor: {
        ...{ ownerId, scopes: key.scopes },
        ...(key.personId === undefined ? {} : { personId: key.personId }),
      },
      trouble: undefined,
    };
  },
  wasDone: ({ run }, sinceMs) => run !== undefined && run.startedAtMs >= sinceMs,
};

export const PAUSE: ImportCommand = {
  ...{ action: 'pause', audit: 'import.paused', status: 200 },
  changes: (_theImport, { actor }, atMs) => ({ paused: { by: actor.ownerId, atMs } }),
  wasDone: ({ paused }, sinceMs) => paused !== undefined && paused.atMs >= sinceMs,
};

export const RESUME: ImportCommand = {
  ...{ action: 'resume', audit: 'import.resumed', status: 200 },
  changes: () => ({ paused: undefined }),
  wasDone: ({ paused }) => paused === undefined,
};

export const ABORT: ImportCommand = {
  ...{ action: 'abort', audit: 'import.aborted', status: 200 },
  changes: (_theImport, { actor }, atMs) => ({
    state: 'stopped',
    stopped: { kind: 'ABORTED', atMs, by: actor.ownerId },
    paused: undefined,
    waiting: undefined,
    trouble: undefined,
  }),
  wasDone: ({ stopped }, sinceMs) => stopped?.kind === 'ABORTED' && stopped.atMs >= sinceMs,
};
