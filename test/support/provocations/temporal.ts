import { mkdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { SMTPServer } from 'smtp-server';
import type { TEMPORAL_FAILURES } from '../../../shared/errors/start/temporal-failures.ts';
import { freePort } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { startOldTemporal } from '../old-temporal.ts';
import { testVariable, uniqueName } from '../temporal.ts';
import { main } from './provocation.ts';
import type { Provocation, Told } from './provocation.ts';

const { IndexedValueType } = proto.temporal.api.enums.v1;
const SECONDS_OF_30_DAYS = 30 * 86_400;

/** A machine without a Temporal server in its cache, with these commands on its PATH. */
function withCommands(installation: Installation, commands: Readonly<Record<string, string>>): Promise<Told> {
  const { PATH = '', GANGWAY_DATA = '' } = installation.env;
  mkdirSync(PATH);
  for (const [name, text] of Object.entries(commands)) writeFileSync(join(PATH, name), text, { mode: 0o755 });
  return main(installation, { GANGWAY_CACHE: join(GANGWAY_DATA, '..', 'empty-cache') });
}

/** What Go said when it was asked for this, with nothing of a build done. */
function goThatSays(words: string): Readonly<Record<string, string>> {
  return { go: `#!/bin/sh\necho '${words}' >&2\nexit 1\n` };
}

async function namespaceWithOtherAttribute(address: string): Promise<string> {
  const namespace = uniqueName('other-attribute');
  const connection = await Connection.connect({ address });
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: SECONDS_OF_30_DAYS as never },
  });
  const add = () =>
    connection.operatorService
      .addSearchAttributes({
        namespace,
        searchAttributes: { Phase: IndexedValueType.INDEXED_VALUE_TYPE_INT },
      })
      .then(
        () => true,
        () => false,
      );
  while (!(await add()));
  await connection.close();
  return namespace;
}

export const TEMPORAL_PROVOCATIONS: Readonly<Record<keyof typeof TEMPORAL_FAILURES, Provocation>> = {
  TEMPORAL_UNREACHABLE: async (installation) =>
    main(installation, { TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}` }),
  TEMPORAL_SPEAKS_TLS: async (installation, after) => {
    // It warns of the certificate it brings along, which is all that is wanted of it.
    const warnings = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const server = new SMTPServer({ secure: true });
    warnings.mockRestore();
    server.on('error', () => undefined);
    after(() => server.close(() => undefined));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as AddressInfo;
    return main(installation, { TEMPORAL_ADDRESS: `127.0.0.1:${port}` });
  },
  TEMPORAL_TOO_OLD: async (installation, after) => {
    const { address, close } = await startOldTemporal('1.20.4');
    after(close);
    return main(installation, { TEMPORAL_ADDRESS: address });
  },
  TEMPORAL_NAMESPACE: (installation) =>
    main(installation, {
      TEMPORAL_ADDRESS: testVariable('GANGWAY_TEST_TEMPORAL_ADDRESS'),
      // Longer than the server allows.
      TEMPORAL_NAMESPACE: 'a'.repeat(1_100),
    }),
  TEMPORAL_SEARCH_ATTRIBUTE: async (installation) => {
    const address = testVariable('GANGWAY_TEST_TEMPORAL_ADDRESS');
    const namespace = await namespaceWithOtherAttribute(address);
    return main(installation, { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace });
  },
  TEMPORAL_COMMAND_BROKEN: (installation) => withCommands(installation, { temporal: 'half of a prog' }),
  NO_GO: (installation) => withCommands(installation, {}),
  GO_TOO_OLD: (installation) =>
    withCommands(
      installation,
      goThatSays('go: go.mod requires go >= 1.26.5 (running go 1.24.1; GOTOOLCHAIN=local)'),
    ),
  GO_MODULES_UNREACHABLE: (installation) =>
    withCommands(
      installation,
      goThatSays(
        'github.com/temporalio/cli@v1.9.1: Get "https://proxy.example/": dial tcp: connection refused',
      ),
    ),
  BUILD_FAILED: (installation) => withCommands(installation, goThatSays('go: no space left on device')),
  TEMPORAL_DOWNLOAD_FAILED: async (installation) =>
    main(installation, {
      GANGWAY_CACHE: join(installation.dataFolder, '..', 'empty-cache'),
      GANGWAY_DOWNLOADS: 'temporal',
      // The SDK's own download, sent to where nobody listens.
      HTTPS_PROXY: `http://127.0.0.1:${await freePort()}`,
    }),
};
