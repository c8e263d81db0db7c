import type { AccountSnapshot } from '../../shared/domain/account-snapshot.ts';
import type { StepInput } from '../../shared/contract/step.ts';
import type { CaseRecord } from '../../shared/domain/case-record.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import type { AccountRef, Person } from '../../shared/domain/person.ts';
import type { StepKind } from '../../shared/domain/step-kinds.ts';
import type { Repositories } from '../../shared/platform/persistence/create-repositories.ts';
import type { ArchiveStore } from '../ports/archive-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { SecretVault } from '../ports/secret-vault.ts';
import type { Call, ConnectorOf, TargetConnector } from '../ports/target-connector.ts';

/** What the activities need from outside. Composed once by the worker. */
export interface Ports {
  readonly repositories: Repositories;
  /** By the id of a target (`AccountRef.target`). */
  readonly connectors: Readonly<Record<string, ConnectorOf>>;
  readonly archive: ArchiveStore;
  readonly notifier: Notifier;
  readonly vault: SecretVault;
  readonly clock: Clock;
  /** Where people reach the API's pages, without a slash at its end. */
  readonly publicUrl: string;
  /** Reports that a long step is alive. Throws when the worker stops and its grace is over: the step is tried again. */
  readonly heartbeat: (detail: Readonly<Record<string, number>>) => void;
  readonly meter: {
    /** Of one account, from the instant it was due to the first proof. */
    lockoutProven(timeToLockoutMs: number): void;
  };
  readonly log: {
    warn(fields: Readonly<Record<string, unknown>>, message: string): void;
    error(fields: Readonly<Record<string, unknown>>, message: string): void;
  };
}

/** Everything one attempt of a step knows. Loaded anew for every attempt. */
export interface StepContext {
  readonly ports: Ports;
  readonly input: StepInput;
  readonly evidenceId: string;
  readonly call: Call;
  readonly theCase: CaseRecord;
  readonly person: Person;
  readonly organisation: Organisation;
  /**
   * Writes the intent with the state before the first call and its target, or what is about to be changed of the person; after a
   * crash it gives the first one back.
   */
  intend(before?: AccountSnapshot, target?: string, ofPerson?: Evidence['proof']): Promise<Evidence>;
}

/** The person's account and the connector of its target. */
export interface AccountContext extends StepContext {
  readonly ref: AccountRef;
  readonly connector: TargetConnector;
}

/** What a step found when it was proven. Anything else it throws. */
export interface StepEffect {
  readonly outcome: 'done' | 'not_applicable';
  readonly after?: AccountSnapshot;
  readonly proof?: Readonly<Record<string, unknown>>;
}

/**
 * One kind of step: read, compare, write, read back. It may run twice, and the second run finds the work of the first. It
 * gives an effect only when the effect was proven, and throws `StepFailed` otherwise.
 */
export interface StepDefinition {
  readonly kind: StepKind;
  carryOut(context: StepContext): Promise<StepEffect>;
  /** Told once the evidence is complete. */
  proven?(context: StepContext, effect: StepEffect): void;
}
