import type { RowDesk } from '../../shared/contract/row-desk.ts';
import type { Repositories } from '../../shared/platform/persistence/create-repositories.ts';
import type { Ports } from '../steps/step-definition.ts';

/** What the activities of imports need from outside. */
export interface ImportPorts extends Pick<Ports, 'clock' | 'heartbeat' | 'log'> {
  readonly repositories: Pick<Repositories, 'imports' | 'organisations' | 'quotas'>;
  readonly desk: RowDesk;
  /** Of the data folder. */
  readonly uploadsFolder: string;
}
