import type { ApiContext } from '../api-context.ts';
import { cancelOrUndo } from '../cases/cancel-case.ts';
import { DELETIONS } from '../cases/case-door.ts';
import { onCase } from '../cases/send-command.ts';
import { reasonFields } from '../departures/departure-fields.ts';
import type { Answer, Call } from '../http/call.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';

/**
 * Gives everything back, at any moment until the first delete call: the deletion is cancelled where it changed nothing yet,
 * else undone. After that call the answer says so, also once the case is closed.
 */
export async function restore(context: ApiContext, call: Call): Promise<Answer> {
  const { reason } = parse(reasonFields, call.body);
  return onCase(context, call, DELETIONS, 'closed', (addressed) => {
    if (addressed.record.pointOfNoReturnAtMs !== undefined) throw new Problem('POINT_OF_NO_RETURN');
    return cancelOrUndo(context, call, addressed, reason);
  });
}
