import type { CaseRecord } from '../../shared/domain/case-record.ts';
import { destroyExpired, type DestructionPorts } from '../archive/destroy-expired.ts';
import { writeExports } from '../exports/write-exports.ts';
import { sendDigests, type DigestPorts } from '../digest/send-digests.ts';
import type { Repositories } from '../../shared/platform/persistence/create-repositories.ts';
import { everyPage } from '../../shared/platform/persistence/every-page.ts';
import type { CaseStarter } from '../../shared/platform/temporal/case-engine.ts';
import { tellFreeze } from '../../shared/platform/tell-freeze.ts';
import { TargetUnavailable } from '../ports/target-unavailable.ts';
import { recheckContacts, type ContactPorts } from './recheck-contacts.ts';
import type { ReconcileActivities, ReconcileResult } from './contract.ts';

/** A request younger than this is still in the hands of the API that took it. */
const SETTLE_MS = 10_000;
const PAGE = 200;

export interface ReconcilePorts {
  readonly repositories: Repositories;
  readonly connectors: ContactPorts['connectors'];
  readonly engine: ContactPorts['engine'];
  readonly archive: DestructionPorts['archive'];
  readonly notifier: DigestPorts['notifier'];
  /** Of the data folder: where files of people are written every day. */
  readonly exportsFolder: string;
  readonly starter: CaseStarter;
  /** The wall clock: requests are dated with it. */
  readonly now: () => number;
}

/** Heals the gap between what was asked for and what Temporal knows. */
export function createReconcileActivities({
  repositories,
  connectors,
  engine,
  archive,
  notifier,
  exportsFolder,
  starter,
  now,
}: ReconcilePorts): ReconcileActivities {
  async function start(theCase: CaseRecord): Promise<void> {
    const person = await repositories.people.get(theCase.orgId, theCase.personId);
    const outcome = await starter.start(theCase, person?.legalHold !== undefined);
    if (outcome.kind === 'unavailable') throw new TargetUnavailable('Temporal did not take the start');
    await repositories.cases.markStarted(theCase.orgId, theCase.id);
  }

  return {
    async startRequestedCases(): Promise<ReconcileResult> {
      const requested = await repositories.cases.listRequested(PAGE, now() - SETTLE_MS);
      for (const theCase of requested) await start(theCase);
      return { started: requested.length };
    },
    async spreadFreezes() {
      let told = 0;
      for await (const page of everyPage(PAGE, (range) => repositories.organisations.list(range)))
        for (const one of page) told += await tellFreeze(repositories.cases, engine, one);
      return { told };
    },
    destroyExpiredArchives: async () => ({
      destroyed: await destroyExpired({ repositories, archive }, now()),
    }),
    sendDigests: async () => ({ sent: await sendDigests({ repositories, notifier }, now()) }),
    writeExports: async () => ({ written: await writeExports({ repositories, exportsFolder }, now()) }),
    recheckContacts: async () => ({
      reapplied: await recheckContacts({ repositories, connectors, engine }),
    }),
  };
}
