import type { MessageSummary } from '../../directory/mail/read-mailbox.ts';
import type { ApiContext } from '../api-context.ts';
import { accountOn, type AccountOnTarget } from '../directory/account-on.ts';
import {
  appPassword,
  credentials,
  delivery,
  mailboxQuery,
  whichTarget,
} from '../directory/directory-fields.ts';
import type { Answer, Call } from '../http/call.ts';
import { utc } from '../http/instants.ts';
import { answerPage, type Range } from '../http/pages.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { routesOf, type Route } from '../http/route.ts';
import { directoryOf } from '../open-directories.ts';
import { directoryOperations } from './directory-operations.ts';

/**
 * The built-in directories from outside: make every effect of a procedure observable. Each takes an optional `target`, in the
 * body or the query; the first directory is meant without one. Secrets are shown once.
 */
export function directoryRoutes(context: ApiContext): readonly Route[] {
  return routesOf(directoryOperations, {
    signIn: (call) => signIn(context, call),
    getSession: (call) => session(context, call),
    deliverMail: (call) => deliver(context, call),
    getAccount: (call) => account(context, call),
    listManageable: (call) => manageable(context, call),
    listMessages: (call) => messages(context, call),
    addAppPassword: (call) => addAppPassword(context, call),
  });
}

/** An unknown address and a wrong secret are one answer; that the account is disabled learns who knew the secret. */
async function signIn(context: ApiContext, call: Call): Promise<Answer> {
  const { target, address, secret, protocol } = parse(credentials, call.body);
  const result = await directoryOf(context, target).signIn(call.actor.orgId, address, secret, protocol);
  if (result.kind === 'refused') throw new Problem(result.code);
  return {
    status: 200,
    body: { result: 'signed_in', accountId: result.accountId, sessionToken: result.token },
  };
}

async function session(context: ApiContext, call: Call): Promise<Answer> {
  const { target } = parse(whichTarget, call.query, 'query');
  const directory = directoryOf(context, target, 'target');
  const token = call.header('x-session-token');
  if (token === undefined)
    throw new Problem('INVALID_REQUEST', { field: 'X-Session-Token', detail: 'Send the session token.' });
  const found = await directory.currentSession(token);
  if (found.kind === 'active' && found.orgId === call.actor.orgId) {
    const { accountId, protocol } = found;
    return { status: 200, body: { result: 'active', accountId, protocol } };
  }
  throw new Problem(found.kind === 'refused' ? found.code : 'SESSION_UNKNOWN');
}

async function deliver(context: ApiContext, call: Call): Promise<Answer> {
  const { target, ...mail } = parse(delivery, call.body);
  const result = await directoryOf(context, target).deliver(call.actor.orgId, mail);
  if (result.kind === 'refused') throw new Problem(result.code);
  const { kind, autoReply, ...where } = result;
  if (autoReply === undefined) return { status: 200, body: { result: kind, ...where } };
  const { to, subject, text, atMs } = autoReply;
  return { status: 200, body: { result: kind, ...where, autoReply: { to, subject, text, at: utc(atMs) } } };
}

async function account(context: ApiContext, call: Call): Promise<Answer> {
  const { directory, orgId, accountId } = await accountAsked(context, call);
  const found = await directory.getAccount(orgId, accountId);
  if (found === undefined) throw new Problem('ACCOUNT_NOT_FOUND');
  return { status: 200, body: found };
}

async function manageable(context: ApiContext, call: Call): Promise<Answer> {
  const { target, ...wanted } = parse(mailboxQuery, call.query, 'query');
  const { directory, orgId, accountId } = await accountOn(context, call, target, 'target');
  return answerPage(call, wanted, {
    name: 'manageable',
    key: /^acc_\w{1,40}$/u,
    read: async (range) => {
      const found = await directory.manageableAccounts(orgId, accountId, range);
      if (found.kind === 'refused') throw new Problem(found.code);
      return found.accounts;
    },
    keyOf: ({ id }) => id,
    show: (found) => found.map(({ id, address }) => ({ accountId: id, address })),
  });
}

async function messages(context: ApiContext, call: Call): Promise<Answer> {
  const { target, ...wanted } = parse(mailboxQuery, call.query, 'query');
  const { directory, orgId, accountId } = await accountOn(context, call, target, 'target');
  return answerMessages(call, wanted, (range) => directory.pageOfMessages(orgId, accountId, range));
}

/** A page of a mailbox, oldest first. */
export function answerMessages(
  call: Call,
  wanted: { readonly limit: number; readonly after?: string | undefined },
  read: (range: Range) => Promise<readonly MessageSummary[]>,
): Promise<Answer> {
  return answerPage(call, wanted, {
    name: 'messages',
    key: /^msg_\w{1,40}$/u,
    read,
    keyOf: ({ id }) => id,
    show: (found) =>
      found.map(({ receivedAtMs, ...message }) => ({ ...message, receivedAt: utc(receivedAtMs) })),
  });
}

async function addAppPassword(context: ApiContext, call: Call): Promise<Answer> {
  const { target, label } = parse(appPassword, call.body);
  const { directory, orgId, accountId } = await accountOn(context, call, target);
  const added = await directory.addAppPassword(orgId, accountId, label);
  if (added === undefined) throw new Problem('ACCOUNT_NOT_FOUND');
  return { status: 201, body: { id: added.id, label, appPassword: added.secret } };
}

export async function accountAsked(context: ApiContext, call: Call): Promise<AccountOnTarget> {
  return accountOn(context, call, parse(whichTarget, call.query, 'query').target, 'target');
}
