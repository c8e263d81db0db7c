import type { CaseRecord } from '../../shared/domain/case-record.ts';
import type { ApiContext } from '../api-context.ts';
import type { Call } from '../http/call.ts';
import { assertMeant, conditionOf, etagOf, outdated } from '../http/etag.ts';
import { Problem, problemKindOf } from '../http/problem.ts';

/** What a command with `If-Match` goes on with. */
export interface TakenRevision {
  /**
   * The change the case stood at when the revision was taken; absent without `If-Match`, and before the case has spoken of
   * itself for the first time.
   */
  readonly expectedSequence?: number;
  /** The revision the taking made, for a command that changes the document itself; absent without `If-Match`. */
  readonly takenRev?: number;
}

/**
 * Decides `If-Match` before anything is written: the command takes the revision it names, by compare-and-set, so of several
 * that name the same one exactly one goes on, whatever they want. A refusal of the case uses the revision up and carries the
 * next one. Throws `PRECONDITION_FAILED`.
 */
export async function withRevision<T>(
  context: ApiContext,
  call: Call,
  { orgId, id, rev }: CaseRecord,
  commandId: string,
  run: (taken: TakenRevision) => Promise<T>,
): Promise<T> {
  const condition = conditionOf(call);
  if (condition === undefined) return run({});
  const { cases } = context.repositories;
  // Also where the revision is another by now: an earlier attempt of this command may have taken the one it means.
  const taken = await cases.takeRevision(orgId, id, condition(rev) ? rev : -1, commandId);
  if (taken === undefined) throw outdated((await cases.get(orgId, id))?.rev ?? rev);
  const { sequence, rev: takenRev } = taken;
  try {
    return await run({ takenRev, ...(sequence === 0 ? {} : { expectedSequence: sequence }) });
  } catch (error) {
    if (!(error instanceof Problem) || problemKindOf(error.code).status >= 500) throw error;
    const current = await cases.forgetTaken(orgId, id, commandId);
    throw current === undefined ? error : withTag(error, current);
  }
}

/** For a command that changes nothing. */
export function assertRevision(call: Call, { rev }: CaseRecord): void {
  assertMeant(conditionOf(call), rev);
}

function withTag({ code, options }: Problem, rev: number): Problem {
  return new Problem(code, { ...options, headers: { ...options.headers, ETag: etagOf(rev) } });
}
