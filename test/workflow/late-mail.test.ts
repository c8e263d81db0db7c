import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY, startDeparture, type TestDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

async function deliver({ orgId, person }: TestDeparture, subject: string): Promise<void> {
  const mail = { to: person.address, from: 'sender@outside.test', subject, text: 'Text' };
  expect(await engine.directory.deliver(orgId, mail)).toMatchObject({ kind: 'stored' });
}

/** Subjects in the archive, part by part. */
async function archived({ caseId }: TestDeparture): Promise<Readonly<Record<string, readonly string[]>>> {
  const folder = join(engine.archiveFolder, caseId);
  const parts: Record<string, string[]> = {};
  for (const part of (await readdir(folder)).sort()) {
    const files = (await readdir(join(folder, part))).filter((name) => name.endsWith('.eml')).sort();
    const texts = await Promise.all(files.map((file) => readFile(join(folder, part, file), 'utf8')));
    parts[part] = texts.map((text) => /^Subject: (.*)$/m.exec(text)?.[1]?.trim() ?? '');
  }
  return parts;
}

test('archives a message that arrives in grace before it deletes the account', async () => {
  const departure = await startDeparture(engine, { messages: 2 });
  await departure.approve();
  await departure.forwardTo(100 * DAY);
  await deliver(departure, 'Late');
  await departure.forwardTo(121 * DAY);

  expect((await departure.until((record) => record.closedAtMs !== undefined)).state).toBe('completed');
  expect(await archived(departure)).toEqual({ 'part-1': ['Mail 1', 'Mail 2'], 'part-2': ['Late'] });
});

test('archives a message that arrives between the last archive and the delete call', async () => {
  const departure = await startDeparture(engine, { messages: 1 });
  await departure.approve();
  let calls = 0;
  engine.interceptTarget(departure.orgId, (real) => ({
    ...real,
    async deleteAccount(ref, revision, call) {
      calls += 1;
      if (calls === 1) await deliver(departure, 'At the last moment');
      return real.deleteAccount(ref, revision, call);
    },
  }));
  await departure.forwardTo(121 * DAY);

  expect((await departure.until((record) => record.closedAtMs !== undefined)).state).toBe('completed');
  expect(calls).toBe(2);
  expect(await archived(departure)).toEqual({ 'part-1': ['Mail 1'], 'part-2': ['At the last moment'] });
  const deletion = await engine.repositories.evidence.get(
    departure.orgId,
    `eff:${departure.caseId}:delete-account:1`,
  );
  expect(deletion?.attempts.map((attempt) => attempt.errorCode)).toEqual(['ARCHIVE_INCOMPLETE', undefined]);
  expect(deletion?.proof).toMatchObject({ messages: 2, parts: 2 });
});

test('archives a message that arrives while the last archive is being written', async () => {
  const departure = await startDeparture(engine, { messages: 1 });
  await departure.approve();
  await departure.forwardTo(100 * DAY);
  await deliver(departure, 'Late');
  let reads = 0;
  engine.interceptTarget(departure.orgId, (real) => ({
    ...real,
    async readMessage(ref, id) {
      reads += 1;
      if (reads === 1) await deliver(departure, 'While it was archived');
      return real.readMessage(ref, id);
    },
  }));
  await departure.forwardTo(121 * DAY);

  expect((await departure.until((record) => record.closedAtMs !== undefined)).state).toBe('completed');
  expect(await archived(departure)).toEqual({
    'part-1': ['Mail 1'],
    'part-2': ['Late'],
    'part-3': ['While it was archived'],
  });
  const { orgId, caseId } = departure;
  const last = await engine.repositories.evidence.get(orgId, `eff:${caseId}:archive-new-mail:1`);
  expect(last?.proof).toMatchObject({ messages: 3, parts: 3 });
});
