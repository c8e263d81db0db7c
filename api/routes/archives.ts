import type { ArchivedMessage } from '../../shared/platform/archive/archive-manifest.ts';
import type { ArchivePartRecord } from '../../shared/platform/persistence/archive-part-repository.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import { archiveFilter } from '../archives/archive-fields.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { utc } from '../http/instants.ts';
import { answerPage, fillPage, noQuery, pageQuery, type Range } from '../http/pages.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { routesOf, type Route } from '../http/route.ts';
import { legalHoldView } from '../people/person-view.ts';
import { archiveOperations } from './archive-operations.ts';

/** Archives of leavers, read by whoever has the scope for it. Each access to one is in the audit before it is answered. */
export function archiveRoutes(context: ApiContext): readonly Route[] {
  return routesOf(archiveOperations, {
    listArchives: (call) => list(context, call),
    getArchive: (call) => show(context, call),
    listArchivedMessages: (call) => listMessages(context, call),
    downloadArchivedMessage: (call) => download(context, call),
  });
}

/** Few archives and small: what is asked of them is looked at in what the index gives. */
async function list({ repositories }: ApiContext, call: Call): Promise<Answer> {
  const { limit, after, destroyed, expiresUntil } = parse(archiveFilter, call.query, 'query');
  const untilMs = expiresUntil === undefined ? undefined : Date.parse(expiresUntil);
  const isWanted = ([part]: readonly ArchivePartRecord[]): boolean =>
    (destroyed === undefined || (part?.destroyedAtMs !== undefined) === (destroyed === 'true')) &&
    (untilMs === undefined || (part?.expiresAtMs ?? Infinity) <= untilMs);
  const read = (range: Range) => repositories.archiveParts.listByOrganisation(call.actor.orgId, range);
  const keyOf = (parts: readonly ArchivePartRecord[]): string => parts[0]?.caseId ?? '';
  return answerPage(
    call,
    { limit, after },
    {
      name: 'archives',
      key: /^cas_\w{1,40}$/u,
      read: (range) => fillPage(range, read, keyOf, isWanted),
      keyOf,
      show: (archives) => archives.map(summaryOf),
    },
  );
}

/** The messages of one part, in the order of their files. */
async function listMessages(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(pageQuery, call.query, 'query');
  const part = await partOr404(context, call);
  const messages = await messagesOf(context, part);
  const answer = await answerPage(call, wanted, {
    name: `archives/${part.caseId}/${part.part}`,
    key: /^\d{6,15}\.eml$/u,
    read: ({ after = '-1', limit }) =>
      Promise.resolve(messages.filter(({ file }) => parseInt(file) > parseInt(after)).slice(0, limit)),
    keyOf: ({ file }) => file,
    show: (found) => found.map(messageView),
  });
  await audit(context, call, { read: 'messages', part: part.part });
  return answer;
}

/** The manifests as they were recorded: every message with its folder, size, file and hash. */
async function show(context: ApiContext, call: Call): Promise<Answer> {
  parse(noQuery, call.query, 'query');
  const parts = await partsOr404(context, call);
  const record = await context.repositories.cases.get(call.actor.orgId, paramOf(call, 'caseId'));
  const person = record && (await context.repositories.people.get(record.orgId, record.personId));
  const shown: Record<string, unknown>[] = [];
  for (const part of parts) {
    const messages = part.destroyedAtMs === undefined ? await messagesOf(context, part) : undefined;
    shown.push({
      part: part.part,
      manifestSha256: part.manifestSha256,
      ...(messages === undefined ? {} : { messages: messages.map(messageView) }),
    });
  }
  await audit(context, call, { read: 'manifest' });
  const hold = person?.legalHold;
  return {
    status: 200,
    body: {
      ...summaryOf(parts),
      ...(person === undefined ? {} : { personId: person.id }),
      ...(hold === undefined ? {} : { legalHold: legalHoldView(hold) }),
      parts: shown,
    },
  };
}

async function download(context: ApiContext, call: Call): Promise<Answer> {
  parse(noQuery, call.query, 'query');
  const file = paramOf(call, 'file');
  const part = await partOr404(context, call);
  const message = (await messagesOf(context, part)).find((one) => one.file === file);
  if (message === undefined) throw new Problem('ARCHIVE_NOT_FOUND');
  const stream = await context.archives.open(part, message);
  if (stream === undefined) throw new Problem('ARCHIVE_DAMAGED');
  await audit(context, call, { read: 'message', part: part.part, file, sha256: message.sha256 });
  return {
    status: 200,
    stream,
    headers: {
      'Content-Type': 'message/rfc822',
      'Content-Length': String(message.sizeBytes),
      'Content-Disposition': `attachment; filename="${file}"`,
      // RFC 9530
      'Content-Digest': `sha-256=:${Buffer.from(message.sha256, 'hex').toString('base64')}:`,
    },
  };
}

async function partsOr404(context: ApiContext, call: Call): Promise<readonly ArchivePartRecord[]> {
  const { archiveParts } = context.repositories;
  const parts = await archiveParts.listByCase(call.actor.orgId, paramOf(call, 'caseId'));
  if (parts.length === 0) throw new Problem('ARCHIVE_NOT_FOUND');
  return parts;
}

/** A part whose files are there. */
async function partOr404(context: ApiContext, call: Call): Promise<ArchivePartRecord> {
  const parts = await partsOr404(context, call);
  const part = parts.find((one) => one.part === paramOf(call, 'part'));
  if (part === undefined) throw new Problem('ARCHIVE_NOT_FOUND');
  if (part.destroyedAtMs !== undefined) throw new Problem('ARCHIVE_DESTROYED');
  return part;
}

async function messagesOf(context: ApiContext, part: ArchivePartRecord): Promise<readonly ArchivedMessage[]> {
  const manifest = await context.archives.manifest(part);
  if (manifest === undefined) throw new Problem('ARCHIVE_DAMAGED');
  return manifest.messages;
}

function summaryOf(parts: readonly ArchivePartRecord[]) {
  const sum = (count: (part: ArchivePartRecord) => number): number =>
    parts.reduce((total, part) => total + count(part), 0);
  const { expiresAtMs, destroyedAtMs } = parts[0] ?? {};
  return {
    caseId: parts[0]?.caseId ?? '',
    messageCount: sum((part) => part.messageCount),
    bytes: sum((part) => part.bytes),
    ...(expiresAtMs === undefined ? {} : { expiresAt: utc(expiresAtMs) }),
    ...(destroyedAtMs === undefined ? {} : { destroyedAt: utc(destroyedAtMs) }),
  };
}

function messageView({ receivedAtMs, ...message }: ArchivedMessage) {
  return { ...message, receivedAt: utc(receivedAtMs) };
}

/** One entry per request: whoever reads twice is entered twice. */
async function audit(
  { repositories, now }: ApiContext,
  call: Call,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { orgId, ownerId: actorId } = call.actor;
  const caseId = paramOf(call, 'caseId');
  const action = 'archive.read';
  const id = auditId(orgId, action, caseId, call.requestId);
  await repositories.audit.append({ id, orgId, caseId, actorId, action, atMs: now(), detail });
}
