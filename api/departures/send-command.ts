import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { CaseUpdateName, CaseUpdates } from '../../shared/contract/commands.ts';
import type { CaseRecord } from '../../shared/domain/case-record.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { idempotently } from '../http/idempotency.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { startCase } from './create-departure.ts';

/** One command: what it takes, what it does before the case is told, what it says, what it does after. */
export interface DepartureCommand<Name extends CaseUpdateName, Body> {
  readonly name: Name;
  readonly body: z.ZodType<Body>;
  /** Checks what only the database knows, and writes what must be there first. Repeating it changes nothing. */
  prepare(of: CommandContext<Body>): Promise<CaseUpdates[Name]>;
  /** Follows an accepted command. Repeating it changes nothing. */
  readonly afterwards?: (of: CommandContext<Body>) => Promise<void>;
  /** What else the answer says, once the command was carried out. */
  readonly tells?: (record: CaseRecord) => Readonly<Record<string, unknown>>;
  /** How often it is prepared, when the case went on between its preparation and its arrival. Once, unless said otherwise. */
  readonly attempts?: number;
  /** For the audit. */
  readonly detail?: (of: CommandContext<Body>) => Readonly<Record<string, unknown>>;
}

const OUTDATED: ReadonlySet<string> = new Set(['PLAN_OUTDATED', 'PLAN_MOVES_EXECUTED_STEP']);
const OUTDATED_PAUSE_MS = 150;

export interface CommandContext<Body> {
  readonly context: ApiContext;
  readonly call: Call;
  readonly record: CaseRecord;
  readonly body: Body;
}

/** Carries a command to its case: at most one effect per `Idempotency-Key`, and an answer once the database knows it too. */
export async function sendCommand<Name extends CaseUpdateName, Body>(
  context: ApiContext,
  call: Call,
  command: DepartureCommand<Name, Body>,
): Promise<Answer> {
  const body = parse(command.body, call.body);
  return onDeparture(context, call, paramOf(call, 'id'), (record, updateId) =>
    carryOut({ context, call, record, body }, command, updateId),
  );
}

/** Runs once per `Idempotency-Key` on a departure that exists. */
export async function onDeparture(
  context: ApiContext,
  call: Call,
  caseId: string,
  run: (record: CaseRecord, updateId: string) => Promise<Answer>,
): Promise<Answer> {
  const { orgId } = call.actor;
  await departureOr404(context, orgId, caseId);
  return idempotently(context, call, { required: true, subjectId: newId('cas') }, async ({ updateId }) =>
    run(await departureOr404(context, orgId, caseId), updateId),
  );
}

/** The effect of one command, its audit and its answer. Under the same `updateId` the case is changed once. */
export async function carryOut<Name extends CaseUpdateName, Body>(
  of: CommandContext<Body>,
  command: DepartureCommand<Name, Body>,
  updateId: string,
): Promise<Answer> {
  const { context, call, record } = of;
  const { orgId, id: caseId, personId } = record;
  const result = await tellUntilUpToDate(of, command, updateId, command.attempts ?? 1);
  await command.afterwards?.(of);
  await context.repositories.audit.append({
    id: auditId(orgId, command.name, updateId),
    ...{ orgId, caseId, personId, actorId: call.actor.ownerId, atMs: context.now() },
    action: `departure.${command.name}`,
    detail: command.detail?.(of) ?? {},
  });
  const carriedOut = await departureOr404(context, orgId, caseId);
  const { state, needsAttention } = carriedOut;
  const more = command.tells?.(carriedOut) ?? {};
  return { status: 200, body: { departureId: caseId, ...result, state, needsAttention, ...more } };
}

/** A step was started while the command was on its way: it is prepared again from where the case stands now. */
async function tellUntilUpToDate<Name extends CaseUpdateName, Body>(
  of: CommandContext<Body>,
  command: DepartureCommand<Name, Body>,
  updateId: string,
  attempts: number,
): ReturnType<typeof tell> {
  const { context, record } = of;
  try {
    return await tell(context, record, command.name, await command.prepare(of), updateId);
  } catch (error) {
    if (attempts <= 1 || !(error instanceof Problem) || !OUTDATED.has(error.code)) throw error;
    await sleep(OUTDATED_PAUSE_MS);
    const current = await departureOr404(context, record.orgId, record.id);
    return tellUntilUpToDate({ ...of, record: current }, command, updateId, attempts - 1);
  }
}

export async function departureOr404(context: ApiContext, orgId: string, id: string): Promise<CaseRecord> {
  const record = await context.repositories.cases.get(orgId, id);
  if (record === undefined) throw new Problem('DEPARTURE_NOT_FOUND');
  return record;
}

async function tell<Name extends CaseUpdateName>(
  context: ApiContext,
  record: CaseRecord,
  name: Name,
  payload: CaseUpdates[Name],
  updateId: string,
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
