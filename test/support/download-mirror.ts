import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

const BLOCK_BYTES = 512;

export interface DownloadMirror {
  readonly url: string;
  /** `GET /linux/mongodb-….tgz`, in the order they came. */
  readonly requests: readonly string[];
  readonly close: () => void;
}

/** Serves under every address an archive of MongoDB that holds this program as mongod, and its MD5 as given or as it is. */
export async function startDownloadMirror(program: string, md5?: string): Promise<DownloadMirror> {
  const archive = gzipSync(
    Buffer.concat([tarEntry('mongodb/bin/mongod', program), Buffer.alloc(2 * BLOCK_BYTES)]),
  );
  const sum = md5 ?? createHash('md5').update(archive).digest('hex');
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const body = request.url?.endsWith('.md5') === true ? Buffer.from(`${sum}  mongodb.tgz\n`) : archive;
    response.setHeader('Content-Length', body.length);
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, requests, close: () => server.close() };
}

/** One file of a tar archive: a header of which we fill in what a reader needs, and the content in whole blocks. */
function tarEntry(name: string, content: string): Buffer {
  const header = Buffer.alloc(BLOCK_BYTES);
  header.write(name, 0);
  header.write('0000755\0', 100);
  header.write(`${Buffer.byteLength(content).toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write(' '.repeat(8), 148);
  header.write('0', 156);
  header.write('ustar\0', 257);
  header.write('00', 263);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const padding = (BLOCK_BYTES - (Buffer.byteLength(content) % BLOCK_BYTES)) % BLOCK_BYTES;
  return Buffer.concat([header, Buffer.from(content), Buffer.alloc(padding)]);
}
