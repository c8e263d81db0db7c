import { presetOf } from '../../shared/domain/country-presets.ts';
import { addressClaimId } from '../../shared/domain/ids.ts';
import { monthsAfter } from '../../shared/domain/months-after.ts';
import { changePerson } from '../steps/change-person.ts';
import type { StepContext, StepDefinition } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';

/** Keeps the leaver's addresses from everybody else for the organisation's quarantine, and marks the person as departed. */
export const quarantineAddress: StepDefinition = {
  kind: 'quarantineAddress',
  async carryOut(context) {
    const { ports, person, organisation, input } = context;
    const { claims } = ports.repositories;
    const untilMs = monthsAfter(input.asOfMs, organisation.quarantineMonths);
    await context.intend();
    for (const address of [person.address, ...person.aliases]) {
      const claimId = addressClaimId(input.orgId, address);
      const result = await claims.quarantine(claimId, input.orgId, person.id, untilMs);
      if (result.kind === 'held') throw new StepFailed('CASE_OUTDATED');
      const readBack = await claims.get(claimId, input.orgId);
      if (readBack?.state !== 'quarantined' || readBack.untilMs !== untilMs)
        throw new StepFailed('READ_BACK_MISMATCH');
    }
    const archiveExpiresAtMs = await startRetention(context);
    await changePerson(context, (current) =>
      current.status === 'departed' ? undefined : { status: 'departed', accounts: [], endsOn: undefined },
    );
    return { outcome: 'done', proof: { addresses: 1 + person.aliases.length, untilMs, archiveExpiresAtMs } };
  },
};

/** The archive is kept from the deletion on for as long as the country's preset says. */
async function startRetention({ ports, input, person, organisation }: StepContext): Promise<number> {
  const { archiveParts } = ports.repositories;
  const { archiveRetentionYears } = presetOf(person.country ?? organisation.country);
  const expiresAtMs = monthsAfter(input.dueAtMs, 12 * archiveRetentionYears);
  await archiveParts.setExpiry(input.orgId, input.caseId, expiresAtMs);
  const parts = await archiveParts.listByCase(input.orgId, input.caseId);
  if (parts.some((part) => part.expiresAtMs !== expiresAtMs)) throw new StepFailed('READ_BACK_MISMATCH');
  return expiresAtMs;
}
