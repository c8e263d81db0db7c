import type { Delegation } from '../../directory/access.ts';
import type { WriteResult } from '../../directory/accounts/write-account.ts';
import { FIRST_TARGET } from '../../shared/domain/person.ts';
import type { ApiContext } from '../api-context.ts';
import {
  delegations,
  link,
  linkUse,
  memberships,
  oauthGrant,
  protocols,
  recoveryMeans,
} from '../directory/access-fields.ts';
import { accountOn } from '../directory/account-on.ts';
import type { Answer, Call } from '../http/call.ts';
import { utc } from '../http/instants.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { routesOf, type Route } from '../http/route.ts';
import { directoryOf } from '../open-directories.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { assertPassword } from '../people/credentials/check-password.ts';
import { directoryAccessOperations } from './directory-access-operations.ts';

const HOUR_MS = 3_600_000;
/** Credentials of an account besides its password, protocols, memberships and rights on others, in the built-in directory. */
export function directoryAccessRoutes(context: ApiContext): readonly Route[] {
  return routesOf(directoryAccessOperations, {
    useLink: (call) => useLink(context, call),
    addOauthGrant: (call) => addOauthGrant(context, call),
    addLink: (call) => addLink(context, call),
    addRecoveryMeans: (call) => addRecoveryMeans(context, call),
    setProtocols: (call) => setProtocols(context, call),
    setMemberships: (call) => setMemberships(context, call),
    setDelegations: (call) => setDelegations(context, call),
  });
}

async function addOauthGrant(context: ApiContext, call: Call): Promise<Answer> {
  const { target, ...grant } = parse(oauthGrant, call.body);
  const { directory, orgId, accountId } = await accountOn(context, call, target);
  const { id, token } = found(await directory.addOauthGrant(orgId, accountId, grant));
  return { status: 201, body: { id, ...grant, grantToken: token } };
}

async function addLink(context: ApiContext, call: Call): Promise<Answer> {
  const { target, kind, expiresInHours } = parse(link, call.body);
  const { directory, orgId, accountId } = await accountOn(context, call, target);
  const expiresAtMs = context.now() + expiresInHours * HOUR_MS;
  const { id, text } = found(await directory.addLink(orgId, accountId, { kind, expiresAtMs }));
  return { status: 201, body: { id, kind, expiresAt: utc(expiresAtMs), link: text } };
}

/** A link that was used, made void or has expired says so to whoever has its text. */
async function useLink(context: ApiContext, call: Call): Promise<Answer> {
  const { target, link: text, password } = parse(linkUse, call.body);
  const directory = directoryOf(context, target);
  const account = await directory.getAccount(call.actor.orgId, text.split('.')[1] ?? '');
  if (account === undefined) throw new Problem('LINK_UNKNOWN', { field: '/link' });
  assertPassword(password, account, await organisationOf(context, call.actor.orgId));
  const result = await directory.useLink(call.actor.orgId, text, password);
  if (result.kind === 'refused') throw new Problem(result.code, { field: '/link' });
  return { status: 200, body: { result: 'password_set', accountId: result.accountId } };
}

async function addRecoveryMeans(context: ApiContext, call: Call): Promise<Answer> {
  const { target, ...means } = parse(recoveryMeans, call.body);
  const { directory, orgId, accountId } = await accountOn(context, call, target);
  const { id } = found(await directory.addRecoveryMeans(orgId, accountId, means));
  return { status: 201, body: { id, ...means } };
}

async function setProtocols(context: ApiContext, call: Call): Promise<Answer> {
  const { target, ...wanted } = parse(protocols, call.body);
  const { directory, orgId, accountId } = await accountOn(context, call, target);
  return written(await directory.setProtocols(orgId, accountId, wanted));
}

async function setMemberships(context: ApiContext, call: Call): Promise<Answer> {
  const { target, ...wanted } = parse(memberships, call.body);
  const { directory, orgId, accountId } = await accountOn(context, call, target);
  return written(await directory.setMemberships(orgId, accountId, wanted));
}

async function setDelegations(context: ApiContext, call: Call): Promise<Answer> {
  const { target, ...wanted } = parse(delegations, call.body);
  const { directory, orgId, accountId } = await accountOn(context, call, target);
  const owners = await context.repositories.people.getMany(
    orgId,
    wanted.delegations.map(({ ownerPersonId }) => ownerPersonId),
  );
  const resolved = wanted.delegations.map(({ ownerPersonId, resource, right }, index): Delegation => {
    const accounts = owners.find(({ id }) => id === ownerPersonId)?.accounts;
    const owner = accounts?.find((account) => account.target === (target ?? FIRST_TARGET));
    if (owner === undefined)
      throw new Problem('PERSON_UNKNOWN', { field: `/delegations/${index}/ownerPersonId` });
    return { ownerAccountId: owner.accountId, resource, right };
  });
  return written(await directory.setDelegations(orgId, accountId, resolved));
}

function found<T>(added: T | undefined): T {
  if (added === undefined) throw new Problem('ACCOUNT_NOT_FOUND');
  return added;
}

function written(result: WriteResult): Answer {
  if (result.kind === 'refused') throw new Problem('ACCOUNT_NOT_FOUND');
  return { status: 200, body: { result: result.kind } };
}
