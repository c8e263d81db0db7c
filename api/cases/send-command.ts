import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { CaseUpdateName, CaseUpdates } from '../../shared/contract/commands.ts';
import type { CaseRecord } from '../../shared/domain/case-record.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { idempotently } from '../http/idempotency.ts';
import { etagOf } from '../http/etag.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { afterOutcome, type Outcome } from './await-outcome.ts';
import { caseBehind, type CaseDoor } from './case-door.ts';
import { startCase } from './open-case.ts';
import { withRevision, type TakenRevision } from './take-revision.ts';

/** One command: what it takes, what it does before the case is told, what it says, what it does after. */
export interface CaseCommand<Name extends CaseUpdateName, Body, Of extends CaseRecord = CaseRecord> {
  readonly name: Name;
  readonly body: z.ZodType<Body>;
  /** Checks what only the database knows, and writes what must be there first. Repeating it changes nothing. */
  prepare(of: CommandContext<Body, Of>): Promise<CaseUpdates[Name]>;
  /** Follows an accepted command. Repeating it changes nothing. */
  readonly afterwards?: (of: CommandContext<Body, Of>) => Promise<void>;
  /** What else the answer says, once the command was carried out. */
  readonly tells?: (record: Of) => Readonly<Record<string, unknown>>;
  /** How often it is prepared, when the case went on between its preparation and its arrival. Once, unless said otherwise. */
  readonly attempts?: number;
  /**
   * Its preparation writes what the case is told of afterwards. The case cannot refuse it any more because it moved on: with
   * `If-Match` the revision alone decides, so that `PRECONDITION_FAILED` always means that nothing was written.
   */
  readonly writesFirst?: true;
  /** What its caller waits for with `Prefer: wait`: that the case rests again, unless said otherwise. */
  readonly awaits?: Outcome;
  /** For the audit. */
  readonly detail?: (of: CommandContext<Body, Of>) => Readonly<Record<string, unknown>>;
}

const OUTDATED: ReadonlySet<string> = new Set(['PLAN_OUTDATED', 'PLAN_MOVES_EXECUTED_STEP']);
const OUTDATED_PAUSE_MS = 150;

/** A case that somebody says something to, once. */
export interface Addressed<Of extends CaseRecord = CaseRecord> extends TakenRevision {
  /** Where it was found. */
  readonly door: CaseDoor<Of>;
  readonly record: Of;
  readonly updateId: string;
}

export interface CommandContext<Body, Of extends CaseRecord = CaseRecord> extends Addressed<Of> {
  readonly context: ApiContext;
  readonly call: Call;
  readonly body: Body;
}

/** Carries a command to its case: at most one effect per `Idempotency-Key`, and an answer once the database knows it too. */
export async function sendCommand<Name extends CaseUpdateName, Body, Of extends CaseRecord>(
  context: ApiContext,
  call: Call,
  door: CaseDoor<Of>,
  command: CaseCommand<Name, Body, NoInfer<Of>>,
): Promise<Answer> {
  const body = parse(command.body, call.body);
  return onCase(context, call, door, command.awaits, (addressed) =>
    carryOut({ ...addressed, context, call, body }, command),
  );
}

/**
 * Runs once per `Idempotency-Key` on the case of the address, at the revision of `If-Match`; with `Prefer: wait` the
 * answer comes when the outcome can be seen.
 */
export async function onCase<Of extends CaseRecord>(
  context: ApiContext,
  call: Call,
  door: CaseDoor<Of>,
  awaits: Outcome | undefined,
  run: (addressed: Addressed<Of>) => Promise<Answer>,
): Promise<Answer> {
  const { orgId } = call.actor;
  const caseId = paramOf(call, 'id');
  await caseBehind(door, context, orgId, caseId);
  const options = { required: true, subjectId: newId('cas') };
  const answer = await idempotently(context, call, options, async ({ updateId }) => {
    const record = await caseBehind(door, context, orgId, caseId);
    return withRevision(context, call, record, updateId, (taken) =>
      run({ ...taken, door, record, updateId }),
    );
  });
  return afterOutcome(context, call, door, answer, awaits);
}

/** The effect of one command, its audit and its answer. Under the same `updateId` the case is changed once. */
export async function carryOut<Name extends CaseUpdateName, Body, Of extends CaseRecord>(
  of: CommandContext<Body, Of>,
  command: CaseCommand<Name, Body, NoInfer<Of>>,
): Promise<Answer> {
  const { context, call, door, record, updateId } = of;
  const { orgId, id: caseId, personId } = record;
  const result = await tellUntilUpToDate(of, command, command.attempts ?? 1);
  await command.afterwards?.(of);
  await context.repositories.audit.append({
    id: auditId(orgId, command.name, updateId),
    ...{ orgId, caseId, personId, actorId: call.actor.ownerId, atMs: context.now() },
    action: `${record.kind}.${command.name}`,
    detail: command.detail?.(of) ?? {},
  });
  const carriedOut = await caseBehind(door, context, orgId, caseId);
  const { state, needsAttention, rev } = carriedOut;
  const more = command.tells?.(carriedOut) ?? {};
  return {
    status: 200,
    headers: { ETag: etagOf(rev) },
    body: { [door.idMember]: caseId, ...result, state, needsAttention, ...more },
  };
}

/** A step was started while the command was on its way: it is prepared again from where the case stands now. */
async function tellUntilUpToDate<Name extends CaseUpdateName, Body, Of extends CaseRecord>(
  of: CommandContext<Body, Of>,
  command: CaseCommand<Name, Body, NoInfer<Of>>,
  attempts: number,
): ReturnType<typeof tell> {
  const { context, door, record, expectedSequence } = of;
  try {
    const prepared = await command.prepare(of);
    const insists = expectedSequence !== undefined && command.writesFirst !== true;
    return await tell(of, command.name, insists ? { ...prepared, expectedSequence } : prepared);
  } catch (error) {
    if (attempts <= 1 || !(error instanceof Problem) || !OUTDATED.has(error.code)) throw error;
    await sleep(OUTDATED_PAUSE_MS);
    const current = await caseBehind(door, context, record.orgId, record.id);
    return tellUntilUpToDate({ ...of, record: current }, command, attempts - 1);
  }
}

interface ToTell {
  readonly context: ApiContext;
  readonly record: CaseRecord;
  readonly updateId: string;
}

async function tell<Name extends CaseUpdateName>(
  { context, record, updateId }: ToTell,
  name: Name,
  payload: CaseUpdates[Name],
): Promise<{ readonly effect: string; readonly sequence: number }> {
  const known = await startCase(context, record);
  if (known.engine !== 'started') throw engineUnavailable();
  const outcome = await context.engine.command(record.workflowId, name, payload, updateId);
  switch (outcome.kind) {
    case 'accepted':
      return outcome.result;
    case 'rejected':
      throw new Problem(outcome.code);
    case 'unknown':
      if (record.closedAtMs !== undefined) throw new Problem('CASE_CLOSED');
      throw engineUnavailable();
    case 'unavailable':
      throw engineUnavailable();
  }
}

function engineUnavailable(): Problem {
  return new Problem('ENGINE_UNAVAILABLE', { headers: { 'Retry-After': '10' } });
}
