import { createApiClient, type ApiClient } from '../shared/platform/api-client/api-client.ts';
import type { DemoEngine } from './demo-engine.ts';

export const LEAVER = {
  firstName: 'Lea',
  lastName: 'Leaver',
  address: 'lea@harbour.example',
  password: 'correct horse battery staple',
} as const;

/** Four people in a small company, and what a working day leaves behind in a mailbox. */
export interface Company {
  readonly hr: ApiClient;
  /** A second owner: nobody approves what they asked for themselves. */
  readonly approver: ApiClient;
  readonly leaverId: string;
  readonly sessionToken: string;
  readonly appPassword: string;
}

export async function foundCompany(engine: DemoEngine): Promise<Company> {
  const hr = createApiClient({ url: engine.url, key: engine.firstKey });
  await expectOk(
    hr.patch('/v1/organisation', {
      domains: ['example.com', 'harbour.example'],
      notificationAddresses: ['it@harbour.example'],
    }),
  );
  const person = async (fields: object): Promise<string> =>
    String((await expectOk(hr.post('/v1/people', fields)))['id']);
  const managerId = await person({
    ...{ firstName: 'Mona', lastName: 'Manager', address: 'mona@harbour.example' },
    accountRole: 'administrator',
  });
  const leaverId = await person({ ...LEAVER, accountRole: 'administrator', managerId });
  const key = await expectOk(
    hr.post('/v1/api-keys', {
      ownerName: 'Second pair of eyes',
      scopes: ['departures:*', 'approvals:write', 'people:read'],
    }),
  );
  const signIn = await expectOk(
    hr.post('/v1/directory/sign-in', { address: LEAVER.address, secret: LEAVER.password }),
  );
  const app = await expectOk(hr.post(`/v1/directory/accounts/${leaverId}/app-passwords`, { label: 'phone' }));
  for (const subject of ['Welcome aboard', 'Quarterly figures', 'Lunch?']) await deliver(hr, subject);
  return {
    hr,
    approver: createApiClient({ url: engine.url, key: String(key['key']) }),
    leaverId,
    sessionToken: String(signIn['sessionToken']),
    appPassword: String(app['appPassword']),
  };
}

export async function deliver(hr: ApiClient, subject: string, from = 'customer@outside.example') {
  return hr.post('/v1/directory/deliver', { to: LEAVER.address, from, subject, text: `${subject}\n` });
}

async function expectOk(call: Promise<{ readonly status: number; readonly body: Record<string, unknown> }>) {
  const { status, body } = await call;
  if (status >= 400) throw new Error(`the API answered ${status}: ${JSON.stringify(body)}`);
  return body;
}
