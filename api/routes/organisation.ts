import type { GuardLimits } from '../../shared/domain/guard.ts';
import { namingOf, type Organisation } from '../../shared/domain/organisation.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { assertMeant, conditionOf, etagOf, tagged } from '../http/etag.ts';
import { isTime } from '../http/fields.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { routesOf, type Route } from '../http/route.ts';
import { directoryOf } from '../open-directories.ts';
import { freeze, unfreeze } from '../organisation/freeze.ts';
import { proposalFor, proposalView, showGuard } from '../organisation/guard-limits.ts';
import { organisationChanges, type OrganisationChanges } from '../organisation/organisation-fields.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { assertWelcomeTexts } from '../organisation/welcome-texts.ts';
import { organisationOperations } from './organisation-operations.ts';

const MAX_ATTEMPTS = 5;

/** The organisation the key belongs to. */
export function organisationRoutes(context: ApiContext): readonly Route[] {
  return routesOf(organisationOperations, {
    async getOrganisation({ actor }) {
      const organisation = await organisationOf(context, actor.orgId);
      return tagged(organisation.rev, organisationView(organisation));
    },
    getGuard: (call) => showGuard(context, call),
    freezeOrganisation: (call) => freeze(context, call),
    unfreezeOrganisation: (call) => unfreeze(context, call),
    updateOrganisation: (call) => change(context, call),
  });
}

async function change(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(organisationChanges, call.body);
  const condition = conditionOf(call);
  const { orgId, ownerId: actorId } = call.actor;
  if (wanted.timeZone !== undefined && !context.calendar.isZone(wanted.timeZone))
    throw new Problem('ZONE_UNKNOWN', { field: '/timeZone' });
  assertTimes(wanted);
  for (const target of Object.keys(wanted.targetQuotas ?? {})) directoryOf(context, target, '/targetQuotas');

  assertWelcomeTexts(wanted.welcomeTexts ?? {});
  if (wanted.fallbackRecipientId != null) {
    const fallback = await context.repositories.people.get(orgId, wanted.fallbackRecipientId);
    if (fallback === undefined) throw new Problem('PERSON_UNKNOWN', { field: '/fallbackRecipientId' });
  }

  const proposal = wanted.guardLimits && (await proposed(context, call, wanted.guardLimits));
  const { guardLimits, ...others } = wanted;
  const applied = proposal === undefined ? { ...others, guardLimits } : others;
  const given = Object.fromEntries(
    Object.entries(applied)
      .filter(([, value]) => value !== undefined)
      // `null` takes an optional field away.
      .map(([field, value]) => [field, value ?? undefined]),
  );
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const current = await organisationOf(context, orgId);
    assertMeant(condition, current.rev);
    assertNamingDomain({ ...current, ...given });
    if (wanted.domains !== undefined) await assertUnused(context, current, wanted.domains);
    const changed = await context.repositories.organisations.update(orgId, current.rev, given);
    if (changed === undefined) continue;
    const id = auditId(orgId, 'organisation.changed', String(changed.rev));
    const detail = { fields: Object.keys(given), rev: changed.rev };
    const entry = { orgId, actorId, action: 'organisation.changed', atMs: context.now(), detail };
    await context.repositories.audit.append({ ...entry, id });
    // After the change: who is refused has proposed nothing.
    if (guardLimits !== undefined) await context.repositories.guards.propose(orgId, proposal, context.now());
    const headers = { ETag: etagOf(changed.rev) };
    if (proposal === undefined) return { status: 200, headers, body: organisationView(changed) };
    return {
      status: 202,
      headers,
      body: { ...organisationView(changed), awaitingSecond: proposalView(proposal) },
    };
  }
  throw new Problem('CONCURRENT_CHANGE');
}

function assertTimes({ leaveTime, digestTime, peopleExport }: OrganisationChanges): void {
  const times = { leaveTime, digestTime, 'peopleExport/time': peopleExport?.time };
  for (const [field, time] of Object.entries(times))
    if (time != null && !isTime(time)) throw new Problem('TIME_INVALID', { field: `/${field}` });
}

function organisationView(organisation: Organisation) {
  return { ...organisation, naming: namingOf(organisation) };
}

/** Whichever of the two is changed, new addresses are made in a domain that the organisation has. */
function assertNamingDomain({ naming, domains }: Organisation): void {
  if (naming?.domain !== undefined && !domains.includes(naming.domain))
    throw new Problem('DOMAIN_UNKNOWN', { field: '/naming/domain', members: { domain: naming.domain } });
}

async function proposed(context: ApiContext, call: Call, limits: GuardLimits) {
  const { guardLimits } = await organisationOf(context, call.actor.orgId);
  return proposalFor(context, call, guardLimits, limits);
}

/** A domain goes only when nobody has an address in it any more. */
async function assertUnused(
  context: ApiContext,
  organisation: Organisation,
  domains: readonly string[],
): Promise<void> {
  for (const domain of organisation.domains.filter((one) => !domains.includes(one))) {
    if (await context.repositories.people.anyInDomain(organisation.id, domain))
      throw new Problem('DOMAIN_IN_USE', { field: '/domains', members: { domain } });
  }
}
