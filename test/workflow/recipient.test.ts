import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY, HOUR, startDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { createPerson } from '../support/people.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

test.each(['successor', 'fallback'] as const)(
  'hands over to whoever is the %s when it is due, not when it was asked for',
  async (recipient) => {
    const departure = await startDeparture(engine, { handover: { recipient } });
    const { orgId, accountId, caseId } = departure;
    const heir = await createPerson(engine, orgId, { firstName: 'Hana', lastName: 'Heir', role: 'user' });
    const { cases, organisations } = engine.repositories;
    if (recipient === 'successor') {
      const { rev, request } = await departure.record();
      await cases.setRequest(orgId, caseId, rev, { ...request, successorId: heir.id });
    } else {
      const { rev } = (await organisations.get(orgId))!;
      await organisations.update(orgId, rev, { fallbackRecipientId: heir.id });
    }
    await departure.forwardTo(7 * DAY + HOUR);
    expect((await departure.step('transfer-files')).status).toBe('done');
    expect(await engine.directory.listFiles(orgId, heir.accounts[0]!.accountId)).toHaveLength(2);
    expect(await engine.directory.listFiles(orgId, accountId)).toEqual([]);
  },
);
