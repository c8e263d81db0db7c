import { expect, test } from '@jest/globals';
import { createLogger } from '../../shared/platform/logging.ts';

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
