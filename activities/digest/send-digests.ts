import { digestOf } from '../../shared/domain/digest.ts';
import { ITSELF } from '../../shared/domain/ids.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import { fullNameOf } from '../../shared/domain/person.ts';
import { DAY_MS } from '../../shared/domain/planner/plan-step.ts';
import { localCalendar } from '../../shared/platform/local-calendar.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { Repositories } from '../../shared/platform/persistence/create-repositories.ts';
import { forEachOrganisation } from '../for-each-organisation.ts';
import type { Notifier } from '../ports/notifier.ts';
import { digestText, type DigestLine } from './digest-text.ts';

export interface DigestPorts {
  readonly repositories: Repositories;
  readonly notifier: Notifier;
}

const MOST_CASES = 1_000;

/**
 * Sends each organisation the digest of its local day, from its digest time on; one that was missed is made up for on the
 * same day. Written down after it was accepted: a second try before that is the same mail. No mail where no departure is open.
 * A mail that is not accepted keeps no other organisation from its own; its error is thrown in the end.
 */
export function sendDigests(ports: DigestPorts, nowMs: number): Promise<number> {
  return forEachOrganisation(ports.repositories, (organisation) => sendDigest(ports, organisation, nowMs));
}

async function sendDigest(
  { repositories, notifier }: DigestPorts,
  organisation: Organisation,
  nowMs: number,
): Promise<boolean> {
  const { id: orgId, notificationAddresses: to, timeZone, digestTime } = organisation;
  const { date, time } = localCalendar.localOf(nowMs, timeZone);
  if (to.length === 0 || digestTime === undefined || time < digestTime) return false;
  const id = auditId(orgId, 'digest.sent', date);
  if (await repositories.audit.has(orgId, id)) return false;
  const { lines, more, anyOpen } = await linesOf(repositories, orgId, nowMs);
  if (!anyOpen) return false;
  const receipt = await notifier.send({ id: `dig:${orgId}:${date}`, to, ...digestText(date, lines, more) });
  const entry = { orgId, actorId: ITSELF, action: 'digest.sent', atMs: nowMs };
  await repositories.audit.append({ ...entry, id, detail: { date, lines: lines.length, ...receipt } });
  return true;
}

async function linesOf({ cases, people }: Repositories, orgId: string, nowMs: number) {
  const red = await cases.list(orgId, { needsAttention: true, limit: MOST_CASES });
  const due = await cases.listDue(orgId, nowMs + DAY_MS, MOST_CASES);
  const concerned = [...new Map([...red, ...due].map((one) => [one.id, one])).values()];
  const known = await people.getMany(orgId, [...new Set(concerned.map(({ personId }) => personId))]);
  const names = new Map(known.map((person) => [person.id, fullNameOf(person)]));
  const lines = concerned.flatMap((theCase): readonly DigestLine[] => {
    const name = names.get(theCase.personId) ?? theCase.personId;
    return digestOf(theCase, nowMs).map((entry) => ({ theCase, name, entry }));
  });
  return {
    lines: lines.toSorted((a, b) => a.entry.dueAtMs - b.entry.dueAtMs),
    more: red.length === MOST_CASES || due.length === MOST_CASES,
    anyOpen: concerned.length > 0 || (await cases.listDue(orgId, Number.MAX_SAFE_INTEGER, 1)).length > 0,
  };
}
