import { setTimeout as sleep } from 'node:timers/promises';
import { isAtRest } from '../../shared/domain/case/at-rest.ts';
import type { CaseRecord } from '../../shared/domain/case-record.ts';
import { isOfUndo } from '../../shared/domain/plan.ts';
import { StoreUnavailable } from '../../shared/platform/persistence/store-unavailable.ts';
import type { ApiContext } from '../api-context.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { etagOf } from '../http/etag.ts';
import { preferredWait } from '../http/prefer.ts';
import { caseBehind, type CaseDoor } from './case-door.ts';
import { stepSummaries } from './step-summary.ts';

/**
 * What a caller waits for. `rest`: the case has done what it could do at once. `begun`: the same of a new case, whose first
 * steps are not being retried either. `closed`: it is over, or its way back is red.
 */
export type Outcome = 'rest' | 'begun' | 'closed';

/** Looked at soon, and then less and less often: a key may have many who wait. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 500;
const PAUSE_FACTOR = 1.3;

interface Wanted<Of extends CaseRecord> {
  readonly door: CaseDoor<Of>;
  readonly caseId: string;
  readonly outcome: Outcome;
}

interface Awaited<Of extends CaseRecord> {
  readonly record: Of;
  readonly reached: boolean;
}

/**
 * With `Prefer: wait`, `later` gives the answer, once the outcome can be seen, the time is over, the caller is gone or the
 * server ends. What was asked for is done by then: where the database is away, the answer is the usual one.
 */
export async function answerOnce<Of extends CaseRecord>(
  context: ApiContext,
  call: Call,
  usual: Answer,
  wanted: Wanted<Of>,
  later: (awaited: Awaited<Of>) => Answer | Promise<Answer>,
): Promise<Answer> {
  const seconds = preferredWait(call);
  if (seconds === undefined) return usual;
  try {
    const awaited = await awaitOutcome(context, call, { ...wanted, seconds });
    const { headers, ...answer } = await later(awaited);
    const applied = { 'Preference-Applied': `wait=${seconds}`, ETag: etagOf(awaited.record.rev) };
    return { ...answer, headers: { ...headers, ...applied } };
  } catch (error) {
    if (error instanceof StoreUnavailable) return usual;
    throw error;
  }
}

/** The answer to a command, where it tells of the case as that stands by then. What is stored for a repetition stays as it is. */
export function afterOutcome(
  context: ApiContext,
  call: Call,
  door: CaseDoor,
  usual: Answer,
  outcome: Outcome = 'rest',
): Promise<Answer> {
  const caseId = paramOf(call, 'id');
  return answerOnce(context, call, usual, { door, caseId, outcome }, ({ record }) => {
    const body = usual.body as object;
    if (!('state' in body)) return usual;
    const { state, needsAttention } = record;
    const step = stepSummaries(record, context.calendar).find(({ key }) => key === call.params['key']);
    return { ...usual, body: { ...body, state, needsAttention, ...(step && { step }) } };
  });
}

async function awaitOutcome<Of extends CaseRecord>(
  context: ApiContext,
  call: Call,
  wanted: Wanted<Of> & { readonly seconds: number },
): Promise<Awaited<Of>> {
  const { orgId } = call.actor;
  const giveUpAt = performance.now() + wanted.seconds * 1000;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * PAUSE_FACTOR, LONGEST_PAUSE_MS)) {
    const record = await caseBehind(wanted.door, context, orgId, wanted.caseId);
    const reached = await isReached(context, record, wanted.outcome);
    const isOver = call.signal.aborted || context.stopping.aborted || performance.now() >= giveUpAt;
    if (reached || isOver) return { record, reached };
    await sleep(Math.max(Math.min(pauseMs, giveUpAt - performance.now()), 0));
  }
}

async function isReached(context: ApiContext, record: CaseRecord, outcome: Outcome): Promise<boolean> {
  if (record.closedAtMs !== undefined) return true;
  if (outcome === 'closed') return isStuckOnTheWayBack(record);
  if (outcome === 'begun' && record.steps.some((step) => step.status === 'retrying')) return false;
  const person = await context.repositories.people.get(record.orgId, record.personId);
  return isAtRest(record, person?.legalHold !== undefined, context.now());
}

/** A step that puts something back failed: the case stays open until somebody acts. */
function isStuckOnTheWayBack({ plan, steps }: CaseRecord): boolean {
  const back = new Set(plan.steps.filter(isOfUndo).map((step) => step.key));
  return steps.some((step) => step.status === 'failed' && back.has(step.key));
}
