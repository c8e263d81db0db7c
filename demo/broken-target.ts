import { createActivities } from '../activities/create-activities.ts';
import { ArchiveFailed } from '../activities/ports/archive-store.ts';
import { MailNotSent } from '../activities/ports/notifier.ts';
import { OPERATIONS, type ConnectorOf } from '../activities/ports/target-connector.ts';
import { TargetUnavailable } from '../activities/ports/target-unavailable.ts';
import type { Ports } from '../activities/steps/step-definition.ts';
import type { ActivityKind } from '../shared/domain/step-kinds.ts';
import { StoreUnavailable } from '../shared/platform/persistence/store-unavailable.ts';

/** Everything works but one kind of step: whatever that one needs from outside does not answer. */
export function withBrokenTarget(ports: Ports, kind: ActivityKind): ReturnType<typeof createActivities> {
  const none = broken(ports);
  return createActivities(ports, (one) => (one === kind ? none : ports));
}

function broken(ports: Ports): Ports {
  return {
    ...ports,
    connectors: Object.fromEntries(
      Object.entries(ports.connectors).map(([target, connector]) => [target, silent(connector)]),
    ),
    notifier: { send: () => Promise.reject(new MailNotSent('the mail server is down')) },
    archive: {
      writePart: () => Promise.reject(new ArchiveFailed('the disk is gone')),
      check: () => Promise.reject(new ArchiveFailed('the disk is gone')),
      destroy: () => Promise.reject(new ArchiveFailed('the disk is gone')),
      writeExport: () => Promise.reject(new ArchiveFailed('the disk is gone')),
      readExport: () => Promise.reject(new ArchiveFailed('the disk is gone')),
    },
    repositories: {
      ...ports.repositories,
      claims: {
        ...ports.repositories.claims,
        quarantine: () => Promise.reject(new StoreUnavailable('the claims cannot be reached')),
      },
    },
  };
}

/** A target that answers nothing. */
function silent(connectorOf: ConnectorOf): ConnectorOf {
  const refuse = (): Promise<never> => Promise.reject(new TargetUnavailable('the target is down'));
  return (orgId) => ({
    ...connectorOf(orgId),
    ...Object.fromEntries(
      [...OPERATIONS, 'probeSignIn', 'probeControl', 'probeDelivery'].map((name) => [name, refuse]),
    ),
  });
}
