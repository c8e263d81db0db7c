import type { AccountSnapshot } from '../../shared/domain/account-snapshot.ts';
import type { CaseRecord, CaseRequest } from '../../shared/domain/case-record.ts';
import { fullNameOf, type AccountRef, type Person } from '../../shared/domain/person.ts';
import { rolesOf, type ReferenceKind } from '../../shared/domain/reference.ts';
import type { ReviewDefinition } from '../../shared/domain/reviews/review-definition.ts';
import type { Call } from '../ports/call.ts';
import type { Operation } from '../ports/target-connector.ts';
import { keptByCase } from '../redirect/kept-by-case.ts';
import type { StepContext } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';

/** From whom to whom a reference goes. On the way back the two have changed places. */
export interface Exchange {
  readonly kind: ReferenceKind;
  readonly holderId: string;
  readonly from: Person;
  readonly to: Person;
}

const MAX_ATTEMPTS = 5;

/** Gives one reference to somebody else and reads it back. What does not point at `from` (any more) is left alone. */
export async function giveReference(context: StepContext, exchange: Exchange): Promise<void> {
  if (exchange.kind === 'report') return giveReport(context, exchange);
  if (exchange.kind === 'notification') return giveNotices(context, exchange);
  if (exchange.kind === 'fallback') return giveFallback(context, exchange);
  if (exchange.kind === 'reviewer') return giveReviews(context, exchange);
  return giveRole(context, exchange);
}

async function giveReport({ ports }: StepContext, { holderId, from, to }: Exchange): Promise<void> {
  const { people } = ports.repositories;
  await untilSo(
    async () => (await people.get(from.orgId, holderId))?.managerId !== from.id,
    async () => {
      const report = await people.get(from.orgId, holderId);
      if (report?.managerId === from.id)
        await people.update(from.orgId, holderId, report.rev, { managerId: to.id });
    },
  );
}

async function giveNotices({ ports }: StepContext, { holderId, from, to }: Exchange): Promise<void> {
  const { organisations } = ports.repositories;
  const own = [from.address, ...from.aliases];
  const pointsAtFrom = (addresses: readonly string[]) => addresses.some((one) => own.includes(one));
  await untilSo(
    async () => !pointsAtFrom((await organisations.get(holderId))?.notificationAddresses ?? []),
    async () => {
      const organisation = await organisations.get(holderId);
      if (organisation === undefined) return;
      const changed = organisation.notificationAddresses.map((one) => (own.includes(one) ? to.address : one));
      const notificationAddresses = [...new Set(changed)];
      await organisations.update(holderId, organisation.rev, { notificationAddresses });
    },
  );
}

async function giveFallback({ ports }: StepContext, { holderId, from, to }: Exchange): Promise<void> {
  const { organisations } = ports.repositories;
  await untilSo(
    async () => (await organisations.get(holderId))?.fallbackRecipientId !== from.id,
    async () => {
      const organisation = await organisations.get(holderId);
      if (organisation?.fallbackRecipientId === from.id)
        await organisations.update(holderId, organisation.rev, { fallbackRecipientId: to.id });
    },
  );
}

async function giveReviews({ ports }: StepContext, { holderId, from, to }: Exchange): Promise<void> {
  const { reviews } = ports.repositories;
  const given = ({ reviewers }: ReviewDefinition): ReviewDefinition['reviewers'] => ({
    ...reviewers,
    ...(reviewers.personId === from.id ? { personId: to.id } : {}),
    ...(reviewers.fallbackId === from.id ? { fallbackId: to.id } : {}),
  });
  const read = () => reviews.getDefinition(from.orgId, holderId);
  await untilSo(
    async () => {
      const definition = await read();
      const { personId, fallbackId } = definition?.reviewers ?? {};
      return personId !== from.id && fallbackId !== from.id;
    },
    async () => {
      const definition = await read();
      // Its schedule carries the revision: the reconciler sees to it.
      if (definition !== undefined)
        await reviews.updateDefinition(definition, { reviewers: given(definition), unheard: true });
    },
  );
}

/** The request of somebody else's departure, and what of it their accounts carry already. */
async function giveRole(context: StepContext, exchange: Exchange): Promise<void> {
  const { cases } = context.ports.repositories;
  const { holderId, from } = exchange;
  const read = () => cases.get(from.orgId, holderId);
  await untilSo(
    async () => {
      const theirs = await read();
      return theirs === undefined || roleChanged(theirs.request, exchange) === undefined;
    },
    async () => {
      const theirs = await read();
      const request = theirs && roleChanged(theirs.request, exchange);
      if (theirs !== undefined && request !== undefined)
        await cases.setRequest(from.orgId, holderId, theirs.rev, request);
    },
  );
  const theirs = await read();
  if (theirs !== undefined && exchange.kind !== 'successor') await carryToAccounts(context, exchange, theirs);
}

