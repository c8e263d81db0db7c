import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { departingMail } from '../../../api/departing-mail.ts';
import { firstStart } from '../../../api/first-start.ts';
import { hashOfKey } from '../../../api/http/auth.ts';
import { ALL_SCOPES } from '../../../api/http/scopes.ts';
import type { Organisation } from '../../../shared/domain/organisation.ts';
import { readConfig } from '../../../shared/platform/config/read-config.ts';
import { createMailCarrier } from '../../../shared/platform/mail/create-mail-carrier.ts';
import {
  anOrganisation,
  freshOrgId,
  openTestRepositories,
  type TestRepositories,
} from '../../support/test-repositories.ts';

let one: TestRepositories;

beforeAll(async () => {
  one = await openTestRepositories();
});
afterAll(() => one.close());

/** The store of this run has organisations of other tests: this one sees its own only. */
function installation(existing?: Organisation) {
  let organisation = existing;
  const organisations: TestRepositories['organisations'] = {
    ...one.organisations,
    only: () => Promise.resolve(organisation),
    insert: (inserted) => {
      organisation = { ...inserted, id: inserted.id };
      return Promise.resolve('inserted');
    },
  };
  return { organisations, apiKeys: one.apiKeys, made: () => organisation };
}

test('gives a new installation one key with every scope, and no other at the next start', async () => {
  const repositories = installation(anOrganisation(freshOrgId()));
  const text = await firstStart(repositories, 5);
  const key = await one.apiKeys.findByHash(hashOfKey(text ?? ''));
  expect(key).toMatchObject({ scopes: ALL_SCOPES, ownerName: 'First owner', createdAtMs: 5 });
  expect(await firstStart(repositories, 6)).toBeUndefined();
});

test('makes the organisation of a new installation', async () => {
  const repositories = installation();
  const apiKeys = {
    ...one.apiKeys,
    list: () => Promise.resolve([]),
    insert: () => Promise.resolve('inserted' as const),
  };
  expect(await firstStart({ ...repositories, apiKeys }, 5)).toMatch(/^gw_/);
  expect(repositories.made()).toMatchObject({ leaveTime: '17:30', quarantineMonths: 12, rev: 0 });
});

test('puts mail to the outside into the outbox where there is no mail server, once however often it is sent', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gangway-outbox-'));
  const send = departingMail(createMailCarrier(readConfig({ GANGWAY_DATA: folder })));
  const mail = {
    orgId: 'org_1',
    from: 'a@b.example',
    to: 'c@d.example',
    raw: Buffer.from('Subject: x\r\n\r\ny'),
  };
  await send(mail);
  await send(mail);
  const [file, ...others] = await readdir(join(folder, 'outbox'));
  expect(others).toEqual([]);
  expect(await readFile(join(folder, 'outbox', file ?? ''), 'utf8')).toBe('Subject: x\r\n\r\ny');
});
