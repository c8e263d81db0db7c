import { resolveSrv } from 'node:dns/promises';
import { connect } from 'node:net';
import { withoutCredentials } from '../../shared/platform/config/without-credentials.ts';
import { StartError } from '../../shared/errors/start/start-error.ts';
import { systemReason } from '../../shared/platform/config/error-code.ts';

const ANSWERS_WITHIN_MS = 5_000;
const DEFAULT_PORT = 27_017;

interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** Throws a StartError, without the credentials, when none of the hosts of `uri` takes a connection within 5 s. */
export async function requireReachable(uri: string): Promise<void> {
  try {
    await Promise.any((await endpoints(uri)).map(connects));
  } catch (error) {
    const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
    const where = `MONGODB_URI (${withoutCredentials(uri)}, ${systemReason(first)})`;
    throw StartError.of('STORE_UNREACHABLE', { where }, { cause: error });
  }
}

async function endpoints(uri: string): Promise<readonly Endpoint[]> {
  const hosts = withoutCredentials(uri)
    .replace(/^[^/]*\/\//, '')
    .replace(/\/.*$/, '');
  if (uri.startsWith('mongodb+srv:')) {
    const records = await resolveSrv(`_mongodb._tcp.${hosts}`);
    return records.map(({ name, port }) => ({ host: name, port }));
  }
  return hosts.split(',').map((host) => {
    const [, name = host, port] = /^(.*?)(?::(\d+))?$/.exec(host) ?? [];
    return { host: decodeURIComponent(name).replace(/^\[|\]$/g, ''), port: Number(port ?? DEFAULT_PORT) };
  });
}

function connects({ host, port }: Endpoint): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = host.startsWith('/') ? connect(host) : connect(port, host);
    socket.setTimeout(ANSWERS_WITHIN_MS, () => socket.destroy(new Error('no answer')));
    socket.once('error', reject);
    socket.once('connect', () => {
      resolve();
      socket.destroy();
    });
  });
}
