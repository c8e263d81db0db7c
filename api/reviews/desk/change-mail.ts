import type { AccountView } from '../../../directory/account-view.ts';
import type { WriteCall } from '../../../directory/accounts/write-account.ts';
import type { Directory } from '../../../directory/directory.ts';
import type { AccountRef } from '../../../shared/domain/person.ts';
import type { StepKind } from '../../../shared/domain/step-kinds.ts';
import { auditId } from '../../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../../api-context.ts';
import { openCaseOf } from '../../cases/open-case-of.ts';
import { Problem } from '../../http/problem.ts';
import { directoryOf } from '../../open-directories.ts';
import { readAccount } from '../../people/changes/on-targets.ts';
import { PERSON_CHANGED } from '../../people/changes/settle-change.ts';
import { assertAllowed } from './assert-allowed.ts';
import { keyOfDecision, type Decided } from './request-of-finding.ts';

/** A setting of one account that is taken away. */
interface Removal {
  /** As the changes of a person name it. */
  readonly field: string;
  /** While a case with such a step is open, the setting is the case's. */
  readonly setBy: readonly StepKind[];
  /** What is there of it, as the changes of a person show it; `undefined`: nothing. */
  find(account: AccountView): string | true | undefined;
  write(directory: Directory, account: AccountView, call: WriteCall): Promise<unknown>;
}

/**
 * The redirect that was found, or the forward of the owner; one that leads elsewhere by now is another one, and stays. A redirect that
 * was found without saying where it leads is whichever there is.
 */
export function removeRedirect(context: ApiContext, finding: Decided): Promise<void> {
  const { about, evidence } = finding;
  return takeAway(context, finding, evidence['kind'] === 'forward' ? forwardTo(about) : redirectTo(about));
}

function redirectTo(about: string | undefined): Removal {
  const find = ({ redirect }: AccountView) =>
    about === undefined || redirect?.to === about ? redirect?.to : undefined;
  return {
    ...{ field: 'redirect', setBy: ['startRedirect'], find },
    async write(directory, account, call) {
      const { orgId, id } = account;
      if (find(account) !== undefined) await directory.setRedirect(orgId, id, undefined, call);
    },
  };
}

/** Other forwards and rules of the owner stay. */
function forwardTo(about: string | undefined): Removal {
  return {
    ...{ field: 'forwards', setBy: [] },
    find: ({ forwards }) => forwards.find(({ to }) => to === about)?.to,
    async write(directory, { orgId, id, forwards, rules }, call) {
      const left = forwards.filter(({ to }) => to !== about);
      if (left.length < forwards.length)
        await directory.setOwnRules(orgId, id, { forwards: left, rules }, call);
    },
  };
}

export function endAutoReply(context: ApiContext, finding: Decided): Promise<void> {
  return takeAway(context, finding, {
    field: 'autoReply',
    setBy: ['startAutoReply'],
    // Its text is nobody's business in a list of changes.
    find: ({ autoReply }) => (autoReply === undefined ? undefined : true),
    write: (directory, { orgId, id }, call) => directory.endAutoReply(orgId, id, call),
  });
}

/**
 * Takes it away, reads over another connection that it is gone, and enters it as a change of the person. What was entered is not done
 * again: somebody may have set another one since.
 */
async function takeAway(context: ApiContext, finding: Decided, removal: Removal): Promise<void> {
  assertAllowed(finding, 'people:write');
  const { orgId, decision } = finding;
  const { audit } = context.repositories;
  const entryId = auditId(orgId, PERSON_CHANGED, keyOfDecision(finding));
  if (await audit.has(orgId, entryId)) return;
  const ref = accountOf(finding);
  await assertNoCaseOwnsIt(context, finding, removal);
  const account = await accountOn(context, orgId, ref);
  const before = removal.find(account);
  const atMs = context.now();
  await removal.write(directoryOf(context, ref.target), account, {
    effectKey: keyOfDecision(finding),
    asOfMs: atMs,
  });
  if (removal.find(await accountOn(context, orgId, ref)) !== undefined)
    throw new Problem('CHANGE_NOT_PROVEN', { members: { target: ref.target } });
  const { personId, reviewId, id: findingId } = finding;
  await audit.append({
    ...{ id: entryId, orgId, actorId: decision.by.ownerId, action: PERSON_CHANGED, atMs },
    ...(personId === undefined ? {} : { personId }),
    detail: {
      ...{
        fields: [removal.field],
        before: { [removal.field]: before ?? null },
        after: { [removal.field]: null },
      },
      ...{ account: ref, reviewId, findingId },
    },
  });
}

function accountOf({ account }: Decided): AccountRef {
  if (account === undefined) throw new Problem('ACCOUNT_NOT_FOUND');
  return account;
}

async function accountOn(context: ApiContext, orgId: string, ref: AccountRef): Promise<AccountView> {
  const account = await readAccount(context, orgId, ref);
  if (account === undefined) throw new Problem('ACCOUNT_NOT_FOUND', { members: { target: ref.target } });
  return account;
}

/** It gave the setting, proved it, and ends it by itself. */
async function assertNoCaseOwnsIt(
  context: ApiContext,
  { orgId, personId: id }: Decided,
  { setBy }: Removal,
): Promise<void> {
  const open = id === undefined ? undefined : await openCaseOf(context, { orgId, id });
  if (open === undefined || open.closedAtMs !== undefined) return;
  const { id: caseId, kind, plan } = open;
  if (plan.steps.some((step) => setBy.includes(step.kind)))
    throw new Problem('CASE_EXISTS', { members: { caseId, kind } });
}
