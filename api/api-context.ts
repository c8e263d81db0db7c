import type { Directory } from '../directory/directory.ts';
import type { LocalCalendar } from '../shared/domain/local-calendar.ts';
import type { Logger } from '../shared/platform/logging.ts';
import type { Repositories } from '../shared/platform/persistence/create-repositories.ts';
import type { CaseEngine } from '../shared/platform/temporal/case-engine.ts';

/** What the API works with. Made once by `main.ts`; tests put their own engine in. */
export interface ApiContext {
  readonly repositories: Repositories;
  readonly directory: Directory;
  readonly engine: CaseEngine;
  readonly calendar: LocalCalendar;
  readonly logger: Logger;
  /** Wall clock, ms. */
  readonly now: () => number;
  /** Throws when the database does not answer. */
  readonly pingStore: () => Promise<void>;
  readonly requestsPerMinute: number;
}