/** The request with the role in other hands; `undefined` where it does not point at `from`. */
function roleChanged(request: CaseRequest, { kind, from, to }: Exchange): CaseRequest | undefined {
  const { autoReply, redirect, successorId, contactPersonId } = rolesOf(request);
  if (kind === 'successor') return successorId === from.id ? { ...request, successorId: to.id } : undefined;
  if (kind === 'redirect')
    return redirect?.toPersonId === from.id
      ? { ...request, redirect: { ...redirect, to: to.address, toPersonId: to.id } }
      : undefined;
  if (contactPersonId !== from.id) return undefined;
  const texts = autoReply === undefined ? {} : { autoReply: renamed(autoReply, from, to) };
  return { ...request, contactPersonId: to.id, ...texts };
}

/** A reply or a redirect that runs already names the other one from now on. */
async function carryToAccounts(context: StepContext, exchange: Exchange, theirs: CaseRecord): Promise<void> {
  const { ports, call, input } = context;
  const leaver = await ports.repositories.people.get(input.orgId, theirs.personId);
  for (const ref of leaver?.accounts ?? []) {
    const connector = ports.connectors[ref.target]?.(input.orgId);
    const account = await connector?.read(ref);
    if (connector === undefined || account === undefined) continue;
    const { autoReply, redirect } = wantedOf(account, exchange);
    if (autoReply !== undefined)
      await connector.setAutoReply(ref, autoReply, callOn(call, ref, 'setAutoReply'));
    if (redirect !== undefined) await connector.setRedirect(ref, redirect, callOn(call, ref, 'setRedirect'));
    const after = await connector.read(ref);
    const left = after && wantedOf(after, exchange);
    if (left?.autoReply !== undefined || left?.redirect !== undefined)
      throw new StepFailed('READ_BACK_MISMATCH');
  }
  if (exchange.kind === 'redirect') await carryToKeptRedirects(context, exchange, theirs);
}

/** A redirect that outlives the account leads to the other one from now on. */
async function carryToKeptRedirects(
  { ports, call, input }: StepContext,
  { from, to }: Exchange,
  theirs: CaseRecord,
): Promise<void> {
  for (const ref of await keptByCase(ports.repositories, input.orgId, theirs.id)) {
    const connector = ports.connectors[ref.target]?.(input.orgId);
    const kept = await connector?.readKeptRedirect(ref);
    if (connector === undefined || kept?.to !== from.address) continue;
    await connector.keepRedirect(ref, { ...kept, to: to.address }, callOn(call, ref, 'keepRedirect'));
    if ((await connector.readKeptRedirect(ref))?.to !== to.address)
      throw new StepFailed('READ_BACK_MISMATCH');
  }
}

/** A key for each account and operation: a target that keeps such keys must not take one for a repetition of another. */
function callOn(call: Call, { target, accountId }: AccountRef, operation: Operation): Call {
  return { ...call, effectKey: `${call.effectKey}:${operation}:${target}:${accountId}` };
}

/** What of an account still names `from`, as it should be. */
function wantedOf(account: AccountSnapshot, { kind, from, to }: Exchange) {
  const { autoReply, redirect } = account;
  const reply = autoReply && renamed(autoReply, from, to);
  const names = kind === 'contact' && JSON.stringify(reply) !== JSON.stringify(autoReply);
  const leads = kind === 'redirect' && redirect?.to === from.address;
  return {
    ...(names && reply !== undefined ? { autoReply: reply } : {}),
    ...(leads ? { redirect: { ...redirect, to: to.address } } : {}),
  };
}

/** The same texts, with the name and the address of somebody else. */
function renamed<T>(value: T, from: Person, to: Person): T {
  if (typeof value === 'string')
    return value.replaceAll(from.address, to.address).replaceAll(fullNameOf(from), fullNameOf(to)) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => renamed(one, from, to)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, renamed(one, from, to)])) as T;
}

async function untilSo(isSo: () => Promise<boolean>, change: () => Promise<void>): Promise<void> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    if (await isSo()) return;
    await change();
  }
  if (!(await isSo())) throw new StepFailed('READ_BACK_MISMATCH');
}
