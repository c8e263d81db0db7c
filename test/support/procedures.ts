import { createTestPerson, startTestApi, type Json, type Reply, type TestApi } from './test-api.ts';

/** A step as an answer shows it. */
export interface ShownStep {
  readonly key: string;
  readonly kind: string;
  readonly at: { readonly local: string };
}

/** Whether a plan or a simulation: what is to happen when, by key. */
export function stepsOf(reply: Reply): readonly ShownStep[] {
  const steps = reply.body['steps'] as readonly Json[];
  const shown = steps.map(({ key, kind, at, dueAt }) => ({ key, kind, at: at ?? dueAt }) as ShownStep);
  return shown.toSorted((a, b) => a.key.localeCompare(b.key));
}

export const localOf = (steps: readonly ShownStep[], key: string): string | undefined =>
  steps.find((step) => step.key === key)?.at.local;

/** Status, code and field of a refusal. */
export const refusalOf = ({ status, body }: Reply) => [status, body['code'], body['field']];

export interface ProcedureApi extends TestApi {
  /** Of the version that ships. */
  readonly template: Json;
  /** Makes a version that says something else than that. */
  make(changes?: Json, fields?: Json, options?: { key?: string; idempotencyKey?: string }): Promise<Reply>;
  putInForce(name: string, insteadOf: string, options?: { readonly key?: string }): Promise<Reply>;
  /** Name, origin, and whether it is in force. */
  list(query?: string): Promise<readonly unknown[]>;
  read(path: string, accept?: string): Promise<{ readonly headers: Headers; readonly text: string }>;
  audited(action: string): Promise<readonly Json[]>;
}

/** An organisation of its own, without versions of its own. `shipped`: what versions are made of. */
export async function startProcedureApi(shipped = 'departure@2'): Promise<ProcedureApi> {
  const api = await startTestApi({ organisation: { country: 'FR' } });
  const template = (await api.request('GET', `/v1/procedures/${shipped}`)).body['template'] as Json;
  return {
    ...api,
    template,
    make(changes = {}, fields = {}, options = {}) {
      const body = { basedOn: shipped, reason: 'quicker', template: { ...template, ...changes } };
      return api.request('POST', '/v1/procedures', { ...body, ...fields }, options);
    },
    putInForce(name, insteadOf, options = {}) {
      const body = { name, insteadOf, reason: 'decided' };
      return api.request('PUT', '/v1/procedures/in-force', body, options);
    },
    async list(query = '') {
      const { body } = await api.request('GET', `/v1/procedures${query}`);
      return (body['items'] as readonly Json[]).map((item) => [
        item['name'],
        item['origin'],
        item['inForce'],
      ]);
    },
    async read(path, accept) {
      const headers = { Authorization: `Bearer ${api.key}`, ...(accept && { Accept: accept }) };
      const reply = await fetch(`${api.url}/v1/procedures/${path}`, { headers });
      return { headers: reply.headers, text: await reply.text() };
    },
    audited(action) {
      const audit = api.repositories.database.connection.collection('audit');
      return audit
        .find({ orgId: api.orgId, action })
        .project<Json>({ _id: 0, actorId: 1, detail: 1 })
        .toArray();
    },
  };
}

export async function aLeaver(api: TestApi, fields: Json = {}): Promise<Json> {
  return { personId: await createTestPerson(api, fields), lastDay: '2027-01-29', reason: 'resigned' };
}
