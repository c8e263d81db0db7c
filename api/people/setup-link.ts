import { SETUP_LINK_MS } from '../../shared/domain/setup-link.ts';
import type { Person } from '../../shared/domain/person.ts';
import { hashOfToken, linkAddress, newLinkToken } from '../../shared/platform/links/link-token.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import { noFields } from '../departures/departure-fields.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { idempotently } from '../http/idempotency.ts';
import { utc } from '../http/instants.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { personOr404 } from './update-person.ts';

/** Gives a setup link by hand, shown in this answer and nowhere else. The person's older links are void from now on. */
export async function giveSetupLinkByHand(context: ApiContext, call: Call): Promise<Answer> {
  parse(noFields, call.body);
  const { orgId } = call.actor;
  const personId = paramOf(call, 'id');
  const options = { required: false, subjectId: newId('per'), withoutSecrets: withoutLink };
  return idempotently(context, call, options, async () => {
    const person = await personOr404(context, orgId, personId);
    if (person.status !== 'active') throw new Problem('PERSON_NOT_ACTIVE');
    if (person.accounts.length === 0) throw new Problem('ACCOUNT_NOT_FOUND');
    return { status: 201, body: await newSetupLink(context, call, person) };
  });
}

/** A new link and its end. */
export async function newSetupLink(context: ApiContext, call: Call, person: Person) {
  const { orgId, ownerId: actorId } = call.actor;
  const nowMs = context.now();
  const token = newLinkToken();
  const expiresAtMs = nowMs + SETUP_LINK_MS;
  const id = hashOfToken(token);
  await context.repositories.setupLinks.give({
    ...{ id, orgId, personId: person.id, createdAtMs: nowMs, expiresAtMs },
  });
  await context.repositories.audit.append({
    id: auditId(orgId, 'setupLink.given', id),
    ...{ orgId, personId: person.id, actorId, atMs: nowMs },
    action: 'setupLink.given',
    detail: {},
  });
  return { setupLink: linkAddress(context.publicUrl, 'setup', token), expiresAt: utc(expiresAtMs) };
}

export function withoutLink(answer: Answer): Answer {
  const { setupLink: _link, ...body } = answer.body as Readonly<Record<string, unknown>>;
  return { ...answer, body };
}
