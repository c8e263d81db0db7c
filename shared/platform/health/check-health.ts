import { isIPv6 } from 'node:net';

const ANSWERS_WITHIN_MS = 5_000;

interface Asked {
  /** Where the process listens. */
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/** For a health check of this machine: exit code 0 when the process answers that it is well; else 1, and why on standard error. */
export async function checkHealth({ host, port, path }: Asked): Promise<void> {
  try {
    const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
    const response = await fetch(`http://${hostToAsk(host)}:${port}${path}`, { signal });
    if (!response.ok) throw new Error((await response.text()).trim());
  } catch (error) {
    process.stderr.write(`gangway: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

/** An address that stands for every one of this machine is not one to be asked at. */
function hostToAsk(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return isIPv6(host) ? `[${host}]` : host;
}
