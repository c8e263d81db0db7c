import { EventEmitter } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { mayReadMetrics } from '../../../shared/platform/metrics/metrics-access.ts';
import {
  answerMetrics,
  askForMetrics,
  type Channel,
} from '../../../shared/platform/metrics/metrics-channel.ts';
import { mergeExpositions } from '../../../shared/platform/metrics/merge-expositions.ts';
import { createFamilyMetrics } from '../../../standalone/processes/family-metrics.ts';
import type { ChildName } from '../../../standalone/processes/run-child.ts';

describe('one text for several processes', () => {
  test('describes a metric once, with the samples of all below it', () => {
    const of = (process: string): string =>
      `# HELP memory_bytes Memory.\n# TYPE memory_bytes gauge\nmemory_bytes{process="${process}"} 1\n`;
    const other = '# HELP jobs_total Jobs.\n# TYPE jobs_total counter\njobs_total 2\n';
    expect(mergeExpositions([`${of('api')}\n${other}`, of('worker'), ''])).toBe(
      [
        '# HELP memory_bytes Memory.',
        '# TYPE memory_bytes gauge',
        'memory_bytes{process="api"} 1',
        'memory_bytes{process="worker"} 1',
        '',
        '# HELP jobs_total Jobs.',
        '# TYPE jobs_total counter',
        'jobs_total 2',
        '',
      ].join('\n'),
    );
  });
});

/** Two ends that hear each other, as a process and its child do. */
function channelPair(): readonly [Channel, Channel] {
  const [left, right] = [new EventEmitter(), new EventEmitter()];
  const end = (own: EventEmitter, other: EventEmitter): Channel => ({
    send(message, done) {
      setImmediate(() => other.emit('message', structuredClone(message)));
      done(null);
      return true;
    },
    on: (event, listener) => own.on(event, listener),
    off: (event, listener) => own.off(event, listener),
  });
  return [end(left, right), end(right, left)];
}

describe('a process that is asked over its channel', () => {
  test('tells, however many ask at once', async () => {
    const [asker, asked] = channelPair();
    let times = 0;
    answerMetrics(asked, () => Promise.resolve(`answer ${(times += 1)}`));
    const answers = await Promise.all([1, 2, 3].map(() => askForMetrics(asker, 1_000)));
    expect(answers).toEqual(['answer 1', 'answer 2', 'answer 3']);
  });

  test('is known at once not to tell when it cannot, or is gone', async () => {
    const [asker, asked] = channelPair();
    answerMetrics(asked, () => Promise.reject(new Error('no')));
    const beganAtMs = performance.now();
    const gone: Channel = { ...asker, send: (_message, done) => (done(new Error('closed')), false) };
    expect(await askForMetrics(asker, 60_000)).toBeUndefined();
    expect(await askForMetrics(gone, 60_000)).toBeUndefined();
    expect(performance.now() - beganAtMs).toBeLessThan(10_000);
  });

  test('is not waited for longer than the asker has', async () => {
    const [asker] = channelPair();
    expect(await askForMetrics(asker, 20)).toBeUndefined();
  });
});

describe('the supervisor', () => {
  const telling = (text: string | undefined) => ({ askMetrics: () => Promise.resolve(text) });

  test('tells of every process whether it is up, and passes on what the others tell', async () => {
    const children = new Map<ChildName, ReturnType<typeof telling>>([
      ['api', telling('asked itself')],
      ['worker', telling('# TYPE worker_own gauge\nworker_own 7\n')],
      ['store', telling(undefined)],
    ]);
    const metrics = createFamilyMetrics(children, new Registry());
    metrics.restarted('worker');
    const text = await metrics.readFor('api');
    for (const line of [
      'gangway_process_up{process="api"} 1',
      'gangway_process_up{process="worker"} 1',
      'gangway_process_up{process="store"} 0',
      'gangway_process_restarts_total{process="worker"} 1',
      'gangway_process_restarts_total{process="store"} 0',
      'worker_own 7',
    ])
      expect(text).toContain(line);
    expect(text).not.toContain('asked itself');
  });
});

describe('who may read metrics', () => {
  const from = (remoteAddress: string, headers: Readonly<Record<string, string>> = {}) => ({
    socket: { remoteAddress },
    headers,
  });
  const token = 'a-token-of-enough-letters';

  test.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])('this machine: %s', (address) => {
    expect(mayReadMetrics(from(address), undefined)).toBe(true);
  });

  test.each(['192.0.2.7', '::ffff:192.0.2.7', '2001:db8::7', ''])('nobody else: %s', (address) => {
    expect(mayReadMetrics(from(address), undefined)).toBe(false);
  });

  test.each(['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])('nobody through a proxy: %s', (header) => {
    expect(mayReadMetrics(from('127.0.0.1', { [header]: 'x' }), undefined)).toBe(false);
  });

  test('with a token, whoever sends it, and nobody else on this machine either', () => {
    const sending = (authorization: string) => from('192.0.2.7', { authorization });
    expect(mayReadMetrics(sending(`Bearer ${token}`), token)).toBe(true);
    expect(mayReadMetrics(sending(`Bearer ${token}x`), token)).toBe(false);
    expect(mayReadMetrics(from('127.0.0.1'), token)).toBe(false);
  });
});
