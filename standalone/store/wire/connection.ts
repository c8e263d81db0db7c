import type { Socket } from 'node:net';
import { MAX_MESSAGE_BYTES } from '../commands/handshake.ts';
import type { CommandContext, CommandReply } from '../commands/command.ts';
import { countedName, runCommand } from '../commands/run-command.ts';
import type { StoreLogger } from '../logger.ts';
import type { CommandOutcome, StoreObserver } from '../observer.ts';
import { StoreError } from '../store-error.ts';
import type { Doc } from '../values/bson-values.ts';
import { authenticate } from './authenticate.ts';
import { createFrameReader } from './frame-reader.ts';
import { encodeReply, parseMessage, type IncomingMessage } from './messages.ts';

/**
 * One client: its messages are answered one after another, in order. Until it has authenticated it may only say hello,
 * in messages too small to fill the memory.
 */
const BEFORE_LOGIN = new Set(['hello', 'isMaster', 'ismaster', 'saslStart', 'endSessions']);
const MAX_BYTES_BEFORE_LOGIN = 64 * 1024;

export interface ConnectionOptions {
  readonly context: CommandContext;
  readonly secret: string;
  readonly logger: StoreLogger;
  readonly observer: StoreObserver;
}

export function serveConnection(socket: Socket, options: ConnectionOptions): void {
  const reader = createFrameReader();
  let authenticated = false;
  let answered = Promise.resolve();

  const answer = async (message: IncomingMessage, name: string): Promise<CommandReply> => {
    if (!authenticated && !BEFORE_LOGIN.has(name)) {
      throw new StoreError('Unauthorized', `Command ${name} requires authentication`);
    }
    if (name === 'saslStart') {
      const reply = authenticate(message.body, options.secret);
      authenticated = true;
      return reply;
    }
    const { database, body, sequences } = message;
    return await runCommand(options.context, { name, database, body, sequences });
  };

  const handle = async (frame: Buffer): Promise<void> => {
    if (socket.destroyed) return;
    const message = parseMessage(frame);
    const name = Object.keys(message.body)[0] ?? '';
    const beganAt = performance.now();
    let outcome: CommandOutcome = 'ok';
    const reply = await answer(message, name).catch((error: unknown) => {
      outcome = error instanceof StoreError ? 'refused' : 'failed';
      return errorReply(error, options.logger);
    });
    options.observer.command(countedName(name), outcome, (performance.now() - beganAt) / 1000);
    socket.write(encodeReply(message, reply));
  };

  const refuse = (error: unknown): void => {
    options.logger.warn(
      { reason: error instanceof Error ? error.message : String(error) },
      'store: connection closed',
    );
    socket.destroy();
  };

  socket.setNoDelay(true);
  socket.on('error', (error) => options.logger.warn({ reason: error.message }, 'store: connection failed'));
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const frame of reader.push(chunk, authenticated ? MAX_MESSAGE_BYTES : MAX_BYTES_BEFORE_LOGIN)) {
        answered = answered.then(() => handle(frame)).catch(refuse);
      }
    } catch (error) {
      refuse(error);
    }
  });
}

function errorReply(error: unknown, logger: StoreLogger): Doc {
  if (error instanceof StoreError) {
    return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.details };
  }
  logger.error({ err: error }, 'store: a command failed');
  if (
    error instanceof Error &&
    /ENOSPC|MDB_MAP_FULL|No space left/i.test(`${error.message} ${String(error.cause)}`)
  ) {
    return {
      ok: 0,
      errmsg: 'the disk is full: nothing was written',
      code: 14031,
      codeName: 'OutOfDiskSpace',
    };
  }
  return {
    ok: 0,
    errmsg: 'the store failed on this command; its log says why',
    code: 8,
    codeName: 'UnknownError',
  };
}
