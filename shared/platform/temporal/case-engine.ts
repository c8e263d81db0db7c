import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure, defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';
import { DEFAULT_CASE_POLICY, type CaseInput, type CasePolicy } from '../../contract/case.ts';
import type { CaseUpdateName, CaseUpdates, CommandResult } from '../../contract/commands.ts';
import { taskQueues, type TaskQueues } from '../../contract/task-queues.ts';
import { CASE_WORKFLOWS } from '../../contract/workflows.ts';
import type { CaseRecord } from '../../domain/case-record.ts';
import type { CaseKind } from '../../domain/case-states.ts';
import { COMMAND_REJECTIONS, type CommandRejectionCode } from '../../errors/failure-types.ts';
import { isOutage } from './is-outage.ts';

/** `exists`: a workflow of this id was started before, whether it still runs or not. */
type StartOutcome = { readonly kind: 'started' | 'exists' | 'unavailable' };

type CommandOutcome =
  | { readonly kind: 'accepted'; readonly result: CommandResult }
  | { readonly kind: 'rejected'; readonly code: CommandRejectionCode }
  /** No open workflow has this id: it was not started yet, or it is over. */
  | { readonly kind: 'unknown' }
  /** No answer in time. The command may still be carried out; the same `updateId` again has one effect. */
  | { readonly kind: 'unavailable' };

/** Starts cases. Starting a case twice is one start. */
export interface CaseStarter {
  start(theCase: CaseToStart, onLegalHold: boolean): Promise<StartOutcome>;
}

/** The engine as the API needs it. Expected outcomes, an outage among them, are values. */
export interface CaseEngine extends CaseStarter {
  /** Sends a command and waits until the case carried it out and the database knows. */
  command<Name extends CaseUpdateName>(
    workflowId: string,
    name: Name,
    payload: CaseUpdates[Name],
    updateId: string,
  ): Promise<CommandOutcome>;
  /** Whether the engine answers. */
  isReachable(): Promise<boolean>;
}

type CaseToStart = Pick<
  CaseRecord,
  'id' | 'orgId' | 'kind' | 'personId' | 'requestedBy' | 'plan' | 'workflowId' | 'state' | 'guardHeld'
>;

export interface CaseEngineOptions {
  readonly startDeadlineMs?: number;
  readonly commandDeadlineMs?: number;
  readonly policy?: CasePolicy;
  readonly queues?: TaskQueues;
}

const PING_DEADLINE_MS = 2_000;

/** The Temporal UI shows it above a case. */
const CASE_TITLES: Readonly<Record<CaseKind, string>> = {
  onboarding: 'Onboarding',
  role_change: 'Role change',
  leave: 'Leave',
  departure: 'Departure',
  deletion: 'Deletion',
};

const ORG_ID = defineSearchAttributeKey('OrgId', 'KEYWORD');
const CASE_KIND = defineSearchAttributeKey('CaseKind', 'KEYWORD');
const PHASE = defineSearchAttributeKey('Phase', 'KEYWORD');
const PERSON_REF = defineSearchAttributeKey('PersonRef', 'KEYWORD');
const NEEDS_ATTENTION = defineSearchAttributeKey('NeedsAttention', 'BOOL');

export function createCaseEngine(
  client: Pick<Client, 'workflow' | 'withDeadline' | 'connection' | 'options'>,
  options: CaseEngineOptions = {},
): CaseEngine {
  const {
    startDeadlineMs = 4_000,
    commandDeadlineMs = 10_000,
    policy = DEFAULT_CASE_POLICY,
    queues = taskQueues(),
  } = options;
  return {
    async start(theCase, onLegalHold) {
      try {
        await client.withDeadline(Date.now() + startDeadlineMs, () =>
          client.workflow.start(
            CASE_WORKFLOWS[theCase.kind],
            startOptions(theCase, { onLegalHold, policy, queues }),
          ),
        );
        return { kind: 'started' };
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) return { kind: 'exists' };
        if (isOutage(error)) return { kind: 'unavailable' };
        throw error;
      }
    },

    async command(workflowId, name, payload, updateId) {
      try {
        const result = await client.withDeadline(Date.now() + commandDeadlineMs, () =>
          client.workflow
            .getHandle(workflowId)
            .executeUpdate<CommandResult, [CaseUpdates[typeof name]]>(name, { args: [payload], updateId }),
        );
        return { kind: 'accepted', result };
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return { kind: 'unknown' };
        const code = rejectionOf(error);
        if (code !== undefined) return { kind: 'rejected', code };
        if (isOutage(error)) return { kind: 'unavailable' };
        throw error;
      }
    },

    async isReachable() {
      try {
        await client.withDeadline(Date.now() + PING_DEADLINE_MS, () =>
          client.connection.workflowService.getSystemInfo({}),
        );
        return true;
      } catch (error) {
        if (isOutage(error)) return false;
        throw error;
      }
    },
  };
}

/** Plain start, which needs no live worker. Ids, instants and numbers only: nothing personal goes to Temporal. */
function startOptions(
  theCase: CaseToStart,
  {
    onLegalHold,
    policy,
    queues,
  }: { readonly onLegalHold: boolean; readonly policy: CasePolicy; readonly queues: TaskQueues },
) {
  const { id: caseId, orgId, kind, personId, requestedBy, plan } = theCase;
  const input: CaseInput = {
    ...{ kind, orgId, caseId, personId, requestedBy, plan, policy, onLegalHold },
    ...{ sparing: true, chained: true },
    ...(theCase.guardHeld === true ? { guardHeld: true } : {}),
  };
  return {
    args: [input],
    taskQueue: queues.orchestration,
    workflowId: theCase.workflowId,
    workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    staticSummary: `${CASE_TITLES[kind]} ${caseId} of ${personId}`,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: ORG_ID, value: orgId },
      { key: CASE_KIND, value: kind },
      { key: PHASE, value: theCase.state },
      { key: PERSON_REF, value: personId },
      { key: NEEDS_ATTENTION, value: false },
    ]),
  };
}

/** `AcceptedUpdateCompletedWorkflow`: the case ended while the command was under way. */
function rejectionOf(error: unknown): CommandRejectionCode | undefined {
  if (!(error instanceof WorkflowUpdateFailedError) || !(error.cause instanceof ApplicationFailure))
    return undefined;
  const type = error.cause.type ?? '';
  if (type === 'AcceptedUpdateCompletedWorkflow') return 'CASE_CLOSED';
  return isRejection(type) ? type : undefined;
}

function isRejection(type: string): type is CommandRejectionCode {
  return Object.hasOwn(COMMAND_REJECTIONS, type);
}
