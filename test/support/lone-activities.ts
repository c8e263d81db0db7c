import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createActivities } from '../../activities/create-activities.ts';
import type { Ports } from '../../activities/steps/step-definition.ts';
import type { StepResult } from '../../shared/contract/step.ts';
import { openCase } from '../../shared/domain/case/open-case.ts';
import { projectionOf } from '../../shared/domain/case/projection.ts';
import type { CaseRecord } from '../../shared/domain/case-record.ts';
import type { Person } from '../../shared/domain/person.ts';
import { isOfUndo, type PlannedStep } from '../../shared/domain/plan.ts';
import { planUndo } from '../../shared/domain/planner/plan-undo.ts';
import { simulatedInstants } from '../../shared/domain/planner/simulated-instants.ts';
import {
  KINDS_OF_LEAVES,
  KINDS_OF_ONBOARDINGS,
  KINDS_OF_ROLE_CHANGES,
  type ActivityKind,
  type StepKind,
} from '../../shared/domain/step-kinds.ts';
import { APPROVER, writeDeparture, type DepartureOptions } from './departure.ts';
import type { TestEngine } from './engine.ts';
import { writeLeave } from './leave.ts';
import { writeOnboarding } from './onboarding.ts';
import { writeRoleChange } from './role-change.ts';

/** A case that was written, and whose workflow was not started. */
interface WrittenCase {
  readonly orgId: string;
  readonly person: Person;
  readonly accountId: string;
  readonly record: CaseRecord;
}

/** Runs activities of a case without a workflow, each at the instant its plan says. */
export async function openActivities(engine: TestEngine, { orgId, person, accountId, record }: WrittenCase) {
  const caseId = record.id;
  const atMs = Date.now();
  for (const stepKey of ['purge-gate', 'redirect-gate'])
    await engine.repositories.approvals.record({ orgId, caseId, stepKey, approvedBy: APPROVER, atMs });
  const instants = simulatedInstants(record.plan);

  async function run(step: PlannedStep, ports: Ports = engine.ports): Promise<StepResult> {
    const asOfMs = instants.get(step.key) ?? Math.max(...instants.values());
    const environment = new MockActivityEnvironment(
      { currentAttemptScheduledTimestampMs: asOfMs },
      { logger: new DefaultLogger('ERROR') },
    );
    const input = { orgId, caseId, stepKey: step.key, round: 1, planVersion: 1, dueAtMs: asOfMs, asOfMs };
    return environment.run(createActivities(ports)[step.kind as ActivityKind], {
      ...input,
      params: step.params,
    });
  }

  /** Plans the way back as the API does, and has the case know it. */
  async function turnBack(): Promise<readonly PlannedStep[]> {
    const proofs = await engine.repositories.evidence.listByCase(orgId, caseId);
    const startedKeys = new Set(proofs.map(({ stepKey }) => stepKey));
    const plan = planUndo({ plan: record.plan, startedKeys, nowMs: Math.max(...instants.values()) });
    const progress = openCase({ plan, requestedBy: record.requestedBy, onLegalHold: false });
    await engine.repositories.cases.project(orgId, caseId, projectionOf({ ...progress, undoing: true }));
    return plan.steps.filter(isOfUndo);
  }

  /** Everything outside of Temporal that a step may change. */
  async function world() {
    const { people, claims, archiveParts, evidence, apiKeys } = engine.repositories;
    const proofs = await evidence.listByCase(orgId, caseId);
    return {
      account: await engine.directory.getAccount(orgId, accountId),
      effects: (await engine.directory.readEffects(orgId)).filter((effect) => effect.accountId === accountId),
      mails: engine.mailroom.mails.filter((mail) => mail.id.includes(caseId)),
      person: await people.get(orgId, person.id),
      reports: await people.listReports(orgId, person.id, undefined, 10),
      links: await engine.repositories.setupLinks.listOpen(orgId, person.id, 0),
      window: await engine.repositories.leaverWindows.findByCase(orgId, caseId),
      claim: await claims.get(`addr:${orgId}:${person.address}`, orgId),
      keys: await apiKeys.list(orgId, { limit: 10 }),
      parts: await archiveParts.listByCase(orgId, caseId),
      kept: await engine.directory.readKeptRedirect(orgId, accountId),
      files: await hashesIn(join(engine.archiveFolder, caseId)),
      proofs: proofs.map(({ id, status, before }) => ({ id, status, before })),
    };
  }

  return { orgId, caseId, accountId, person, plan: record.plan, run, turnBack, world };
}

async function hashesIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hashes = files.sort().map(async (file): Promise<[string, string]> => {
    return [
      file,
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex'),
    ];
  });
  return Object.fromEntries(await Promise.all(hashes));
}

const outliving: DepartureOptions = { redirect: { days: 200, outliveAccount: true } };

/** What a departure must ask for to have a step of this kind. */
const ASKED_FOR: Readonly<Partial<Record<StepKind, DepartureOptions>>> = {
  informLeaver: { plan: { leaverNoticeDaysBefore: 5 } },
  closeLeaverWindow: { plan: { leaverNoticeDaysBefore: 5 } },
  openRedirectGate: { redirect: { to: 'heir@elsewhere.test', outside: true } },
  startRedirect: { redirect: {} },
  endRedirect: { redirect: {} },
  restoreRedirect: { redirect: {} },
  reviewRetention: { retainDays: 500 },
  keepRedirect: outliving,
  dropKeptRedirect: outliving,
  grantMailboxAccess: { handover: {} },
  endMailboxAccess: { handover: {} },
  transferMail: { handover: {} },
  transferFiles: { handover: {} },
  handOverCalendars: { handover: {} },
  handOverMeetings: { handover: {} },
  exportContacts: { handover: {} },
  returnFiles: { handover: {} },
  returnCalendars: { handover: {} },
  returnMeetings: { handover: {} },
};

/** Writes a case that has a step of this kind. */
function caseWith(engine: TestEngine, kind: StepKind): Promise<WrittenCase> {
  const isOf = (kinds: readonly StepKind[]) => kinds.includes(kind);
  if (isOf(KINDS_OF_LEAVES)) return writeLeave(engine);
  if (isOf(KINDS_OF_ROLE_CHANGES))
    return writeRoleChange(engine, { request: { accountRole: 'administrator' } });
  if (isOf(KINDS_OF_ONBOARDINGS)) return writeOnboarding(engine);
  return writeDeparture(engine, ASKED_FOR[kind]);
}

/** The first step of a kind, after everything before it in the plan was carried out. */
export async function cameTo(engine: TestEngine, kind: StepKind) {
  const activities = await openActivities(engine, await caseWith(engine, kind));
  const isOfWayBack = !activities.plan.steps.some((step) => step.kind === kind);
  for (const step of activities.plan.steps) {
    if (step.kind === kind) return { ...activities, step };
    // The case is turned back when everything that can be put back was done.
    if (isOfWayBack && step.kind === 'openPurgeGate') break;
    await activities.run(step);
  }
  for (const step of await activities.turnBack()) {
    if (step.kind === kind) return { ...activities, step };
    await activities.run(step);
  }
  throw new Error(`no plan has a step of kind ${kind}`);
}
