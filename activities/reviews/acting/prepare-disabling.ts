import { DAY_MS } from '../../../shared/domain/planner/plan-step.ts';
import type { Person } from '../../../shared/domain/person.ts';
import type { Decision } from '../../../shared/domain/reviews/decision.ts';
import type { Finding, WithdrawalReason } from '../../../shared/domain/reviews/finding.ts';
import { ruleNamed } from '../../../shared/domain/reviews/rules/all-rules.ts';
import { MailNotSent } from '../../ports/notifier.ts';
import { TargetUnavailable } from '../../ports/target-unavailable.ts';
import type { Acting } from './acting-ports.ts';
import { changeFinding, refuse, withdraw } from './change-finding.ts';
import { warning } from './warning-text.ts';

/** Whoever is about to be locked out is told so many days before. */
export const WARNED_DAYS_BEFORE = [14, 3] as const;
const FIRST_DAYS = WARNED_DAYS_BEFORE[0];
/** A warning that goes out later than this moves the day: nobody has less time than was promised. */
const LATE_MS = 6 * 60 * 60_000;
const TRIED_AGAIN_AFTER_MS = 60 * 60_000;
/** Of a warning that no server takes: then somebody has to decide what becomes of it. */
const PATIENCE_DAYS = 4;

/**
 * What comes before an account is disabled: nobody signed in since that was decided, and the person was warned in time. Looks for sign-ins
 * each time, and right before the end. Gives the finding while there is something to wait for; `undefined`: now.
 */
export async function prepareDisabling(
  acting: Acting,
  finding: Finding,
  decision: Decision,
): Promise<Finding | undefined> {
  const { people } = acting.ports.repositories;
  const person =
    finding.personId === undefined ? undefined : await people.get(finding.orgId, finding.personId);
  // Nobody who could be warned, or locked out: the desk says so.
  if (person === undefined) return undefined;
  // Nobody is warned of what will be refused.
  if (person.protected) return refuse(acting, finding, 'PERSON_PROTECTED');
  const answered = await answeredAlready(acting, finding, decision, person);
  if (answered !== undefined) return withdraw(acting, finding, answered);
  const warned = finding.action?.warned ?? [];
  const daysBefore = WARNED_DAYS_BEFORE.find((days) => !warned.includes(days));
  if (daysBefore !== undefined) return warn(acting, finding, { decision, person, daysBefore });
  const disableAtMs = finding.action?.disableAtMs ?? acting.nowMs;
  return disableAtMs > acting.nowMs ? changeFinding(acting, finding, { nextAtMs: disableAtMs }) : undefined;
}

/** By what the targets say at this moment. */
async function answeredAlready(
  { ports: { connectors } }: Acting,
  { orgId, rule }: Finding,
  decision: Decision,
  person: Person,
): Promise<WithdrawalReason | undefined> {
  const read = person.accounts.map((ref) => {
    const connector = connectors[ref.target]?.(orgId);
    // Nobody is locked out on the word of a target that cannot be asked.
    if (connector === undefined) throw new TargetUnavailable('a target is not connected');
    return connector.read(ref);
  });
  const accounts = (await Promise.all(read)).filter((account) => account !== undefined);
  if (accounts.every(({ status }) => status === 'disabled')) return 'ALREADY_SO';
  const isUsed = accounts.some(({ lastLoginAtMs = 0 }) => lastLoginAtMs > decision.atMs);
  return isUsed && ruleNamed(rule).answeredBySignIn === true ? 'SIGNED_IN' : undefined;
}

interface Warning {
  readonly decision: Decision;
  readonly person: Person;
  readonly daysBefore: (typeof WARNED_DAYS_BEFORE)[number];
}

/** The day is written before anybody is told: whoever is told again is told the same, by the same mail. */
async function warn(
  acting: Acting,
  finding: Finding,
  { decision, person, daysBefore }: Warning,
): Promise<Finding> {
  const { ports, review, nowMs } = acting;
  const decidedAtMs = decision.second?.atMs ?? decision.atMs;
  const planned = finding.action?.disableAtMs ?? decidedAtMs + FIRST_DAYS * DAY_MS;
  const earliest = nowMs + daysBefore * DAY_MS;
  const disableAtMs = planned < earliest - LATE_MS ? earliest : planned;
  const announced =
    finding.action?.disableAtMs === disableAtMs
      ? finding
      : await changeFinding(acting, finding, { action: { ...finding.action, disableAtMs } });
  const organisation = await ports.repositories.organisations.get(finding.orgId);
  const { timeZone } = review.terms;
  const text = warning({
    ...{ finding, person, disableAtMs, timeZone },
    organisationName: organisation?.name ?? '',
    isSecond: daysBefore !== FIRST_DAYS,
  });
  // Told by the day as well: a warning of another day is another mail.
  const id = `review:${finding.id}:warn:${daysBefore}:${disableAtMs}`;
  try {
    await ports.notifier.send({ id, to: [person.address], ...text });
  } catch (error) {
    if (!(error instanceof MailNotSent)) throw error;
    const giveUpAtMs = decidedAtMs + (FIRST_DAYS - daysBefore + PATIENCE_DAYS) * DAY_MS;
    return unsent(acting, announced, giveUpAtMs);
  }
  const next = WARNED_DAYS_BEFORE.find((days) => days < daysBefore) ?? 0;
  const warned = [...(announced.action?.warned ?? []), daysBefore];
  return changeFinding(acting, announced, {
    ...{ state: 'warned', action: { ...announced.action, disableAtMs, warned } },
    nextAtMs: disableAtMs - next * DAY_MS,
  });
}

/** One address that takes no mail keeps no other finding waiting, and nobody is locked out unwarned. */
function unsent(acting: Acting, finding: Finding, giveUpAtMs: number): Promise<Finding> {
  const { ports, nowMs } = acting;
  ports.log.warn({ findingId: finding.id, code: 'MAIL_NOT_SENT' }, 'a warning was not taken by any server');
  if (nowMs >= giveUpAtMs) return refuse(acting, finding, 'MAIL_NOT_SENT');
  return changeFinding(acting, finding, { nextAtMs: nowMs + TRIED_AGAIN_AFTER_MS });
}
