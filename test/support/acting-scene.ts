import { expect } from '@jest/globals';
import { createDirectoryConnector } from '../../activities/connectors/directory/directory-connector.ts';
import { actOnFinding } from '../../activities/reviews/acting/act-on-finding.ts';
import type { ActingPorts } from '../../activities/reviews/acting/acting-ports.ts';
import { createDecisionDesk } from '../../api/reviews/desk/create-decision-desk.ts';
import type { DecidedWhat } from '../../shared/domain/reviews/decision.ts';
import type { Finding } from '../../shared/domain/reviews/finding.ts';
import type { Repositories } from '../../shared/platform/persistence/create-repositories.ts';
import { aFinding, aReview, decided, DECIDED_AT_MS } from './findings.ts';
import { createMailroom, createMemoryVault } from './memory-ports.ts';
import { createTestPerson, type TestApi } from './test-api.ts';

export type ActingScene = Awaited<ReturnType<typeof actingScene>>;

/** An organisation of its own with Lea, about whom a review decides; the real desk, a fake engine and a mail server in memory. */
export async function actingScene(first: TestApi) {
  const api = await first.anotherOrganisation();
  api.clock.nowMs = DECIDED_AT_MS;
  const personId = await createTestPerson(api, { firstName: 'Lea', lastName: 'Leaver' });
  const { repositories, orgId } = api;
  const mailroom = createMailroom();
  const warnings: string[] = [];
  const log = (_fields: object, message: string) => void warnings.push(message);
  const target = { writes: api.directory, reads: api.context.readings['directory']! };
  const ports: ActingPorts = {
    repositories,
    connectors: { directory: createDirectoryConnector({ ...target, vault: createMemoryVault() }) },
    notifier: mailroom,
    log: { warn: log, error: log },
    desk: createDecisionDesk(api.context),
  };
  const person = async () => (await repositories.people.get(orgId, personId))!;
  const scene = {
    ...{ api, personId, person, mailroom, warnings, ports },
    review: aReview(orgId),
    subjects: () => mailroom.mails.map(({ subject }) => subject),
    casesOf: () => repositories.cases.list(orgId, { personId, limit: 10 }),
    accountId: async () => (await person()).accounts[0]!.accountId,
    now: async ({ id }: Finding) => (await repositories.findings.get(orgId, id))!,
    /** A finding about Lea, of which this was decided. */
    async stored(what: DecidedWhat, more: Partial<Finding> = {}): Promise<Finding> {
      const found = aFinding(scene.review, { personId, ...decided(what), ...more });
      await repositories.findings.insertMany([found]);
      return found;
    },
    /** One look at a finding as it stands, at this instant. */
    async look(finding: Finding, nowMs: number, more: Partial<ActingPorts> = {}): Promise<Finding> {
      api.clock.nowMs = nowMs;
      const current = await scene.now(finding);
      const given = await actOnFinding({ ...ports, ...more }, scene.review, current, nowMs);
      expect(given).toEqual(await scene.now(finding));
      return given;
    },
    /** By mail program, as anybody may. */
    async signIn(): Promise<void> {
      const secret = 'a long enough secret of somebody';
      const call = { effectKey: 'by hand', asOfMs: 0 };
      await api.directory.setPassword(orgId, await scene.accountId(), secret, call);
      const { address } = await person();
      expect(await api.directory.signIn(orgId, address, secret)).toMatchObject({ kind: 'signed_in' });
    },
    /** A database that is lost at this write of a finding, counted from 1. */
    dyingAt(write: number): Pick<ActingPorts, 'repositories'> {
      let writes = 0;
      const { findings } = repositories;
      const dying: Repositories['findings'] = {
        ...findings,
        update: (...args) =>
          (writes += 1) === write ? Promise.reject(new Error('died')) : findings.update(...args),
      };
      return { repositories: { ...repositories, findings: dying } };
    },
  };
  return scene;
}
