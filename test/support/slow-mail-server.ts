import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail server that takes its time to accept a mail. */
export interface SlowMailServer {
  readonly url: string;
  /** Mails it is accepting at this moment. */
  accepting(): number;
  /** Every mail it accepted, as it came. */
  readonly accepted: readonly string[];
  close(): Promise<void>;
}

export async function startSlowMailServer(acceptsAfterMs: number): Promise<SlowMailServer> {
  const accepted: string[] = [];
  let accepting = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        accepting += 1;
        setTimeout(() => {
          accepting -= 1;
          accepted.push(Buffer.concat(chunks).toString('utf8'));
          done();
        }, acceptsAfterMs);
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    accepting: () => accepting,
    accepted,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
