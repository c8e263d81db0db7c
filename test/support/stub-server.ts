import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly key: string | undefined;
  readonly idempotencyKey: string | undefined;
  readonly lastEventId: string | undefined;
  readonly body: unknown;
}

export interface StubAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a string as it is. */
  readonly body?: unknown;
  /** In place of a body: a stream of events, in these hands until they end or destroy it. */
  readonly stream?: (response: ServerResponse) => void;
}

/** `'gone'`: the connection is closed without an answer. */
export type Stub = (seen: Seen) => StubAnswer | 'gone';

export interface StubServer {
  readonly url: string;
  readonly seen: readonly Seen[];
  close(): Promise<void>;
}

/** A file as its text. */
function bodyOf(type: string | undefined, text: string): unknown {
  if (text === '') return undefined;
  return type === 'application/json' ? JSON.parse(text) : text;
}

/** Answers as it is told, and keeps what it was asked. */
export async function startStubServer(stub: Stub): Promise<StubServer> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const text = Buffer.concat(pieces).toString();
      const one: Seen = {
        method: request.method ?? '',
        path: request.url ?? '',
        key: request.headers.authorization,
        idempotencyKey: request.headers['idempotency-key'] as string | undefined,
        lastEventId: request.headers['last-event-id'] as string | undefined,
        body: bodyOf(request.headers['content-type'], text),
      };
      seen.push(one);
      const answer = stub(one);
      if (answer === 'gone') {
        request.socket.destroy();
        return;
      }
      const { status = 200, headers = {}, body = {}, stream } = answer;
      if (stream !== undefined) {
        response.writeHead(status, { 'content-type': 'text/event-stream; charset=utf-8', ...headers });
        response.flushHeaders();
        stream(response);
        return;
      }
      response.writeHead(status, headers);
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
