import { fingerprintOf, type AccountView } from '../../../directory/account-view.ts';
import type { HashedAccount } from '../../../directory/accounts/create-accounts.ts';
import type { RowFault } from '../../../shared/domain/imports/import-row.ts';
import type { PeopleImport } from '../../../shared/domain/imports/people-import.ts';
import { FIRST_TARGET } from '../../../shared/domain/person.ts';
import { welcomeIdOf, type Welcome } from '../../../shared/domain/welcome/welcome.ts';
import { auditId } from '../../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../../api-context.ts';
import { directoryOf } from '../../open-directories.ts';
import type { Newcomer, RowWriter } from './row-writer.ts';

/** More than a person can have: an address, fifty aliases, an external id. */
export const MOST_CLAIMS = 100;

/** Writes many people with few calls. Each may be repeated after a crash: what is there already is taken up. */
export function writingRows(context: ApiContext, theImport: PeopleImport): RowWriter {
  const { repositories } = context;
  const { orgId, id: importId } = theImport;
  const actorId = theImport.actor?.ownerId ?? theImport.requestedBy;
  return {
    readNames: (claimIds) => repositories.claims.getMany(claimIds, orgId),
    takeNames: (wanted) => repositories.claims.takeMany(wanted, orgId, context.now()),
    async releaseNames(names) {
      for (const { claimId, holderId } of names) await repositories.claims.release(claimId, orgId, holderId);
    },
    namesOf: (holderIds) => repositories.claims.listOfMany(holderIds, orgId, MOST_CLAIMS),
    async makeAccounts(newcomers) {
      const faults = new Map<number, RowFault>();
      for (const target of targetsOf(newcomers)) {
        const wanted = newcomers.filter(({ person }) => person.accounts.some((ref) => ref.target === target));
        for (const [rowNumber, fault] of await makeOn(context, target, wanted, { orgId, importId }))
          if (!faults.has(rowNumber)) faults.set(rowNumber, fault);
      }
      return faults;
    },
    async keep(newcomers) {
      const made = newcomers.map(({ person }) => person);
      // Before the people: whoever is known was entered.
      await repositories.audit.appendMany(
        made.map(({ id: personId, createdAtMs: atMs }) => ({
          id: auditId(orgId, 'person.created', personId),
          ...{ orgId, personId, actorId, action: 'person.created', atMs, detail: { importId } },
        })),
      );
      await repositories.people.insertMany(made);
      await repositories.welcomes.insertMany(
        newcomers.flatMap((one) => welcomeOf(one, actorId, context.now()) ?? []),
      );
    },
  };
}

function targetsOf(newcomers: readonly Newcomer[]): readonly string[] {
  return [...new Set(newcomers.flatMap(({ person }) => person.accounts.map(({ target }) => target)))];
}

async function makeOn(
  context: ApiContext,
  target: string,
  newcomers: readonly Newcomer[],
  { orgId, importId }: { readonly orgId: string; readonly importId: string },
): Promise<readonly (readonly [number, RowFault])[]> {
  const accounts = newcomers.map((one) => accountOf(one, target, importId));
  const results = await directoryOf(context, target).createAccounts(orgId, accounts, context.now());
  const ids = accounts.map(({ id }) => id);
  // Over another connection: what is read back owes nothing to the writes.
  const readings = await readingOf(context, target).getAccounts(orgId, ids);
  return newcomers.flatMap(({ rowNumber }, at): readonly (readonly [number, RowFault])[] => {
    const [account, result] = [accounts[at], results[at]];
    if (result?.kind === 'refused') return [[rowNumber, { code: 'ADDRESS_TAKEN', field: 'address' }]];
    if (account !== undefined && isAsWanted(account, readings.get(account.id))) return [];
    return [[rowNumber, { code: 'ACCOUNT_NOT_PROVEN' }]];
  });
}

function readingOf({ readings }: ApiContext, target: string) {
  const found = readings[target];
  if (found === undefined)
    throw new Error(`nothing reads ${target === FIRST_TARGET ? 'the directory' : target}`);
  return found;
}

function accountOf(
  { rowNumber, person, passwordHash }: Newcomer,
  target: string,
  importId: string,
): HashedAccount {
  const { firstName, lastName, address, aliases, quotaBytes, groups, accountRole: role } = person;
  return {
    id: person.accounts.find((ref) => ref.target === target)?.accountId ?? '',
    ...{ firstName, lastName, address, aliases, quotaBytes, groups, role },
    ...(passwordHash === undefined ? {} : { passwordHash }),
    effectKey: `import:${importId}:${rowNumber}`,
  };
}

/** The account is there, open, and as the row wants it; with the very password of the row, where it has one. */
function isAsWanted(wanted: HashedAccount, found: AccountView | undefined): boolean {
  if (found?.status !== 'active') return false;
  const { passwordHash } = wanted;
  const same = (['firstName', 'lastName', 'address', 'quotaBytes', 'role'] as const).every(
    (field) => found[field] === wanted[field],
  );
  return (
    same &&
    isSameList(found.aliases, wanted.aliases ?? []) &&
    isSameList(found.groups, wanted.groups ?? []) &&
    (passwordHash === undefined || found.passwordFingerprint === fingerprintOf(passwordHash))
  );
}

function isSameList(found: readonly string[], wanted: readonly string[]): boolean {
  return found.length === wanted.length && found.every((one, at) => one === wanted[at]);
}

function welcomeOf({ person, welcomeTo }: Newcomer, requestedBy: string, nowMs: number): Welcome | undefined {
  if (welcomeTo === undefined) return undefined;
  const { id: personId, orgId } = person;
  return {
    ...{ id: welcomeIdOf(personId), orgId, rev: 0, personId, requestedBy, requestedAtMs: nowMs },
    ...{ to: welcomeTo, includePassword: false, state: 'queued', dueAtMs: nowMs, attempts: 0 },
  };
}
