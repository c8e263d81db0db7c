import type { CaseUpdateName, CommandResult } from '../../shared/contract/commands.ts';
import { readUpdate, rejectionOfUpdate } from '../../shared/contract/read-update.ts';
import type { CaseEvent } from '../../shared/domain/case/case-event.ts';
import { openCase } from '../../shared/domain/case/open-case.ts';
import { projectionOf } from '../../shared/domain/case/projection.ts';
import type { CaseProgress } from '../../shared/domain/case/progress.ts';
import { reduce } from '../../shared/domain/case/reduce.ts';
import type { Repositories } from '../../shared/platform/persistence/create-repositories.ts';
import type { CaseEngine } from '../../shared/platform/temporal/case-engine.ts';

interface FakeCase {
  readonly orgId: string;
  readonly caseId: string;
  progress: CaseProgress;
  /** By update id. Set before anything is waited for: a repetition meets its first attempt. */
  readonly results: Map<string, Promise<CommandResult>>;
}

/** Stands where Temporal stands: judges commands by the real rules, applies each update id once, projects like a workflow. */
export interface FakeCaseEngine extends CaseEngine {
  /** Unreachable while true. */
  isDown: boolean;
  /** Every command that had an effect, in order. */
  readonly effects: readonly { readonly name: CaseUpdateName; readonly payload: unknown }[];
  readonly startedIds: readonly string[];
  /** Something happened to a case that no command caused. */
  tell(workflowId: string, event: CaseEvent): Promise<void>;
  progressOf(workflowId: string): CaseProgress | undefined;
}

export function createFakeCaseEngine(
  repositories: Pick<Repositories, 'cases'>,
  now: () => number,
): FakeCaseEngine {
  const cases = new Map<string, FakeCase>();
  const effects: { readonly name: CaseUpdateName; readonly payload: unknown }[] = [];
  const startedIds: string[] = [];

  async function apply(found: FakeCase, event: CaseEvent): Promise<void> {
    found.progress = reduce(found.progress, event);
    await repositories.cases.project(found.orgId, found.caseId, projectionOf(found.progress));
  }

  return {
    isDown: false,
    effects,
    startedIds,
    async start({ id: caseId, orgId, workflowId, plan, requestedBy, guardHeld = false }, onLegalHold) {
      if (this.isDown) return { kind: 'unavailable' };
      if (cases.has(workflowId)) return { kind: 'exists' };
      const progress = openCase({ plan, requestedBy, onLegalHold, guardHeld });
      cases.set(workflowId, { orgId, caseId, progress, results: new Map() });
      startedIds.push(workflowId);
      await repositories.cases.project(orgId, caseId, projectionOf(progress));
      return { kind: 'started' };
    },
    async command(workflowId, name, payload, updateId) {
      if (this.isDown) return { kind: 'unavailable' };
      const found = cases.get(workflowId);
      if (found === undefined) return { kind: 'unknown' };
      const known = found.results.get(updateId);
      if (known !== undefined) return { kind: 'accepted', result: await known };
      const { command, news } = readUpdate(name, payload);
      const code = rejectionOfUpdate(found.progress, name, payload);
      if (code !== undefined) return { kind: 'rejected', code };
      const applied = apply(found, { ...news, atMs: now() });
      effects.push({ name, payload });
      const { steps, sequence } = found.progress;
      const asked = command.kind === 'skip' && steps[command.stepKey]?.skipRequestedBy !== undefined;
      const result = applied.then((): CommandResult => ({
        effect: asked ? 'awaiting_second' : 'applied',
        sequence,
      }));
      found.results.set(updateId, result);
      return { kind: 'accepted', result: await result };
    },
    isReachable() {
      return Promise.resolve(!this.isDown);
    },
    async tell(workflowId, event) {
      const found = cases.get(workflowId);
      if (found === undefined) throw new Error(`there is no case ${workflowId}`);
      await apply(found, event);
    },
    progressOf: (workflowId) => cases.get(workflowId)?.progress,
  };
}
