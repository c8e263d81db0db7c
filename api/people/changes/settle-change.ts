import { profileStep } from '../../../shared/domain/people/account-profile.ts';
import type { OpenChange } from '../../../shared/domain/people/open-change.ts';
import type { Person } from '../../../shared/domain/person.ts';
import type { PersonChanges } from '../../../shared/platform/persistence/person-repository.ts';
import { auditId } from '../../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../../api-context.ts';
import { Problem } from '../../http/problem.ts';
import { hasOtherAdministrator } from '../administrators.ts';
import { claimNew, releaseNew, releaseOld } from './claim-change.ts';
import { putOnTargets, readAccount, readAccounts, unprovenOn, usedBytes } from './on-targets.ts';

export const PERSON_CHANGED = 'person.changed';
const MAX_ATTEMPTS = 5;

/** A person with the change that is open. */
export type Changing = Person & { readonly openChange: OpenChange };

export function isChanging(person: Person): person is Changing {
  return person.openChange !== undefined;
}

/** Carries out what is stored nowhere; gives what was wrong. */
export type SecretAct = (person: Person) => Promise<Problem | undefined>;

/**
 * Brings an open change to its end: names claimed, accounts changed and read back, entered in the audit, old names given up, and
 * only then the person. Each part may be repeated, so whoever finds it half done begins at the first. Where a target does not do
 * it, everything is put back. Gives why, or `undefined` where it is done. Throws where a target or the database does not
 * answer: the change stays open then.
 */
export async function settleChange(
  context: ApiContext,
  person: Changing,
  act?: SecretAct,
): Promise<Problem | undefined> {
  const { openChange: change } = person;
  // Entered: it was proven, and only the person does not know yet. What nobody was told is made anew.
  if (act !== undefined || !(await isEntered(context, person.orgId, change.id))) {
    const refused =
      change.direction === 'back' ? new Problem('CHANGE_NOT_PROVEN') : await forward(context, person, act);
    if (refused !== undefined) return goBack(context, person, refused);
    await enter(context, person);
  }
  await releaseOld(context, person, change);
  await close(context, person, changesOf(change.after));
  return undefined;
}

/** Whether the change was carried out and proven. */
export function isEntered(context: ApiContext, orgId: string, changeId: string): Promise<boolean> {
  return context.repositories.audit.has(orgId, entryId(orgId, changeId));
}

async function forward(context: ApiContext, person: Changing, act?: SecretAct): Promise<Problem | undefined> {
  try {
    const { openChange: change } = person;
    await assertStillRight(context, person);
    await claimNew(context, person, change);
    const refused =
      change.secret === undefined
        ? await changeAccounts(context, person)
        : await (act?.(person) ?? new Problem('PASSWORD_NOT_PROVEN'));
    if (refused === undefined) await assertStillForward(context, person);
    return refused;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

/** Asked again now that everybody sees the change: of two who were the last administrators together, neither goes on. */
async function assertStillRight(context: ApiContext, person: Changing): Promise<void> {
  const { after, secret } = person.openChange;
  const role = after['accountRole'];
  // Day 0 came in between. Nobody is let in again by a change that began before it.
  if (person.status !== 'active' && (role === 'administrator' || secret !== undefined))
    throw new Problem('PERSON_NOT_ACTIVE');
  if (role === 'user' && !(await hasOtherAdministrator(context, person)))
    throw new Problem('LAST_ADMINISTRATOR', { field: '/role' });
}

/** Somebody else may have given it up, who found it and thought that nobody goes on with it. */
async function assertStillForward({ repositories }: ApiContext, person: Changing): Promise<void> {
  const now = await repositories.people.get(person.orgId, person.id);
  if (now?.openChange?.id === person.openChange.id && now.openChange.direction === 'back')
    throw new Problem('CONCURRENT_CHANGE');
}

async function changeAccounts(context: ApiContext, person: Changing): Promise<Problem | undefined> {
  const { openChange: change } = person;
  const step = profileStep(person, change, 'forward');
  if (step === undefined) return undefined;
  const call = { effectKey: `change:${change.id}`, asOfMs: change.atMs };
  const refused = await putOnTargets(context, person, step, call);
  if (refused !== undefined) return refused;
  const unproven = await unprovenOn(context, person, step);
  if (unproven !== undefined)
    return new Problem('CHANGE_NOT_PROVEN', { members: { target: unproven.target } });
  // Mail may have arrived since it was looked at.
  const used = step.quotaBytes === undefined ? 0 : usedBytes(await readAccounts(context, person));
  return used > (step.quotaBytes ?? 0) ? belowUse(used) : undefined;
}

export function belowUse(usedByNow: number): Problem {
  return new Problem('QUOTA_BELOW_USE', { field: '/quotaBytes', members: { usedBytes: usedByNow } });
}

/** Says first that there is no way forward any more: whoever goes on with it later must not do what was refused. */
async function goBack(context: ApiContext, person: Changing, refused: Problem): Promise<Problem> {
  const { openChange: change } = person;
  const back: OpenChange = { ...change, direction: 'back' };
  if (change.direction === 'forward' && !(await changeOpen(context, person, { openChange: back })))
    return new Problem('CONCURRENT_CHANGE');
  const step = profileStep(person, change, 'back');
  if (step !== undefined) {
    const left = { ...person, accounts: await remainingAccounts(context, person) };
    const call = { effectKey: `change:${change.id}:back`, asOfMs: change.atMs };
    const notBack = await putOnTargets(context, left, step, call);
    const unproven = await unprovenOn(context, left, step);
    if (notBack !== undefined || unproven !== undefined)
      return new Problem('CHANGE_UNSETTLED', { headers: { 'Retry-After': '30' } });
  }
  await releaseNew(context, person, change);
  await close(context, person, {});
  return refused;
}

/** Where the account is gone, there is nothing to put back. */
async function remainingAccounts(
  context: ApiContext,
  { orgId, accounts }: Person,
): Promise<Person['accounts']> {
  const found = await Promise.all(accounts.map((ref) => readAccount(context, orgId, ref)));
  return accounts.filter((_ref, index) => found[index] !== undefined);
}

async function enter(context: ApiContext, { orgId, id: personId, openChange }: Changing): Promise<void> {
  const { id, actorId, atMs, before, after, secret } = openChange;
  const fields = secret === undefined ? Object.keys(after) : [secret];
  await context.repositories.audit.append({
    id: entryId(orgId, id),
    ...{ orgId, personId, actorId, action: PERSON_CHANGED, atMs },
    detail: { fields, before, after },
  });
}

function entryId(orgId: string, changeId: string): string {
  return auditId(orgId, PERSON_CHANGED, changeId);
}

/** The one write that makes it so, and ends the change. */
async function close(context: ApiContext, person: Changing, changes: PersonChanges): Promise<void> {
  await changeOpen(context, person, { ...changes, openChange: undefined });
}

/** `false`: whoever else went on with the same change has ended it. */
async function changeOpen(
  { repositories }: ApiContext,
  { orgId, id, openChange }: Changing,
  changes: PersonChanges,
): Promise<boolean> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const person = await repositories.people.get(orgId, id);
    if (person?.openChange?.id !== openChange.id) return false;
    if ((await repositories.people.update(orgId, id, person.rev, changes)) !== undefined) return true;
  }
  throw new Problem('CONCURRENT_CHANGE');
}

function changesOf(after: OpenChange['after']): PersonChanges {
  return Object.fromEntries(Object.entries(after).map(([field, value]) => [field, value ?? undefined]));
}
