import type { DirectoryStore, OutgoingMessage } from '../store/directory-store.ts';

export interface MessageSummary {
  readonly id: string;
  readonly folder: string;
  readonly receivedAtMs: number;
  readonly sizeBytes: number;
}

const pageSize = 200;

/** Some messages in all folders, oldest first, from the one after `after`: message ids begin with their instant. */
export interface MessageRange {
  readonly after?: string;
  readonly limit: number;
}

export async function pageOfMessages(
  store: DirectoryStore,
  orgId: string,
  accountId: string,
  { after = '', limit }: MessageRange,
): Promise<readonly MessageSummary[]> {
  const page = await store.messages.page(orgId, { accountId, void: false }, after, limit, 'raw');
  return page.map(({ _id: id, folder, receivedAtMs, sizeBytes }) => ({
    id,
    folder,
    receivedAtMs,
    sizeBytes,
  }));
}

/** All messages in all folders, oldest first. A message that arrives meanwhile may be missed. */
export async function* listMessages(
  store: DirectoryStore,
  orgId: string,
  accountId: string,
): AsyncGenerator<MessageSummary> {
  for (let after = ''; ;) {
    const page = await pageOfMessages(store, orgId, accountId, { after, limit: pageSize });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = last.id;
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
