import { z } from 'zod';
import type { GuardLimits } from '../../shared/domain/guard.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call, Route } from '../http/call.ts';
import {
  addressField,
  countryField,
  domainField,
  idField,
  isTime,
  localeField,
  nameField,
  timeField,
  zoneField,
} from '../http/fields.ts';
import { parse } from '../http/parse.ts';
import { freeze, unfreeze } from '../organisation/freeze.ts';
import { proposalFor, proposalView, showGuard } from '../organisation/guard-limits.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { Problem } from '../http/problem.ts';

const MAX_ATTEMPTS = 5;

const changes = z.strictObject({
  name: nameField.optional(),
  domains: z.array(domainField).min(1).max(50).optional(),
  timeZone: zoneField.optional(),
  country: countryField.optional(),
  locale: localeField.optional(),
  leaveTime: timeField.optional(),
  /** `null`: no digest. */
  digestTime: timeField.nullable().optional(),
  guardLimits: z
    .strictObject({
      floor: z.number().int().min(1).max(1_000),
      sharePercent: z.number().min(1).max(100),
      ceiling: z.number().int().min(1).max(10_000),
    })
    .refine(({ floor, ceiling }) => floor <= ceiling, { error: 'The floor is not above the ceiling.' })
    .optional(),
  quarantineMonths: z.number().int().min(0).max(120).optional(),
  fallbackRecipientId: idField.nullable().optional(),
  notificationAddresses: z.array(addressField).max(20).optional(),
});

/** The organisation the key belongs to. */
export function organisationRoutes(context: ApiContext): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/v1/organisation',
      scope: 'organisation:read',
      handle: async ({ actor }) => ({ status: 200, body: await organisationOf(context, actor.orgId) }),
    },
    {
      method: 'get',
      path: '/v1/organisation/guard',
      scope: 'organisation:read',
      handle: (call) => showGuard(context, call),
    },
    {
      method: 'post',
      path: '/v1/organisation/freeze',
      scope: 'organisation:write',
      handle: (call) => freeze(context, call),
    },
    {
      method: 'post',
      path: '/v1/organisation/unfreeze',
      scope: 'organisation:write',
      handle: (call) => unfreeze(context, call),
    },
    {
      method: 'patch',
      path: '/v1/organisation',
      scope: 'organisation:write',
      handle: (call) => change(context, call),
    },
  ];
}

async function change(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(changes, call.body);
  const { orgId, ownerId: actorId } = call.actor;
  if (wanted.timeZone !== undefined && !context.calendar.isZone(wanted.timeZone))
    throw new Problem('ZONE_UNKNOWN', { field: '/timeZone' });
  for (const field of ['leaveTime', 'digestTime'] as const)
    if (wanted[field] != null && !isTime(wanted[field]))
      throw new Problem('TIME_INVALID', { field: `/${field}` });

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
    if (wanted.domains !== undefined) await assertUnused(context, current, wanted.domains);
    const changed = await context.repositories.organisations.update(orgId, current.rev, given);
    if (changed === undefined) continue;
    const id = auditId(orgId, 'organisation.changed', String(changed.rev));
    const detail = { fields: Object.keys(given), rev: changed.rev };
    const entry = { orgId, actorId, action: 'organisation.changed', atMs: context.now(), detail };
    await context.repositories.audit.append({ ...entry, id });
    if (proposal === undefined) {
      if (guardLimits !== undefined)
        await context.repositories.guards.propose(orgId, undefined, context.now());
      return { status: 200, body: changed };
    }
    return { status: 202, body: { ...changed, awaitingSecond: proposalView(proposal) } };
  }
  throw new Problem('CONCURRENT_CHANGE');
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
