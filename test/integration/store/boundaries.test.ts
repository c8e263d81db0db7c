import { networkInterfaces } from 'node:os';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serialize } from 'bson';
import { mongo } from 'mongoose';
import { startStore, type RunningStore } from '../../../standalone/store/start-store.ts';
import {
  STORE_ENTRY,
  createWorkplace,
  runStore,
  startStoreProcess,
  storeEnvironment,
  uriOf,
} from './store-process.ts';

const workplace = createWorkplace();
let store: RunningStore;

beforeAll(async () => {
  store = await startStore({ folder: workplace.folder, port: 0, secret: workplace.secret });
});

afterAll(async () => {
  await store.close();
  workplace.remove();
});

/** One OP_MSG by hand, to say what no driver would. */
function opMsg(body: object): Buffer {
  const document = Buffer.from(serialize(body));
  const header = Buffer.alloc(21);
  header.writeInt32LE(header.length + document.length, 0);
  header.writeInt32LE(2013, 12);
  return Buffer.concat([header, document]);
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port });
  await once(socket, 'connect');
  return socket;
}

describe('the folder', () => {
  test('serves one process: a second one is refused by name', async () => {
    const { code, said } = await runStore(storeEnvironment(workplace));
    expect(code).toBe(75);
    expect(said).toContain(
      `The folder ${workplace.folder} of the embedded store is in use by process ${process.pid}: stop that one. [STORE_FOLDER_IN_USE]`,
    );
  });

  test('serves one store within a process', async () => {
    await expect(startStore({ folder: workplace.folder, port: 0, secret: workplace.secret })).rejects.toThrow(
      'in use by this process',
    );
  });

  test('is free again after a kill -9', async () => {
    const other = createWorkplace();
    const first = await startStoreProcess(other);
    await first.kill();
    const second = await startStoreProcess(other);
    await second.kill();
    other.remove();
  });
});

describe('the process', () => {
  test('names the variable of a port that is taken', async () => {
    const other = createWorkplace();
    const { code, said } = await runStore(storeEnvironment(other, store.port));
    expect({ code, said }).toEqual({
      code: 75,
      said: `gangway: Port ${store.port}, which the database needs, is in use: set GANGWAY_STORE_PORT to another one. [PORT_IN_USE]\n`,
    });
    other.remove();
  });

  test('names a folder that cannot be written', async () => {
    const other = createWorkplace();
    writeFileSync(other.folder, 'a file');
    const { code, said } = await runStore(storeEnvironment(other));
    expect(code).toBe(78);
    expect(said).toContain(`${other.folder} cannot be written (EEXIST)`);
    other.remove();
  });

  test.each(['GANGWAY_STORE_FOLDER', 'GANGWAY_STORE_SECRET_FILE'])('wants %s', async (name) => {
    const { code, said } = await runStore({ ...storeEnvironment(workplace), [name]: '' });
    expect(code).toBe(78);
    expect(said).toContain(`${name} must be set for the embedded store. [VARIABLE_MISSING]`);
  });

  test('closes and ends by itself when its parent is gone', async () => {
    const other = createWorkplace();
    const process = await startStoreProcess(other);
    process.child.disconnect();
    const saidAll = once(process.child.stderr!, 'end');
    const ended = await once(process.child, 'exit');
    await saidAll;
    // With nobody left to look at its code it kills itself once it closed, and not because closing took too long.
    expect(ended).toEqual([null, 'SIGKILL']);
    expect(process.said()).toBe('');
    other.remove();
  });

  test('says on one line of its output that it is ready, and closes cleanly on SIGTERM', async () => {
    const other = createWorkplace();
    const child = spawn(process.execPath, [STORE_ENTRY], {
      env: storeEnvironment(other),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    expect(JSON.parse(line.toString())).toEqual({ ready: true, port: expect.any(Number) });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    other.remove();
  });
});

describe('the door', () => {
  test('opens to the secret only', async () => {
    const wrong = new mongo.MongoClient(uriOf(workplace, store.port, 'x'.repeat(48)));
    await expect(wrong.connect()).rejects.toThrow('Authentication failed.');
    await wrong.close();
  });

  test('answers nothing but a handshake before the secret was given', async () => {
    const client = new mongo.MongoClient(`mongodb://127.0.0.1:${store.port}/gangway?directConnection=true`);
    await client.connect();
    for (const command of [
      { ping: 1 },
      { find: 'c' },
      { insert: 'c', documents: [{ _id: 1 }] },
      { buildInfo: 1 },
    ]) {
      await expect(client.db().command(command)).rejects.toMatchObject({ code: 13 });
    }
    await client.close();
  });

  test('knows PLAIN alone', async () => {
    const uri = `mongodb://gangway:${workplace.secret}@127.0.0.1:${store.port}/gangway?directConnection=true&authMechanism=SCRAM-SHA-256`;
    const client = new mongo.MongoClient(uri);
    await expect(client.connect()).rejects.toMatchObject({ code: 334 });
    await client.close();
  });

  test('is on the loopback interface only', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter((address) => !address.internal && address.family === 'IPv4');
    for (const { address } of others) {
      const socket = connect({ host: address, port: store.port });
      const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
      expect(error.code).toBe('ECONNREFUSED');
    }
    await expect(open(store.port).then((socket) => socket.destroy())).resolves.toBeDefined();
  });

  test.each<[string, Buffer]>([
    ['a message larger than a stranger may send', Buffer.from([0, 0, 16, 0])],
    ['a message of no length', Buffer.alloc(16)],
    ['an unknown operation', Buffer.from([16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 99, 0, 0, 0])],
    ['a message without a database', opMsg({ ping: 1 })],
  ])('closes on %s', async (_, bytes) => {
    const socket = await open(store.port);
    socket.write(bytes);
    await once(socket, 'close');
    await expect(open(store.port).then((again) => again.destroy())).resolves.toBeDefined();
  });

  test('refuses a secret too short to be one', async () => {
    await expect(startStore({ folder: workplace.folder, port: 0, secret: 'short' })).rejects.toThrow(
      'at least 16',
    );
  });
});
