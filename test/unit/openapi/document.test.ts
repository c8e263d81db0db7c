import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { ApiContext } from '../../../api/api-context.ts';
import { createApp } from '../../../api/create-app.ts';
import { EVERY_OPERATION } from '../../../api/every-operation.ts';
import { problemSchema } from '../../../api/http/problem-schema.ts';
import { describeApi } from '../../../api/openapi/describe-api.ts';
import type { OpenApiDocument } from '../../../api/openapi/open-api-document.ts';
import { takes } from '../../../api/openapi/operation.ts';
import { packageRoot } from '../../../shared/platform/config/package-root.ts';
import { problemAnswer, problemsByStatus } from '../../../api/openapi/problem-answers.ts';

const document = describeApi(EVERY_OPERATION, '1.2.3');
const operations = Object.entries(EVERY_OPERATION);

const folder = join(packageRoot, 'docs', 'openapi');
const releases = readdirSync(folder)
  .filter((file) => /^[\d.]+\.json$/u.test(file))
  .map((file): [string, OpenApiDocument] => [
    `of ${file}`,
    JSON.parse(readFileSync(join(folder, file), 'utf8')) as OpenApiDocument,
  ]);

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

/** Method and address of everything the app serves. What takes every method is the refusal of those an address does not take. */
function servedRoutes(): readonly string[] {
  const app = createApp({ requestsPerMinute: 1, pageRequestsPerMinute: 1 } as ApiContext);
  const { stack } = app.router as unknown as { readonly stack: readonly Layer[] };
  return stack.flatMap(({ route }) => {
    const [method, ...others] = Object.keys(route?.methods ?? {});
    return method === undefined || others.length > 0 ? [] : [`${method} ${String(route?.path)}`];
  });
}

test.each([['of now', document], ...releases])(
  'the document %s is valid OpenAPI 3.1',
  async (_which, one) => {
    const validator = new Validator();
    const result = await validator.validate(
      structuredClone(one) as unknown as Parameters<Validator['validate']>[0],
    );
    expect([result.valid, result.errors, validator.version]).toEqual([true, undefined, '3.1']);
  },
);

test('describes every route the app serves, and none beside', () => {
  const described = operations.map(([, { method, path }]) => `${method} ${path}`);
  expect(servedRoutes().toSorted()).toEqual(described.toSorted());
  expect(Object.values(document.paths).flatMap((methods) => Object.keys(methods))).toHaveLength(
    described.length,
  );
});

test('is the same whenever it is made', () => {
  expect(JSON.stringify(describeApi(EVERY_OPERATION, '1.2.3'))).toBe(JSON.stringify(document));
});

describe.each(operations)('%s', (name, { summary, body, answers }) => {
  test('is named by a verb, and summed up in one line', () => {
    expect(name).toMatch(/^[a-z]+[A-Z][A-Za-z]+$/u);
    expect(summary).toMatch(/^[A-Z][^\n]{5,80}[^.\n]$/u);
  });

  test('takes its own examples, and their members alone', () => {
    for (const example of Object.values(body?.examples ?? {}))
      expect(body?.schema.safeParse(example).error?.issues).toBeUndefined();
    expect(body === undefined || Object.keys(body.examples).length > 0).toBe(true);
  });

  test('gives answers as its examples show', () => {
    for (const { content = [] } of Object.values(answers)) {
      for (const { schema, example } of [content].flat())
        expect(schema?.safeParse(example).error?.issues).toBeUndefined();
    }
  });
});

test('shows a refusal of every kind as it is answered', () => {
  const shown = operations.flatMap(([, operation]) =>
    [...problemsByStatus(operation)].map(([status, codes]) => ({ status, ...problemAnswer(codes) })),
  );
  for (const { status, example } of shown) {
    expect(problemSchema.safeParse(example).error?.issues).toBeUndefined();
    expect(example).toMatchObject({ status });
  }
});

test('says of every part of an address and of every header what it is', () => {
  const parameters = Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .flatMap((operation) => operation.parameters ?? []);
  const silent = parameters.filter((one) => one.in !== 'query' && one.description === undefined);
  expect(silent).toEqual([]);
});

test('refuses a part of an address without a word, an address told twice, and two schemas of one name', () => {
  const one = EVERY_OPERATION['listPresets']!;
  const silent = { ...one, path: '/v1/things/:id' };
  expect(() => describeApi({ silent }, '1.2.3')).toThrow(':id of /v1/things/:id is not described');
  expect(() => describeApi({ one, two: one }, '1.2.3')).toThrow('get /v1/presets is described twice');
  const thing = (size: number) =>
    takes(z.strictObject({ a: z.string().max(size) }).meta({ id: 'Thing' }), {});
  const two = { ...one, path: '/v1/things' };
  const namesakes = { one: { ...one, body: thing(1) }, two: { ...two, body: thing(2) } };
  expect(() => describeApi(namesakes, '1.2.3')).toThrow('two schemas are called Thing');
});
