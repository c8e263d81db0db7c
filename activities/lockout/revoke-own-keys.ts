import { makesKeys } from '../../shared/domain/makes-keys.ts';
import type { ApiKey } from '../../shared/platform/persistence/api-key-repository.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import { everyApiKey, isUsableKey, keysOfPerson } from '../../shared/platform/persistence/every-api-key.ts';
import type { StepContext, StepDefinition } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';

/**
 * The leaver's own keys to Gangway, and its setup links that are still open. A key without which nobody could make keys any more stays until there is another one:
 * the step says so and is tried again.
 */
export const revokeOwnKeys: StepDefinition = {
  kind: 'revokeOwnKeys',
  async carryOut(context) {
    if (context.person.protected) throw new StepFailed('PERSON_PROTECTED');
    await context.intend();
    const setupLinks = await voidSetupLinks(context);
    const nowMs = context.ports.clock.now();
    const { own, others } = await keys(context);
    const usable = own.filter((key) => isUsableKey(key, nowMs));
    const othersMakeKeys = others.some((key) => isUsableKey(key, nowMs) && makesKeys(key.scopes));
    const kept = othersMakeKeys ? [] : usable.filter((key) => makesKeys(key.scopes));
    for (const key of usable) if (!kept.includes(key)) await revoke(context, key, nowMs);
    const left = (await keys(context)).own.filter((key) => isUsableKey(key, nowMs));
    if (left.some(({ id }) => !kept.some((key) => key.id === id))) throw new StepFailed('READ_BACK_MISMATCH');
    if (left.length > 0) throw new StepFailed('LAST_ADMINISTRATION_KEY');
    const proof = { keys: own.length, usableBefore: usable.length, usableAfter: 0, setupLinks };
    return { outcome: 'done', proof };
  },
};

/** How many there were. One that somebody got before the departure must not open the account after an undo. */
async function voidSetupLinks({ ports, input, person }: StepContext): Promise<number> {
  const { setupLinks } = ports.repositories;
  const voided = await setupLinks.voidAll(input.orgId, person.id, input.asOfMs);
  const open = await setupLinks.listOpen(input.orgId, person.id, input.asOfMs);
  if (open.length > 0) throw new StepFailed('READ_BACK_MISMATCH');
  return voided;
}

async function keys({ ports, person }: StepContext) {
  const all = await everyApiKey(ports.repositories.apiKeys, person.orgId);
  const own = keysOfPerson(all, person.id);
  return { own, others: all.filter((key) => !own.includes(key)) };
}

async function revoke({ ports, input, person, theCase }: StepContext, key: ApiKey, atMs: number) {
  const { orgId, caseId } = input;
  await ports.repositories.apiKeys.revoke(orgId, key.id, atMs);
  await ports.repositories.audit.append({
    id: auditId(orgId, 'apiKey.revoked', key.id),
    orgId,
    caseId,
    personId: person.id,
    actorId: theCase.requestedBy,
    action: 'apiKey.revoked',
    atMs,
    detail: { keyId: key.id },
  });
}
