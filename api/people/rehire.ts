import { randomBytes } from 'node:crypto';
import { addressClaimId } from '../../shared/domain/ids.ts';
import { wayOutOf } from '../../shared/domain/people/action-subject.ts';
import type { Person } from '../../shared/domain/person.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import { cancelOrUndo } from '../cases/cancel-case.ts';
import { ANY_CASE, caseBehind, DEPARTURES } from '../cases/case-door.ts';
import { rehireFields } from './person-fields.ts';
import { directoryOf } from '../open-directories.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { idempotently } from '../http/idempotency.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { assertMay } from './assert-may.ts';
import { claimNames, wantedAddress } from './claim-names.ts';
import { factsOfOne } from './person-facts.ts';
import { personView } from './person-view.ts';
import { newSetupLink, shownLink, withoutLink } from './setup-link.ts';
import { personOr404 } from './person-or-404.ts';

const SECRET_BYTES = 32;

/**
 * Somebody comes back. Whoever has an open departure has it undone, or cancelled where it changed nothing yet; whoever has
 * departed gets a new account with the old address, and a setup link. The person stays the same, and counts up a generation.
 */
export async function rehire(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(rehireFields, call.body);
  const { reason, targets } = wanted;
  for (const target of targets) directoryOf(context, target, '/targets');
  const { orgId } = call.actor;
  const personId = paramOf(call, 'id');
  await personOr404(context, orgId, personId);
  const options = { required: true, subjectId: newId('acc'), withoutSecrets: withoutLink };
  return idempotently(context, call, options, async ({ subjectId, updateId }) => {
    const person = await personOr404(context, orgId, personId);
    const facts = await factsOfOne(context, person);
    const open = wayOutOf(facts);
    // A repeated request finds the account that its first attempt made.
    const isOurs = person.accounts.some(({ accountId }) => accountId === subjectId);
    const door = open?.kind === 'departure' ? DEPARTURES : ANY_CASE;
    if (open !== undefined || !isOurs)
      assertMay(call, 'rehirePerson', facts, open && { members: { [door.idMember]: open.id } });
    if (open !== undefined) {
      const record = await caseBehind(door, context, orgId, open.id);
      return cancelOrUndo(context, call, { door, record, updateId }, reason);
    }
    return {
      status: 201,
      body: await comeBack(context, call, person, { accountId: subjectId, targets, reason }),
    };
  });
}

/** Names first, then the account, then the person: a crash leaves nothing that the repeated request does not take up. */
async function comeBack(
  context: ApiContext,
  call: Call,
  person: Person,
  how: { readonly accountId: string; readonly targets: readonly string[]; readonly reason: string },
) {
  const { accountId, targets, reason } = how;
  const { orgId, ownerId: actorId } = call.actor;
  const { id: personId, firstName, lastName, address, quotaBytes } = person;
  await claimNames(context, orgId, personId, [wantedAddress(orgId, address, '/address')]);
  const aliases = await aliasesStillFree(context, person);
  for (const target of targets) {
    const created = await directoryOf(context, target).createAccount(orgId, {
      ...{ id: accountId, firstName, lastName, address, aliases, quotaBytes, role: 'user' },
      // Nobody knows it: the setup link sets the first one.
      password: randomBytes(SECRET_BYTES).toString('base64url'),
    });
    if (created.kind === 'refused') throw new Problem('ADDRESS_TAKEN', { field: '/address' });
  }
  const accounts = targets.map((target) => ({ target, accountId }));
  const back = await markBack(context, person, accounts, aliases);
  await context.repositories.audit.append({
    id: auditId(orgId, 'person.rehired', personId, String(back.generation)),
    ...{ orgId, personId, actorId, atMs: context.now() },
    action: 'person.rehired',
    detail: { reason, generation: back.generation },
  });
  return {
    endsAs: 'rehired',
    person: personView(back),
    aliasesLost: person.aliases.filter((alias) => !aliases.includes(alias)),
    ...shownLink(await newSetupLink(context, back, actorId)),
  };
}

async function aliasesStillFree(
  context: ApiContext,
  { orgId, id, aliases }: Person,
): Promise<readonly string[]> {
  const { claims } = context.repositories;
  const free: string[] = [];
  for (const alias of aliases) {
    const taken = await claims.take(addressClaimId(orgId, alias), orgId, id, context.now());
    if (taken.kind !== 'held') free.push(alias);
  }
  return free;
}

/** Rights do not come back with a person: the role is a user's, and groups are given anew. */
async function markBack(
  context: ApiContext,
  person: Person,
  accounts: Person['accounts'],
  aliases: readonly string[],
): Promise<Person> {
  if (person.status === 'active') return person;
  const back = await context.repositories.people.update(person.orgId, person.id, person.rev, {
    status: 'active',
    generation: person.generation + 1,
    ...{ accounts, aliases, accountRole: 'user', groups: [] },
  });
  if (back === undefined) throw new Problem('CONCURRENT_CHANGE');
  return back;
}
