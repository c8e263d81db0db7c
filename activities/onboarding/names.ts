import { isDeepStrictEqual } from 'node:util';
import { addressClaimId, externalIdClaimId } from '../../shared/domain/ids.ts';
import { monthsAfter } from '../../shared/domain/months-after.ts';
import type { AccountRef, Person } from '../../shared/domain/person.ts';
import { changePerson } from '../steps/change-person.ts';
import type { Ports, StepContext, StepDefinition } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';
import { wasOpened } from './called-off.ts';

type Claims = Pick<Ports['repositories'], 'claims' | 'people'>;

const addressesOf = ({ orgId, address, aliases }: Person): readonly string[] =>
  [address, ...aliases].map((one) => addressClaimId(orgId, one));

const namesOf = (person: Person): readonly string[] => [
  ...addressesOf(person),
  ...(person.externalId === undefined ? [] : [externalIdClaimId(person.orgId, person.externalId)]),
];

/** What belongs to the person alone is theirs before anything is made of it. The API claimed it; here that is read again. */
export const reserveNames: StepDefinition = {
  kind: 'reserveNames',
  async carryOut(context) {
    const { input, person } = context;
    const { claims } = context.ports.repositories;
    await context.intend();
    const names = namesOf(person);
    for (const claimId of names) {
      const taken = await claims.take(claimId, input.orgId, person.id, input.asOfMs);
      if (taken.kind === 'held') throw new StepFailed('NAME_LOST');
      if ((await claims.get(claimId, input.orgId))?.holderId !== person.id)
        throw new StepFailed('READ_BACK_MISMATCH');
    }
    return { outcome: 'done', proof: { names: names.length } };
  },
};

/**
 * The end of a case that is called off. While an account is locked and kept, its names stay; else they are free, or in quarantine
 * where somebody may have written to them: the account was open.
 */
export const freeNames: StepDefinition = {
  kind: 'freeNames',
  async carryOut(context) {
    const { ports, input, person, organisation, theCase } = context;
    await context.intend();
    const kept = await accountsKept(context);
    if (kept.length > 0) {
      await changePerson(context, ({ status, accounts }) =>
        status === 'disabled' && isDeepStrictEqual(accounts, kept)
          ? undefined
          : { status: 'disabled', accounts: kept },
      );
      return { outcome: 'done', proof: { answer: 'kept', accounts: kept.length } };
    }
    if (!wasOpened(theCase)) {
      await releaseNames(ports.repositories, person);
      return { outcome: 'done', proof: { answer: 'free', names: namesOf(person).length } };
    }
    const untilMs = monthsAfter(input.asOfMs, organisation.quarantineMonths);
    for (const claimId of addressesOf(person)) await quarantine(ports.repositories, person, claimId, untilMs);
    await changePerson(context, ({ status }) =>
      status === 'departed' ? undefined : { status: 'departed', accounts: [], endsOn: undefined },
    );
    return { outcome: 'done', proof: { answer: 'quarantined', names: addressesOf(person).length, untilMs } };
  },
};

/** Those that are locked for a departure. Any other that is still there keeps the names from being given away. */
async function accountsKept({ ports, person, input }: StepContext): Promise<readonly AccountRef[]> {
  const kept: AccountRef[] = [];
  for (const ref of person.accounts) {
    const account = await ports.connectors[ref.target]?.(input.orgId).read(ref);
    if (account === undefined) continue;
    if (account.disabledReason !== 'departure') throw new StepFailed('ACCOUNT_STILL_THERE');
    kept.push(ref);
  }
  return kept;
}

/** Nothing was ever made of the names: whoever wants them may have them, and the person is nobody's any more. */
export async function releaseNames(repositories: Claims, person: Person): Promise<void> {
  for (const claimId of namesOf(person)) {
    await repositories.claims.release(claimId, person.orgId, person.id);
    if ((await repositories.claims.get(claimId, person.orgId))?.holderId === person.id)
      throw new StepFailed('READ_BACK_MISMATCH');
  }
  await changePerson({ ports: { repositories }, person }, ({ status }) =>
    status === 'departed'
      ? undefined
      : { status: 'departed', accounts: [], externalId: undefined, endsOn: undefined },
  );
}

async function quarantine(
  { claims }: Claims,
  { orgId, id }: Person,
  claimId: string,
  untilMs: number,
): Promise<void> {
  const result = await claims.quarantine(claimId, orgId, id, untilMs);
  if (result.kind === 'held') throw new StepFailed('NAME_LOST');
  const readBack = await claims.get(claimId, orgId);
  if (readBack?.state !== 'quarantined' || readBack.untilMs !== untilMs)
    throw new StepFailed('READ_BACK_MISMATCH');
}
