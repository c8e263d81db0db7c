import type { HandoverPart } from '../../shared/domain/target-capabilities.ts';
import { leavingRequestOf } from '../steps/leaving-request.ts';
import type { AccountContext } from '../steps/step-definition.ts';

/** Why a part is not handed over on this target after all; `undefined` where it is. A deletion may be asked before it is decided. */
export function whyNotWanted(
  { theCase, ref }: Pick<AccountContext, 'theCase' | 'ref'>,
  part: HandoverPart,
): 'done_by_hand' | 'not_asked_for' | undefined {
  const { handover, undecided = [] } = leavingRequestOf(theCase);
  // Nobody decided it and the question is settled: somebody said that it was done.
  if (undecided.some((item) => item === part)) return 'done_by_hand';
  return handover?.targets[ref.target]?.[part] === undefined ? 'not_asked_for' : undefined;
}
