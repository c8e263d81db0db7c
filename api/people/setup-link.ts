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
import { directoryOf } from '../open-directories.ts';
import { assertChangeable } from './changes/check-change.ts';
import { findSetupLink } from './credentials/find-setup-link.ts';
import { personOr404 } from './person-or-404.ts';

/** Gives a setup link by hand, shown in this answer and nowhere else. The person's older links are void from now on. */
export async function giveSetupLinkByHand(context: ApiContext, call: Call): Promise<Answer> {
  parse(noFields, call.body);
  const { orgId, ownerId } = call.actor;
  const personId = paramOf(call, 'id');
  const options = { required: false, subjectId: newId('per'), withoutSecrets: withoutLink };
  return idempotently(context, call, options, async () => {
    const person = await personOr404(context, orgId, personId);
    await assertChangeable(context, call, person, 'giveSetupLink');
    return { status: 201, body: shownLink(await newSetupLink(context, person, ownerId)) };
  });
}

export interface NewSetupLink {
  /** Holds the token: for the person alone. */
  readonly link: string;
  readonly expiresAtMs: number;
}

/** A new link, proven to be one that can be used. */
export async function newSetupLink(
  context: ApiContext,
  person: Person,
  actorId: string,
): Promise<NewSetupLink> {
  const { orgId } = person;
  const nowMs = context.now();
  const token = newLinkToken();
  const expiresAtMs = nowMs + SETUP_LINK_MS;
  const id = hashOfToken(token);
  await context.repositories.setupLinks.give({
    ...{ id, orgId, personId: person.id, createdAtMs: nowMs, expiresAtMs },
  });
  await assertUsable(context, person, token);
  await context.repositories.audit.append({
    id: auditId(orgId, 'setupLink.given', id),
    ...{ orgId, personId: person.id, actorId, atMs: nowMs },
    action: 'setupLink.given',
    detail: {},
  });
  return { link: linkAddress(context.publicUrl, 'setup', token), expiresAtMs };
}

/** Reads back that whoever opens the link now could set the password of every account. */
async function assertUsable(context: ApiContext, person: Person, token: string): Promise<void> {
  const found = await findSetupLink(context, token);
  let isUsable = found.state === 'open' && found.person.id === person.id;
  for (const { target, accountId } of person.accounts)
    isUsable &&= (await directoryOf(context, target).getAccount(person.orgId, accountId)) !== undefined;
  if (!isUsable) throw new Problem('CREDENTIALS_UNPROVEN', { members: { personId: person.id } });
}

export function shownLink({ link, expiresAtMs }: NewSetupLink) {
  return { setupLink: link, expiresAt: utc(expiresAtMs) };
}

export function withoutLink(answer: Answer): Answer {
  const { setupLink: _link, ...body } = answer.body as Readonly<Record<string, unknown>>;
  return { ...answer, body };
}
