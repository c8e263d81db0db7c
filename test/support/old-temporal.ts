import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import proto from '@temporalio/proto';

const { GetClusterInfoResponse, GetSystemInfoResponse } = proto.temporal.api.workflowservice.v1;

/** Speaks as much gRPC as it takes to ask a server for its version. */
export async function startOldTemporal(version: string): Promise<{ address: string; close: () => void }> {
  const server = createServer();
  server.on('stream', (stream, headers) => {
    const asksVersion = headers[':path']?.endsWith('/GetClusterInfo') === true;
    const message = asksVersion
      ? GetClusterInfoResponse.encode({ serverVersion: version }).finish()
      : GetSystemInfoResponse.encode({ serverVersion: version }).finish();
    const prefix = Buffer.alloc(5);
    prefix.writeUInt32BE(message.length, 1);
    stream.respond({ ':status': 200, 'content-type': 'application/grpc+proto' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(Buffer.concat([prefix, message]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `127.0.0.1:${port}`, close: () => server.close() };
}
