import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';

const thisMachine = new BlockList();
thisMachine.addSubnet('127.0.0.0', 8, 'ipv4');
thisMachine.addAddress('::1', 'ipv6');

/** What a proxy adds: then the caller is not whoever opened the connection. */
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'];

/** Whoever has the token may read metrics. Where there is none, whoever asks from this machine, and not through a proxy on it. */
export function mayReadMetrics(
  {
    socket,
    headers,
  }: Pick<IncomingMessage, 'headers'> & {
    readonly socket: Pick<IncomingMessage['socket'], 'remoteAddress'>;
  },
  token: string | undefined,
): boolean {
  if (token !== undefined) return isSame(headers.authorization ?? '', `Bearer ${token}`);
  const { remoteAddress = '' } = socket;
  return (
    thisMachine.check(remoteAddress, isIPv6(remoteAddress) ? 'ipv6' : 'ipv4') &&
    FORWARDED.every((name) => headers[name] === undefined)
  );
}

/** Takes as long for a wrong text as for the right one. */
function isSame(text: string, wanted: string): boolean {
  const digest = (of: string): Buffer => createHash('sha256').update(of).digest();
  return timingSafeEqual(digest(text), digest(wanted));
}
