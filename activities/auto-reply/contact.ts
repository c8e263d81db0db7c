import { fillIn } from '../../shared/domain/auto-reply-template.ts';
import type { CaseRecord } from '../../shared/domain/case-record.ts';
import type { AutoReplyRequest } from '../../shared/domain/departure.ts';
import { openCaseClaimId } from '../../shared/domain/ids.ts';
import { fullNameOf, type Person } from '../../shared/domain/person.ts';
import { rolesOf } from '../../shared/domain/reference.ts';
import { localDate } from '../notices/notice-texts.ts';
import { hasActiveAccount } from '../steps/active-account.ts';
import type { Ports } from '../steps/step-definition.ts';

type OfPorts = Pick<Ports, 'repositories' | 'connectors'>;

/** Somebody who can be written to: here, not on the way out, with an account that is not disabled. */
export async function canAnswer(ports: OfPorts, person: Person | undefined): Promise<boolean> {
  return person?.status === 'active' && (await hasActiveAccount(ports, person));
}

/** Who is named once the contact cannot answer: the successor of the contact, else the leaver's manager. */
export async function nextContact(
  ports: OfPorts,
  theCase: CaseRecord,
  leaver: Person,
): Promise<Person | undefined> {
  const { people, cases, claims } = ports.repositories;
  const { orgId, request } = theCase;
  const { contactPersonId } = rolesOf(request);
  const claim =
    contactPersonId === undefined
      ? undefined
      : await claims.get(openCaseClaimId(orgId, contactPersonId), orgId);
  const departureOfContact = claim && (await cases.get(orgId, claim.holderId));
  for (const id of [
    departureOfContact && rolesOf(departureOfContact.request).successorId,
    leaver.managerId,
  ]) {
    if (id === undefined || id === leaver.id || id === contactPersonId) continue;
    const candidate = await people.get(orgId, id);
    if (await canAnswer(ports, candidate)) return candidate;
  }
  return undefined;
}

const MAX_ATTEMPTS = 5;

/** Puts another contact into a departure and into the text of its auto-reply. Gives the request as stored. */
export async function replaceContact(
  { repositories }: OfPorts,
  theCase: CaseRecord,
  leaver: Person,
  contact: Person,
): Promise<CaseRecord> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const current = await repositories.cases.get(theCase.orgId, theCase.id);
    if (current === undefined) break;
    const { autoReply } = rolesOf(current.request);
    const request = {
      ...current.request,
      contactPersonId: contact.id,
      ...(autoReply === undefined ? {} : { autoReply: naming(autoReply, current, leaver, contact) }),
    };
    const changed = await repositories.cases.setRequest(theCase.orgId, theCase.id, current.rev, request);
    if (changed !== undefined) return changed;
  }
  throw new Error('a case kept changing');
}

/** A text of one's own that names nobody by a variable stays as it was written. */
function naming(
  autoReply: AutoReplyRequest,
  { plan }: CaseRecord,
  leaver: Person,
  contact: Person,
): AutoReplyRequest {
  const { template, days } = autoReply;
  if (template === undefined) return autoReply;
  const filled = fillIn(template, {
    leaver: fullNameOf(leaver),
    contact: fullNameOf(contact),
    contactAddress: contact.address,
    lastDay: localDate(plan.leaveAtMs, plan.timeZone),
  });
  return { ...filled, days, template };
}
