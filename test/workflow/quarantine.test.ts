import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { addressClaimId } from '../../shared/domain/ids.ts';
import { monthsAfter } from '../../shared/domain/months-after.ts';
import { DAY, startDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

test('keeps address and aliases from everybody else for twelve months, and not from the leaver', async () => {
  const departure = await startDeparture(engine);
  const { orgId, person, caseId } = departure;
  const { people, claims } = engine.repositories;
  const alias = `${caseId}@example.test`.toLowerCase();
  await people.update(orgId, person.id, person.rev, { aliases: [alias] });
  await claims.take(addressClaimId(orgId, alias), orgId, person.id, 0);
  await departure.approve();
  await departure.forwardTo(122 * DAY);
  expect((await departure.until((record) => record.closedAtMs !== undefined)).state).toBe('completed');

  const { settledAtMs } = await departure.step('quarantine-address');
  for (const address of [person.address, alias]) {
    const claimId = addressClaimId(orgId, address);
    const claim = (await claims.get(claimId, orgId))!;
    expect(claim).toMatchObject({ state: 'quarantined', holderId: person.id });
    expect(Math.abs(claim.untilMs! - monthsAfter(settledAtMs!, 12))).toBeLessThan(DAY);
    const takenBy = (holderId: string, atMs: number) => claims.take(claimId, orgId, holderId, atMs);
    expect(await takenBy('per_other', claim.untilMs! - 1)).toMatchObject({ kind: 'held' });
    expect(await takenBy(person.id, claim.untilMs! - 1)).toMatchObject({ kind: 'taken' });
  }
});
