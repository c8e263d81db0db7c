import type { MailSelection } from '../../shared/domain/handover.ts';
import { fullNameOf } from '../../shared/domain/person.ts';
import type { AccountRef } from '../../shared/domain/person.ts';
import { sha256Of } from '../../shared/platform/archive/archive-manifest.ts';
import type { MessageHeader } from '../ports/target-connector.ts';
import { notApplicable, onAccount } from '../steps/account-step.ts';
import type { AccountContext, StepDefinition, StepEffect } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';
import { whyNotWanted } from './why-not-wanted.ts';
import { writeExport } from './write-export.ts';
import { recipientAccount } from './recipient.ts';
import { leavingRequestOf } from '../steps/leaving-request.ts';

/** One line of the transfer's manifest: both hashes were computed from bytes that were read. */
interface CopiedMessage {
  readonly id: string;
  readonly folder: string;
  readonly receivedAtMs: number;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly copySha256: string;
}

/**
 * Copies the chosen mail into a folder of the recipient, one message at a time, and reads every copy back over another
 * connection: `done` only when each has the hash of its original. A copy is known by its key, so that a second run adds
 * nothing. The list of hashes lies beside the archive, and its own hash in the evidence.
 */
export const transferMail: StepDefinition = {
  kind: 'transferMail',
  carryOut: (context) =>
    onAccount(context, 'storeMessage', async (account) => {
      const selection = leavingRequestOf(context.theCase).handover?.mail;
      const notWanted = whyNotWanted(account, 'mail');
      if (notWanted !== undefined || selection === undefined)
        return notApplicable(context, notWanted ?? 'not_asked_for');
      await context.intend();
      return transfer(account, selection);
    }),
};

async function transfer(context: AccountContext, selection: MailSelection): Promise<StepEffect> {
  const to = await recipientAccount(context);
  const copied: CopiedMessage[] = [];
  for await (const header of context.connector.listMessages(context.ref)) {
    if (!isChosen(header, selection)) continue;
    const message = await copyOne(context, header, to);
    if (message !== undefined) copied.push(message);
    context.ports.heartbeat({ copied: copied.length });
  }
  if (copied.length === 0) return { outcome: 'not_applicable', proof: { reason: 'nothing_to_hand_over' } };
  const manifest = Buffer.from(`${JSON.stringify({ messages: copied }, null, 1)}\n`, 'utf8');
  const written = await writeExport(context, 'mail-transfer', 'json', manifest);
  const bytes = copied.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return { outcome: 'done', proof: { messages: copied.length, bytes, recipient: to.accountId, ...written } };
}

function isChosen(
  { folder, receivedAtMs }: MessageHeader,
  { folders, sinceMs, beforeMs }: MailSelection,
): boolean {
  return (
    (folders === undefined || folders.includes(folder)) &&
    (sinceMs === undefined || receivedAtMs >= sinceMs) &&
    (beforeMs === undefined || receivedAtMs < beforeMs)
  );
}

/** `undefined`: the message was deleted since it was listed. */
async function copyOne(
  { connector, ref, call, input, person }: AccountContext,
  { id, folder, receivedAtMs }: MessageHeader,
  to: AccountRef,
): Promise<CopiedMessage | undefined> {
  const raw = await connector.readMessage(ref, id);
  if (raw === undefined) return undefined;
  const key = { key: `${input.caseId}:${id}`, receivedAtMs };
  const outcome = await connector.storeMessage(
    to,
    { ...key, folder: `Handed over/${fullNameOf(person)}/${folder}`, raw },
    { ...call, effectKey: `${call.effectKey}:${id}` },
  );
  if (outcome.kind === 'refused' || outcome.kind === 'unsupported') throw refusalOf(outcome.reason);
  const copy = await connector.readStoredMessage(to, key);
  const sha256 = sha256Of(raw);
  const copySha256 = copy === undefined ? undefined : sha256Of(copy);
  if (copySha256 !== sha256) throw new StepFailed('READ_BACK_MISMATCH');
  return { id, folder, receivedAtMs, sizeBytes: raw.byteLength, sha256, copySha256 };
}

function refusalOf(reason: string): StepFailed {
  if (reason === 'mailbox_full') return new StepFailed('RECIPIENT_MAILBOX_FULL');
  return new StepFailed(reason === 'no_such_account' ? 'RECIPIENT_UNAVAILABLE' : 'TARGET_REFUSED');
}
