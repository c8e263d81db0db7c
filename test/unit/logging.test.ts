import { expect, test } from '@jest/globals';
import { addLogFields, withLogFields } from '../../shared/platform/log-context.ts';
import { createLogger } from '../../shared/platform/logging.ts';
import { StoreUnavailable } from '../../shared/platform/persistence/store-unavailable.ts';

function logged(level: 'info' | 'warn', write: (logger: ReturnType<typeof createLogger>) => void): unknown[] {
  const lines: string[] = [];
  write(createLogger('worker', level, { write: (line: string) => lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as unknown);
}

test('writes JSON lines with the component and an ISO time', () => {
  const [line] = logged('info', (logger) => logger.info({ caseId: 'cas_1' }, 'step done'));
  expect(line).toMatchObject({ level: 30, component: 'worker', caseId: 'cas_1', msg: 'step done' });
  expect(line).toHaveProperty('time', expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/));
});

test('leaves out what is below its level', () => {
  expect(logged('warn', (logger) => logger.info('quiet'))).toEqual([]);
});

test.each(['password', 'token', 'apiKey', 'authorization', 'mongodbUri', 'secretKey'])(
  'hides the field %s',
  (field) => {
    const lines = logged('info', (logger) =>
      logger.info(
        { [field]: 'canary', request: { [field]: 'canary', headers: { [field]: 'canary' } } },
        'seen',
      ),
    );
    expect(JSON.stringify(lines)).not.toContain('canary');
  },
);

test('gives every line of one request or activity its ids, and no other line', async () => {
  const lines: string[] = [];
  const logger = createLogger('api', 'info', { write: (line: string) => lines.push(line) });
  const work = (requestId: string): Promise<void> =>
    withLogFields({ requestId }, async () => {
      logger.info('began');
      await new Promise((resolve) => setImmediate(resolve));
      addLogFields({ caseId: `case of ${requestId}` });
      logger.info({ caseId: `case of ${requestId}` }, 'ended');
    });
  await Promise.all([work('one'), work('two')]);
  logger.info('alone');
  const seen = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(seen.map(({ msg, requestId, caseId }) => [msg, requestId, caseId])).toEqual([
    ['began', 'one', undefined],
    ['began', 'two', undefined],
    ['ended', 'one', 'case of one'],
    ['ended', 'two', 'case of two'],
    ['alone', undefined, undefined],
  ]);
});

test('shows the text of an error only where it is ours or the language’s', () => {
  class MongoServerError extends Error {
    override readonly name = 'MongoServerError';
    readonly code = 11000;
    readonly keyValue = { address: 'canary@example.com' };
  }
  const driver = new MongoServerError('duplicate key: canary@example.com');
  const ours = new StoreUnavailable('The database did not answer.', { cause: driver });
  const [line] = logged('warn', (logger) => logger.warn({ err: ours }, 'seen'));
  expect(JSON.stringify(line)).not.toContain('canary');
  expect(line).toMatchObject({
    err: {
      ...{ name: 'StoreUnavailable', code: 'STORE_UNAVAILABLE', message: 'The database did not answer.' },
      cause: { name: 'MongoServerError', code: '11000' },
    },
  });
});
