import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly encrypted: boolean;
  readonly user: string | undefined;
  readonly raw: string;
}

/** An SMTP server on 127.0.0.1 that takes mail from whoever signs in over TLS. */
export interface MailServer {
  readonly port: number;
  readonly received: readonly ReceivedMail[];
  /** What it answers to the next recipients: `550 no such user`; `undefined`: it takes them. */
  refusal: string | undefined;
  close(): Promise<void>;
}

export const ROBOT = { user: 'robot', password: 'canary-smtp-secret' } as const;

/** With the certificate that comes with the library: nobody trusts it unless told to. */
export async function startMailServer(port = 0): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    // It would warn of the certificate that comes with it.
    logger: false,
    onAuth({ username, password }, _session, done) {
      if (username === ROBOT.user && password === ROBOT.password) done(null, { user: username });
      else done(new Error('who are you'));
    },
    onRcptTo(_address, _session, done) {
      const { refusal } = mailServer;
      if (refusal === undefined) done();
      else done(Object.assign(new Error(refusal.slice(4)), { responseCode: Number(refusal.slice(0, 3)) }));
    },
    onData(stream, { envelope, secure, user }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push({
          from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
          to: envelope.rcptTo.map(({ address }) => address),
          encrypted: secure,
          user: user === undefined ? undefined : String(user),
          raw: Buffer.concat(chunks).toString('utf8'),
        });
        done();
      });
    },
  });
  // A client that does not trust the certificate hangs up.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const mailServer: MailServer = {
    port: (server.server.address() as AddressInfo).port,
    received,
    refusal: undefined,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
  return mailServer;
}

/** As `GANGWAY_SMTP_URL` would name it. */
export function mailServerUrl(port: number, trusted = true): string {
  const options = `requireTLS=true${trusted ? '&tls.rejectUnauthorized=false' : ''}`;
  return `smtp://${ROBOT.user}:${ROBOT.password}@127.0.0.1:${port}/?${options}`;
}

/** The bodies of a mail by their type, as a reader shows them. */
export function partsOf(raw: string): Readonly<Record<string, string>> {
  const boundary = /boundary="([^"]+)"/u.exec(raw)?.[1];
  const parts = boundary === undefined ? [raw] : raw.split(`--${boundary}`).slice(1, -1);
  return Object.fromEntries(
    parts.map((part) => {
      const [head = '', ...body] = part.trimStart().split('\r\n\r\n');
      const type = /^Content-Type: ([^;\r]+)/imu.exec(head)?.[1] ?? 'text/plain';
      return [type, decoded(head, body.join('\r\n\r\n')).replaceAll('\r\n', '\n')];
    }),
  );
}

function decoded(head: string, body: string): string {
  const encoding = /^Content-Transfer-Encoding: (\S+)/imu.exec(head)?.[1];
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return body;
  const bytes = body.replace(/=\r\n/gu, '').replace(/=([0-9A-F]{2})/gu, (_, hex: string) => `%${hex}`);
  return decodeURIComponent(bytes.replace(/%(?![0-9A-F]{2})/gu, '%25'));
}
