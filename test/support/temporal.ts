import { randomUUID } from 'node:crypto';
import { Client, Connection, WorkflowClient } from '@temporalio/client';
import type { WorkflowClientOptions, WorkflowStartInput } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { createDataConverter } from '../../shared/platform/temporal/data-converter.ts';

Runtime.install({ logger: new DefaultLogger('ERROR') });

/** Wake-ups and retries of one workflow that may be skipped before its clock stands still. */
const MAX_SKIPS = 500;

/** Starts every workflow with a clock of its own that jumps ahead whenever nothing is left to do. */
class SkippingClient extends WorkflowClient {
  protected override async createStartWorkflowRequest(input: WorkflowStartInput) {
    const request = await super.createStartWorkflowRequest(input);
    request.timeSkippingConfig = { enabled: true, maxSessionSkipCount: MAX_SKIPS };
    return request;
  }
}

/** A `Client` for code that takes one; what it starts skips time. */
class SkippingTemporalClient extends Client {
  override readonly workflow: WorkflowClient;

  constructor(options: Required<Pick<WorkflowClientOptions, 'connection' | 'namespace' | 'dataConverter'>>) {
    super(options);
    this.workflow = new SkippingClient(options);
  }
}

export interface TestTemporal {
  /** What it starts skips time. */
  readonly client: SkippingTemporalClient;
  /** What it starts waits in real time. */
  readonly realTimeClient: Client;
  readonly connection: Connection;
  /** For `Worker.create`. */
  readonly nativeConnection: NativeConnection;
  readonly close: () => Promise<void>;
}

/** Connects to the one server of this run (test/support/start-servers.mjs). Call `close` in afterAll, after the workers have stopped. */
export async function connectToTestTemporal(): Promise<TestTemporal> {
  const address = testVariable('GANGWAY_TEST_TEMPORAL_ADDRESS');
  const [connection, nativeConnection] = await Promise.all([
    Connection.connect({ address }),
    NativeConnection.connect({ address }),
  ]);
  const options = {
    connection,
    namespace: 'default',
    dataConverter: createDataConverter({ secretKey: undefined }),
  };
  return {
    client: new SkippingTemporalClient(options),
    realTimeClient: new Client(options),
    connection,
    nativeConnection,
    close: async () => {
      await nativeConnection.close();
      await connection.close();
    },
  };
}

/** A variable that start-servers.mjs sets. Throws when the test does not belong to a project with servers. */
export function testVariable(
  name: 'GANGWAY_TEST_TEMPORAL_ADDRESS' | 'GANGWAY_TEST_TEMPORAL_BINARY' | 'GANGWAY_TEST_MONGODB_URI',
): string {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`${name} is not set: this project has no servers (see jest.config.mjs).`);
  return value;
}

/** A task queue or workflow id that no other test uses. */
export function uniqueName(what: string): string {
  return `${what}-${randomUUID()}`;
}
