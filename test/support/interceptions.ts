import type { TargetConnector } from '../../activities/ports/target-connector.ts';
import type { TestEngine } from './engine.ts';
import { createFaultyConnector, type Faults } from './faulty-connector.ts';

/** Lets an organisation's target fail on demand. */
export function makeFaulty(engine: TestEngine, orgId: string, target?: string): Faults {
  const { connector, faults } = createFaultyConnector(engine.targetOf(orgId, target));
  engine.interceptTarget(orgId, () => connector, target);
  return faults;
}

/** Gives an organisation's target other answers than its own. */
export function override(engine: TestEngine, orgId: string, methods: Partial<TargetConnector>): void {
  engine.interceptTarget(orgId, (real) => ({ ...real, ...methods }));
}

/** From now on the target is its true self. */
export function heal(engine: TestEngine, orgId: string, target?: string): void {
  engine.interceptTarget(orgId, (real) => real, target);
  engine.interceptPorts(orgId, (ports) => ports);
}

/** Answers `changed` and changes nothing. */
export function lie(): Promise<{ readonly kind: 'changed' }> {
  return Promise.resolve({ kind: 'changed' });
}
