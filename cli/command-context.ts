import { readFileSync } from 'node:fs';
import { createApiClient } from '../shared/platform/api-client/api-client.ts';
import type { ApiClient, ApiClientOptions } from '../shared/platform/api-client/api-client.ts';
import { errorCode } from '../shared/platform/config/error-code.ts';
import { readConfig } from '../shared/platform/config/read-config.ts';
import { readSecret } from '../shared/platform/config/read-secret.ts';
import { misused } from './command-failure.ts';
import type { Terminal } from './terminal.ts';

/** Options that every command takes. */
export interface CommonOptions {
  readonly url?: string;
  readonly keyFile?: string;
  readonly json?: true;
}

/** What a command works with. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly json: boolean;
  /** Gangway over HTTP, with a key. Throws where there is none. Waits for a restart, by default for seconds. */
  readonly api: (options?: Pick<ApiClientOptions, 'patienceOnceAnsweredMs'>) => ApiClient;
  /** The key, if one was given. */
  readonly key: () => string | undefined;
  readonly url: () => string;
  /** The one thing that was asked for: as one JSON document, or as text. */
  readonly show: (result: object, text: string) => void;
}

/** Long enough for a process that was killed and is started again. */
const PATIENCE_MS = 10_000;

export function createContext(terminal: Terminal, options: CommonOptions): CommandContext {
  const key = (): string | undefined =>
    options.keyFile === undefined
      ? readSecret(terminal.env, 'GANGWAY_API_KEY')
      : readKeyFile(options.keyFile);
  const url = (): string => (options.url ?? readConfig(terminal.env).api.publicUrl).replace(/\/+$/u, '');
  return {
    terminal,
    json: options.json === true,
    key,
    url,
    api(options = {}) {
      const given = key();
      if (given === undefined)
        throw misused(
          'KEY_MISSING',
          'This needs an API key: set GANGWAY_API_KEY or GANGWAY_API_KEY_FILE, or name its file with --key-file.',
        );
      return createApiClient({
        ...{ url: url(), key: given, patienceMs: PATIENCE_MS, signal: terminal.signal },
        ...options,
        onRepeat: () => terminal.err('No answer yet; trying again …\n'),
      });
    },
    show(result, text) {
      terminal.out(options.json === true ? `${JSON.stringify(result, undefined, 2)}\n` : `${text}\n`);
    },
  };
}

function readKeyFile(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw misused(
      'KEY_FILE_UNREADABLE',
      `The file ${file} cannot be read (${errorCode(error) ?? 'unknown reason'}).`,
    );
  }
}
