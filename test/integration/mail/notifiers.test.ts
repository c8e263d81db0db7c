import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import { MailNotSent } from '../../../shared/platform/mail/mail.ts';
import { createOutboxCarrier } from '../../../shared/platform/mail/outbox-carrier.ts';
import { createSmtpCarrier } from '../../../shared/platform/mail/smtp-carrier.ts';

const from = 'Gangway <gangway@example.test>';
const mail = {
  id: 'eff:cas_1:notify-manager:1',
  to: ['boss@example.test'],
  subject: 'Größe',
  text: 'Ada leaves.\n',
};

async function startServer(options: SMTPServerOptions = {}) {
  const received: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push(Buffer.concat(chunks).toString('utf8'));
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return { port, received, close: () => new Promise<void>((resolve) => server.close(resolve)) };
}
const thrownBy = (sending: Promise<unknown>) =>
  sending.then(
    () => new Error('it was sent'),
    (error: unknown) => error as Error,
  );

describe('mail through a server', () => {
  test('is sent with an id that stays the same over retries', async () => {
    const server = await startServer();
    const notifier = createSmtpCarrier({ url: `smtp://127.0.0.1:${server.port}`, from });
    const [first, second] = [await notifier.send(mail), await notifier.send(mail)];
    await server.close();
    expect(first).toEqual(second);
    expect(first).toMatchObject({ via: 'smtp', acceptedBy: 'smtp 250, 1 of 1 recipients' });
    expect(server.received).toHaveLength(2);
    expect(server.received[0]).toContain(`Message-ID: ${first.messageId}`);
    expect(server.received[0]).toContain('Auto-Submitted: auto-generated');
    expect(first.messageId).not.toBe((await withOtherId()).messageId);
  });

  async function withOtherId() {
    const server = await startServer();
    const notifier = createSmtpCarrier({ url: `smtp://127.0.0.1:${server.port}`, from });
    const receipt = await notifier.send({ ...mail, id: 'eff-cas_1-notify-manager-1' });
    await server.close();
    return receipt;
  }

  test('tells how many recipients the server took', async () => {
    const server = await startServer({
      onRcptTo: (address, _session, done) =>
        done(address.address.startsWith('bad') ? new Error('no such user') : null),
    });
    const notifier = createSmtpCarrier({ url: `smtp://127.0.0.1:${server.port}`, from });
    const receipt = await notifier.send({ ...mail, to: ['good@example.test', 'bad@example.test'] });
    expect(receipt.acceptedBy).toBe('smtp 250, 1 of 2 recipients');
    const error = await thrownBy(notifier.send({ ...mail, to: ['bad@example.test'] }));
    expect(error).toBeInstanceOf(MailNotSent);
    expect(error.message).not.toContain('bad@');
    await server.close();
  });

  test('fails without the credentials in the error when the server refuses them', async () => {
    const server = await startServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (auth, _session, done) => done(new Error(`wrong password ${String(auth.password)}`)),
    });
    const notifier = createSmtpCarrier({ url: `smtp://robot:canary-secret@127.0.0.1:${server.port}`, from });
    const error = await thrownBy(notifier.send(mail));
    await server.close();
    expect(error).toBeInstanceOf(MailNotSent);
    expect(error.message).toContain('EAUTH');
    expect(
      `${error.message} ${String(error.stack)} ${String(error.cause)} ${JSON.stringify(error)}`,
    ).not.toContain('canary-secret');
  });

  test('fails when nobody listens', async () => {
    const server = await startServer();
    await server.close();
    const error = await thrownBy(
      createSmtpCarrier({ url: `smtp://127.0.0.1:${server.port}`, from }).send(mail),
    );
    expect(error).toBeInstanceOf(MailNotSent);
  });

  test('fails when the server says nothing', async () => {
    const mute = createServer(() => undefined);
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const { port } = mute.address() as AddressInfo;
    const url = `smtp://127.0.0.1:${port}`;
    const error = await thrownBy(createSmtpCarrier({ url, from, answerTimeoutMs: 200 }).send(mail));
    const late = await thrownBy(
      createSmtpCarrier({ url, from, answerTimeoutMs: 1_000, totalTimeoutMs: 200 }).send(mail),
    );
    await new Promise((resolve) => mute.close(resolve));
    expect([error, late]).toEqual([expect.any(MailNotSent), expect.any(MailNotSent)]);
  });
});

describe('mail to the outbox', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gangway-outbox-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const outbox = () => createOutboxCarrier({ folder: join(folder, 'data', 'outbox'), from });
  const files = () => readdir(join(folder, 'data', 'outbox'));

  test('is one readable file, whole and named after the mail', async () => {
    const receipt = await outbox().send(mail);
    expect(await files()).toEqual([receipt.acceptedBy]);
    const text = await readFile(join(folder, 'data', 'outbox', receipt.acceptedBy), 'utf8');
    expect(text).toContain('To: boss@example.test\r\n');
    expect(text).toContain(`Message-ID: ${receipt.messageId}\r\n`);
    expect(text).toContain('Ada leaves.');
  });

  test('changes nothing when it is sent again', async () => {
    const first = await outbox().send(mail);
    const path = join(folder, 'data', 'outbox', first.acceptedBy);
    const before = await stat(path);
    expect(await outbox().send({ ...mail, text: 'other' })).toEqual(first);
    expect((await stat(path)).mtimeMs).toBe(before.mtimeMs);
    expect(await files()).toHaveLength(1);
  });

  test('keeps mails apart whose ids look alike', async () => {
    await outbox().send({ ...mail, id: 'a:b' });
    await outbox().send({ ...mail, id: 'a-b' });
    expect(await files()).toHaveLength(2);
  });

  test('fails with a code and no path when the folder cannot be made', async () => {
    await writeFile(join(folder, 'data'), 'a file');
    const error = await thrownBy(outbox().send(mail));
    expect(error).toBeInstanceOf(MailNotSent);
    expect(error.message).not.toContain(folder);
  });
});
