import type { Config } from '../../shared/platform/config/config.ts';

export interface OwnPort {
  readonly port: number;
  /** The variable that moves it. */
  readonly variable: string;
  readonly what: string;
  /** The address it is of; the loopback one unless said. */
  readonly host?: string;
}

/** The ports that an installation listens on itself, the API's first. */
export function ownPorts({ api, temporal, store }: Config): readonly OwnPort[] {
  return [
    { port: api.port, variable: 'GANGWAY_API_PORT', what: 'the API', host: api.host },
    ...(temporal.externalAddress === undefined
      ? [
          { port: temporal.port, variable: 'GANGWAY_TEMPORAL_PORT', what: 'Temporal' },
          { port: temporal.uiPort, variable: 'GANGWAY_TEMPORAL_UI_PORT', what: 'the Temporal UI' },
        ]
      : []),
    ...(store.externalUri === undefined
      ? [{ port: store.port, variable: 'GANGWAY_STORE_PORT', what: 'the database' }]
      : []),
  ];
}
