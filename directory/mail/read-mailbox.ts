import type { DirectoryStore, OutgoingMessage } from '../store/directory-store.ts';

export interface MessageSummary {
  readonly id: string;
  readonly folder: string;
  readonly receivedAtMs: number;
  readonly sizeBytes: number;
}

const pageSize = 200;

/** All messages in all folders, oldest first: message ids begin with their instant. A message that arrives meanwhile may be missed. */
export async function* listMessages(
  store: DirectoryStore,
  orgId: string,
  accountId: string,
): AsyncGenerator<MessageSummary> {
  for (let afterId = ''; ;) {
    const page = await store.messages.page(orgId, { accountId, void: false }, afterId, pageSize, 'raw');
    for (const { _id: id, folder, receivedAtMs, sizeBytes } of page)
      yield { id, folder, receivedAtMs, sizeBytes };
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    afterId = last._id;
  }
}

/** The bytes as they arrived. */
export async function readMessage(
  store: DirectoryStore,
  orgId: string,
  accountId: string,
  messageId: string,
): Promise<Uint8Array | undefined> {
  const message = await store.messages.find(orgId, messageId);
  if (message?.accountId !== accountId || message.void) return undefined;
  return message.raw;
}

/** The auto-replies an account gave, oldest first; the first `limit` of them after `afterId`. */
export function listOutgoing(
  store: DirectoryStore,
  orgId: string,
  accountId: string,
  afterId: string,
  limit: number,
): Promise<readonly OutgoingMessage[]> {
  return store.outgoing.page(orgId, { accountId }, afterId, limit);
}
