import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';

/** Something that was written down, and where. */
export interface Found {
  readonly where: string;
  readonly text: string;
}

const METADATA_QUERY = '__temporal_workflow_metadata';
const BASE64 = /[A-Za-z0-9+/_-]{12,}={0,2}/gu;

/**
 * Everything a Temporal server can tell of its workflows and schedules: each event with payloads, failures, summaries and
 * details, memo and search attributes as lists show them, what describing adds (attempts under way and their last
 * failure), and the current details of what runs.
 */
export async function everythingTemporalKnows(client: Client): Promise<readonly Found[]> {
  const found: Found[] = [];
  for await (const execution of client.workflow.list()) {
    const { workflowId, runId } = execution;
    const handle = client.workflow.getHandle(workflowId, runId);
    found.push(...textsIn(`list ${workflowId}`, execution.raw));
    found.push(...textsIn(`describe ${workflowId}`, (await handle.describe()).raw));
    const { events } = await handle.fetchHistory();
    for (const event of events ?? [])
      found.push(...textsIn(`event ${String(event.eventId)} of ${workflowId}`, event));
    if (execution.status.name === 'RUNNING' && execution.taskQueue === 'orchestration')
      found.push(...textsIn(`details ${workflowId}`, await handle.query(METADATA_QUERY)));
  }
  for await (const { scheduleId } of client.schedule.list()) {
    const described = await client.schedule.getHandle(scheduleId).describe();
    found.push(...textsIn(`schedule ${scheduleId}`, described.raw));
  }
  return found;
}

export function filesIn(folder: string): readonly Found[] {
  return readdirSync(folder).flatMap((name) => textsIn(name, readFileSync(join(folder, name), 'utf8')));
}

/** Every text in a value however deep; bytes are read as text, and what looks like base64 also as what it says. */
export function textsIn(where: string, value: unknown): readonly Found[] {
  if (typeof value === 'string') return [{ where, text: value }, ...decoded(where, value)];
  if (value instanceof Uint8Array) return textsIn(where, Buffer.from(value).toString('utf8'));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [{ where, text: key }, ...textsIn(where, member)]);
}

function decoded(where: string, text: string): readonly Found[] {
  return (text.match(BASE64) ?? []).flatMap((token) =>
    [0, 1, 2, 3].map((skipped) => ({
      where: `base64 in ${where}`,
      text: Buffer.from(token.slice(skipped), 'base64').toString('utf8'),
    })),
  );
}

/** `<canary>: <where>` for each place a canary was found, whatever its case or escaping in JSON and addresses. */
export function findCanaries(
  canaries: Readonly<Record<string, string>>,
  texts: readonly Found[],
): readonly string[] {
  const hits = Object.entries(canaries).flatMap(([name, canary]) => {
    const forms = [canary, JSON.stringify(canary).slice(1, -1), encodeURIComponent(canary)].map((form) =>
      form.toLowerCase(),
    );
    return texts
      .filter(({ text }) => forms.some((form) => text.toLowerCase().includes(form)))
      .map(({ where }) => `${name}: ${where}`);
  });
  return [...new Set(hits)];
}
