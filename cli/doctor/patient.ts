import type { ApiClient } from '../../shared/platform/api-client/api-client.ts';
import type { Config } from '../../shared/platform/config/config.ts';
import type { DataFolder } from '../../standalone/host/data-folder.ts';

/** What is examined. */
export interface Patient {
  readonly config: Config;
  readonly folder: DataFolder;
  /** The PATH variable. */
  readonly path: string | undefined;
  /** The process that runs an installation on this folder, if one does. */
  readonly runningPid: number | undefined;
  /** Gangway over HTTP; without a key where none was given. */
  readonly api: ApiClient;
  readonly hasKey: boolean;
}
