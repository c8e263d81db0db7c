import type { Directory } from '../directory/directory.ts';
import type { ImportEngine } from '../shared/contract/import-engine.ts';
import type { ReviewEngine } from '../shared/contract/review-engine.ts';
import type { HandoverCapabilities } from '../shared/domain/target-capabilities.ts';
import type { LocalCalendar } from '../shared/domain/local-calendar.ts';
import type { Transliteration } from '../shared/domain/naming/transliteration.ts';
import type { ArchiveReader } from '../shared/platform/archive/archive-reader.ts';
import type { writePiecesDurably } from '../shared/platform/files/durable-file.ts';
import type { Logger } from '../shared/platform/logging.ts';
import type { Notifier } from '../shared/platform/mail/mail.ts';
import type { Repositories } from '../shared/platform/persistence/create-repositories.ts';
import type { CaseEngine } from '../shared/platform/temporal/case-engine.ts';
import type { ApiMetrics } from './metrics/api-metrics.ts';

/** Of the streams of events. */
export interface StreamNumbers {
  /** Open at once. */
  readonly perKey: number;
  /** A case that is followed is looked at this often, however many follow it. */
  readonly lookEveryMs: number;
  /** A stream without news shows that it lives. */
  readonly heartbeatMs: number;
}

/** Where files of people lie until they are staged. */
export interface UploadPlace {
  readonly folder: string;
  readonly write: typeof writePiecesDurably;
}

/** What the API works with. Made once by `main.ts`; tests put their own engine in. */
export interface ApiContext {
  readonly repositories: Repositories;
  /** The first directory. */
  readonly directory: Directory;
  /** Every directory by its id as a target, the first one included. */
  readonly directories: Readonly<Record<string, Directory>>;
  /** The same over another connection: what is read back owes nothing to the writes. */
  readonly readings: Readonly<Record<string, Directory>>;
  /** What a target can do of a handover, by its id. */
  readonly handoverCapabilitiesOf: (target: string) => HandoverCapabilities;
  readonly engine: CaseEngine;
  readonly imports: ImportEngine;
  readonly reviews: ReviewEngine;
  readonly uploads: UploadPlace;
  readonly archives: ArchiveReader;
  readonly calendar: LocalCalendar;
  readonly transliteration: Transliteration;
  /** What the API itself mails: welcomes. */
  readonly notifier: Notifier;
  readonly logger: Logger;
  readonly metrics: ApiMetrics;
  /** What somebody on another machine reads them with. */
  readonly metricsToken: string | undefined;
  /** Aborted when the API is being stopped: it takes nothing new, and what would go on for ever ends. */
  readonly stopping: AbortSignal;
  /** Wall clock, ms. */
  readonly now: () => number;
  /** Throws when the database does not answer. */
  readonly pingStore: () => Promise<void>;
  readonly requestsPerMinute: number;
  /** For each caller's address, of the pages that need no key. */
  readonly pageRequestsPerMinute: number;
  /** What links to the API's own pages begin with. */
  readonly publicUrl: string;
  readonly streams: StreamNumbers;
}
