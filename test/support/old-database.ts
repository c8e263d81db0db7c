import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { serialize } from 'bson';

const HEADER_BYTES = 16;
const OP_REPLY = 1;
const FLAGS_CURSOR_START_COUNT = [8, 0, 0, 0, 1];

/** Answers the greeting of the driver as a MongoDB 3.6 does, and says nothing else. */
export async function startOldDatabase(): Promise<{ address: string; close: () => void }> {
  const hello = serialize({ ismaster: true, minWireVersion: 0, maxWireVersion: 6, ok: 1 });
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (request) => {
      const header = Buffer.alloc(HEADER_BYTES + 20);
      const numbers = [header.length + hello.length, 1, request.readInt32LE(4), OP_REPLY];
      [...numbers, ...FLAGS_CURSOR_START_COUNT].forEach((number, index) =>
        header.writeInt32LE(number, index * 4),
      );
      socket.write(Buffer.concat([header, hello]));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `127.0.0.1:${port}`, close: () => server.close() };
}
