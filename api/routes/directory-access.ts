import { z } from 'zod';
import {
  DELEGATED_RESOURCES,
  DELEGATED_RIGHTS,
  LINK_KINDS,
  RECOVERY_KINDS,
  type Delegation,
} from '../../directory/access.ts';
import type { WriteResult } from '../../directory/accounts/write-account.ts';
import { FIRST_TARGET } from '../../shared/domain/person.ts';
import type { ApiContext } from '../api-context.ts';
import { accountOn } from '../directory/account-on.ts';
import type { Answer, Call, Route } from '../http/call.ts';
import { idField, shortText, targetField } from '../http/fields.ts';
import { utc } from '../http/instants.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { directoryOf } from '../open-directories.ts';
import { assertPassword } from '../people/check-person.ts';

const HOUR_MS = 3_600_000;
const onTarget = { target: targetField.optional() };
const oauthGrant = z.strictObject({
  ...onTarget,
  client: shortText,
  scopes: z.array(shortText).max(20).default([]),
});
const link = z.strictObject({
  ...onTarget,
  kind: z.enum(LINK_KINDS),
  expiresInHours: z.number().int().min(1).max(8_760).default(72),
});
const linkUse = z.strictObject({
  ...onTarget,
  link: z.string().min(1).max(400),
  password: z.string().max(400),
});
const recoveryMeans = z.strictObject({ ...onTarget, kind: z.enum(RECOVERY_KINDS), label: shortText });
const protocols = z.strictObject({ ...onTarget, imap: z.boolean(), pop: z.boolean(), smtp: z.boolean() });
const names = z.array(shortText).max(200);
const memberships = z.strictObject({ ...onTarget, groups: names, lists: names });
const delegations = z.strictObject({
  ...onTarget,
  delegations: z
    .array(
      z.strictObject({
        ownerPersonId: idField,
        resource: z.enum(DELEGATED_RESOURCES),
        right: z.enum(DELEGATED_RIGHTS),
      }),
    )
    .max(200),
});

/** Credentials of an account besides its password, protocols, memberships and rights on others, in the built-in directory. */
export function directoryAccessRoutes(context: ApiContext): readonly Route[] {
  const route = (
    method: Route['method'],
    path: string,
    handle: (context: ApiContext, call: Call) => Promise<Answer>,
  ): Route => ({
    method,
    path: `/v1/directory/${path}`,
    scope: 'directory:write',
    handle: (call) => handle(context, call),
  });
  return [
    route('post', 'links/use', useLink),
    route('post', 'accounts/:personId/oauth-grants', addOauthGrant),
    route('post', 'accounts/:personId/links', addLink),
    route('post', 'accounts/:personId/recovery-means', addRecoveryMeans),
    route('put', 'accounts/:personId/protocols', setProtocols),
    route('put', 'accounts/:personId/memberships', setMemberships),
    route('put', 'accounts/:personId/delegations', setDelegations),
  ];
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
  assertPassword(password, account);
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
