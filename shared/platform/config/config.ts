import { StartError } from '../../errors/start/start-error.ts';
import type { Downloadable, LogLevel } from './config-schema.ts';

const FOR_THIS_PROCESS = 'for this process';

/** The configuration of every process. Frozen; made by `readConfig`, handed on by each `main.ts`. */
export interface Config {
  /** Absolute; holds everything one installation keeps on disk. */
  readonly dataFolder: string;
  /** Absolute; outside the work tree; may be deleted at any time. */
  readonly cacheFolder: string;
  readonly logLevel: LogLevel;
  /** 32 bytes that encrypt secrets at rest; see `requireSecretKey`. */
  readonly secretKey: Uint8Array | undefined;
  readonly api: {
    readonly port: number;
    /** The address it listens on: this machine only, unless somebody says otherwise. */
    readonly host: string;
    /** Reverse proxies between the callers and the API: how many entries of X-Forwarded-For are believed. */
    readonly proxies: number;
    /** Where people reach the API's pages: what links in mails begin with. */
    readonly publicUrl: string;
    /** How long it goes on serving, not ready any more, when it is asked to stop. */
    readonly drainMs: number;
  };
  readonly metrics: {
    /** Asked of whoever reads metrics: never print it; unset means that only this machine may. */
    readonly token: string | undefined;
    /** `host:port` where the worker serves its own; unset means that only the supervisor can ask it. */
    readonly workerAddress: string | undefined;
    /** `host:port` where the Temporal SDK of the worker serves its own. */
    readonly temporalAddress: string | undefined;
  };
  readonly temporal: {
    /** `TEMPORAL_ADDRESS`: a server that somebody else runs; unset means our own on `port`. */
    readonly externalAddress: string | undefined;
    readonly namespace: string;
    readonly port: number;
    readonly uiPort: number;
  };
  readonly store: {
    /** `MONGODB_URI`, with its credentials: never print it; unset means our own store on `port`. */
    readonly externalUri: string | undefined;
    readonly port: number;
  };
  readonly mail: {
    /** With its credentials: never print it; unset means that mail is written to `outboxFolder`. */
    readonly smtpUrl: string | undefined;
    readonly from: string;
    readonly outboxFolder: string;
  };
  readonly worker: { readonly maxCachedWorkflows: number };
  /** What `npm start` may fetch from the internet. */
  readonly downloads: readonly Downloadable[];
  /** The directories beyond the first. */
  readonly targets: readonly string[];
}

/** Where Temporal answers (`host:port`), whoever runs it. */
export function temporalAddress(config: Pick<Config, 'temporal'>): string {
  return config.temporal.externalAddress ?? `127.0.0.1:${config.temporal.port}`;
}

/** For the API and the worker, which cannot do without a database. Throws a StartError when `MONGODB_URI` is unset. */
export function requireMongodbUri(config: Pick<Config, 'store'>): string {
  if (config.store.externalUri === undefined)
    throw StartError.of('VARIABLE_MISSING', { variable: 'MONGODB_URI', when: FOR_THIS_PROCESS });
  return config.store.externalUri;
}

/** For processes that read or write secrets at rest. Throws a StartError when `GANGWAY_SECRET_KEY` is unset. */
export function requireSecretKey(config: Pick<Config, 'secretKey'>): Uint8Array {
  if (config.secretKey === undefined) {
    const variable = 'GANGWAY_SECRET_KEY or GANGWAY_SECRET_KEY_FILE';
    throw StartError.of('VARIABLE_MISSING', { variable, when: FOR_THIS_PROCESS });
  }
  return config.secretKey;
}
