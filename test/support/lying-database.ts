import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { deserialize, serialize } from 'bson';

const HEADER_BYTES = 16;
const OP_MSG = 2013;
/** Behind the header: four bytes of flags and one that says that a document follows. */
const BODY_AT = HEADER_BYTES + 5;

/** A cursor's id is a whole number of eight bytes, also when it is small. */
const AS_THEY_ARE = { promoteLongs: false };

export type Command = Readonly<Record<string, unknown>>;

/** What a database answers, from what it was asked and what it would answer truly. */
export type Lie = (asked: Command, truth: Command) => Command;

/** Stands before a real database and changes its answers. Gives the address to use in place of `uri`. */
export async function startLyingDatabase(uri: string, lie: Lie): Promise<{ uri: string; close: () => void }> {
  const { hostname, port } = new URL(uri);
  const sockets: Socket[] = [];
  const server = createServer((client) => {
    const real = connect(Number(port), hostname);
    sockets.push(client, real);
    const asked = new Map<number, Command>();
    forward(client, real, (message) => {
      asked.set(message.readInt32LE(4), bodyOf(message));
      return message;
    });
    forward(real, client, (message) => {
      const command = asked.get(message.readInt32LE(8)) ?? {};
      return withBody(message, lie(command, bodyOf(message)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: own } = server.address() as AddressInfo;
  return {
    uri: uri.replace(`${hostname}:${port}`, `127.0.0.1:${own}`),
    close: () => {
      server.close();
      sockets.forEach((socket) => socket.destroy());
    },
  };
}

function forward(from: Socket, to: Socket, change: (message: Buffer) => Buffer): void {
  let rest: Buffer = Buffer.alloc(0);
  from.on('error', () => to.destroy());
  from.on('close', () => to.destroy());
  from.on('data', (data) => {
    rest = Buffer.concat([rest, data]);
    while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
      const message = rest.subarray(0, rest.readInt32LE(0));
      rest = rest.subarray(message.length);
      to.write(message.readInt32LE(12) === OP_MSG ? change(message) : message);
    }
  });
}

function bodyOf(message: Buffer): Command {
  const length = message.readInt32LE(BODY_AT);
  return deserialize(message.subarray(BODY_AT, BODY_AT + length), AS_THEY_ARE);
}

function withBody(message: Buffer, body: Command): Buffer {
  const changed = Buffer.concat([message.subarray(0, BODY_AT), serialize(body)]);
  changed.writeInt32LE(changed.length, 0);
  return changed;
}
