import type { ArchivedMessage, MessageSource } from '../ports/archive-store.ts';
import type { ArchivePartRecord } from '../../shared/platform/persistence/archive-part-repository.ts';
import type { MessageHeader } from '../ports/target-connector.ts';
import type { AccountContext } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';
import { targetParam } from '../steps/target-param.ts';

/** An archive that holds every message of the mailbox, each file read again and hashed. */
export interface CompleteArchive {
  readonly parts: number;
  readonly messages: number;
  readonly bytes: number;
  /** Over the manifests of all parts. */
  readonly sha256: string;
}

/** Messages may arrive while we archive: that many rounds, then the step is tried again. */
const MAX_ROUNDS = 5;

/**
 * Adds to the archive what it lacks, part by part, until nothing is missing. A part counts once its manifest hash is in the
 * database; everything recorded is read back and hashed again before this returns.
 */
export async function archiveMissingMail(context: AccountContext): Promise<CompleteArchive> {
  for (let round = 1; round <= MAX_ROUNDS; round += 1) {
    const checked = await checkArchive(context, (part) => part.target === targetParam(context.input));
    const missing = await missingMessages(context, checked.messageIds);
    if (missing.length === 0 && checked.parts > 0) {
      const { parts, messageIds, bytes, sha256 } = checked;
      return { parts, messages: messageIds.size, bytes, sha256 };
    }
    await writePart(context, partName(context, checked.parts + 1), missing);
  }
  throw new StepFailed('ARCHIVE_INCOMPLETE');
}

export interface CheckedArchive {
  readonly parts: number;
  readonly messageIds: ReadonlySet<string>;
  readonly bytes: number;
  readonly sha256: string;
}

/** Each target has parts of its own: what was archived of one says nothing about another. */
function partName({ input }: AccountContext, number: number): string {
  const target = targetParam(input);
  return target === undefined ? `part-${number}` : `${target}-part-${number}`;
}

/**
 * Reads and hashes every file of the parts that are asked for again. Throws `ARCHIVE_INVALID` when one is missing, changed
 * or unknown.
 */
export async function checkArchive(
  context: Pick<AccountContext, 'ports' | 'input'>,
  isMeant: (part: ArchivePartRecord) => boolean,
): Promise<CheckedArchive> {
  const { ports, input } = context;
  const all = await ports.repositories.archiveParts.listByCase(input.orgId, input.caseId);
  const recorded = all.filter(isMeant);
  const expected = Object.fromEntries(recorded.map((part) => [part.part, part.manifestSha256]));
  const check = await ports.archive.check(input.caseId, expected, (checked) => ports.heartbeat({ checked }));
  if (check.kind === 'damaged') throw new StepFailed('ARCHIVE_INVALID', { cause: check.files });
  return { parts: recorded.length, messageIds: check.messageIds, bytes: check.bytes, sha256: check.sha256 };
}

async function missingMessages(
  { connector, ref, ports }: AccountContext,
  archived: ReadonlySet<string>,
): Promise<readonly MessageHeader[]> {
  const missing: MessageHeader[] = [];
  let listed = 0;
  for await (const header of connector.listMessages(ref)) {
    listed += 1;
    if (listed % 500 === 0) ports.heartbeat({ listed });
    if (!archived.has(header.id)) missing.push(header);
  }
  return missing;
}

async function writePart(
  context: AccountContext,
  name: string,
  headers: readonly MessageHeader[],
): Promise<void> {
  const { ports, input } = context;
  const target = targetParam(input);
  const part = await ports.archive.writePart(input.caseId, name, sourcesOf(context, headers), (archived) =>
    ports.heartbeat({ archived }),
  );
  const record = await ports.repositories.archiveParts.record({
    orgId: input.orgId,
    caseId: input.caseId,
    part: part.name,
    ...(target === undefined ? {} : { target }),
    manifestSha256: part.manifestSha256,
    messageCount: part.messages.length,
    bytes: part.messages.reduce((sum: number, message: ArchivedMessage) => sum + message.sizeBytes, 0),
  });
  if (record.manifestSha256 !== part.manifestSha256)
    throw new StepFailed('ARCHIVE_INVALID', { cause: [name] });
}

async function* sourcesOf(
  { connector, ref }: AccountContext,
  headers: readonly MessageHeader[],
): AsyncIterable<MessageSource> {
  for (const { id, folder, receivedAtMs } of headers) {
    const bytes = await connector.readMessage(ref, id);
    // Expunged since it was listed: there is nothing left to keep.
    if (bytes !== undefined) yield { id, folder, receivedAtMs, read: () => Promise.resolve(bytes) };
  }
}
