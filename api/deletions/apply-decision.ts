import type { DeletionItem } from '../../shared/domain/deletion.ts';
import type { DepartureRequest, RedirectRequest } from '../../shared/domain/departure.ts';
import type { Handover, MailSelection } from '../../shared/domain/handover.ts';
import type { HandoverPart } from '../../shared/domain/target-capabilities.ts';

/** What was decided of one item, with everything filled in. `false`: it goes with the account. */
export type Decision =
  | { readonly item: 'mail'; readonly decided: MailSelection | false }
  | { readonly item: 'files' | 'contacts'; readonly decided: boolean }
  | { readonly item: 'calendars'; readonly decided: 'handOver' | 'close' }
  | { readonly item: 'redirect'; readonly decided: RedirectRequest | false };

/** Somebody gets what is decided. */
export function isReceived({ item, decided }: Decision): boolean {
  if (item === 'mail' || item === 'files') return decided !== false;
  return decided === 'handOver';
}

/** The request as if it had said so from the beginning. The plan stays: its steps read what is wanted when their turn comes. */
export function withDecision(request: DepartureRequest, decision: Decision): DepartureRequest {
  const undecided = (request.undecided ?? []).filter((item: DeletionItem) => item !== decision.item);
  const { handover } = request;
  if (decision.item === 'redirect')
    return { ...request, undecided, ...(decision.decided === false ? {} : { redirect: decision.decided }) };
  return {
    ...request,
    undecided,
    ...(handover === undefined ? {} : { handover: decidedHandover(handover, decision) }),
  };
}

function decidedHandover(
  handover: Handover,
  decision: Exclude<Decision, { readonly item: 'redirect' }>,
): Handover {
  if (decision.item === 'calendars') return { ...handover, calendars: decision.decided };
  if (decision.decided === false) {
    const declined = without(handover, decision.item);
    return decision.item === 'files' ? { ...declined, filesGoWithAccount: true } : declined;
  }
  return decision.item === 'mail' ? { ...handover, mail: decision.decided } : handover;
}

function without(handover: Handover, part: HandoverPart): Handover {
  const targets = Object.entries(handover.targets).map(([target, ways]) => {
    const { [part]: _declined, ...rest } = ways;
    return [target, rest] as const;
  });
  return { ...handover, targets: Object.fromEntries(targets) };
}
