import {
  addAppPassword,
  caller,
  dueSteps,
  hire,
  insist,
  nextWaits,
  raiseGuard,
  signIn,
  unsettled,
  withDirectory,
} from './http-company.ts';
import type { Caller, DepartureView, Employee } from './http-company.ts';
import { effectComplaints } from './effect-check.ts';
import type { PackagedMachine, PackagedStart } from './packaged-start.ts';

/** A company in which everybody has what a departure takes away, and the check that it was taken away once. */
export interface Company {
  readonly call: Caller;
  readonly leavers: readonly Employee[];
  /** Asks for the urgent departure of these people, all at once; gives the ids of the cases. */
  dismiss(people: readonly Employee[]): Promise<readonly string[]>;
  /** The cases that still have something to do; all of them while nobody answers. */
  atWork(caseIds: readonly string[]): Promise<readonly string[]>;
  nextWaits(caseIds: readonly string[], withinMs: number): Promise<readonly DepartureView[]>;
  /** What the directory's own log says against it: something lost, done twice or never asked for. */
  complaints(people: readonly Employee[]): Promise<readonly string[]>;
}

/** Every leaver is an administrator with everything that opens an account, a forward and a rule. */
export async function foundCompany(
  machine: PackagedMachine,
  start: PackagedStart,
  headcount: number,
): Promise<Company> {
  const call = caller(machine.baseUrl, await start.firstKey());
  const orgId = String((await call('GET', '/v1/organisation')).body['id']);
  const manager = await hire(call, {
    firstName: 'Mona',
    lastName: 'Berg',
    address: 'mona.berg@example.com',
    accountRole: 'administrator',
  });
  await raiseGuard(call, machine.baseUrl, headcount);
  const desks = await furnishDesks(call, machine.baseUrl, Math.ceil(headcount / PEOPLE_PER_DESK));
  const deskOf = (index: number): Caller => desks[index % desks.length] ?? call;
  const leavers = await Promise.all(
    Array.from({ length: headcount }, (_, index) => equipped(deskOf(index), index + 1, manager.id)),
  );
  await withDirectory(machine.databaseUri(), async (directory) => {
    for (const { accountId } of leavers) {
      await directory.addForward(orgId, accountId, { to: 'private@outside.test', keepCopy: true });
      await directory.addRule(orgId, accountId, { name: 'lists', action: 'move:Lists' });
      await directory.addOauthGrant(orgId, accountId, { client: 'Calendar sync', scopes: ['calendar'] });
      await directory.addLink(orgId, accountId, { kind: 'reset', expiresAtMs: Date.now() + DAY_MS });
      await directory.addRecoveryMeans(orgId, accountId, { kind: 'recovery_address', label: 'at home' });
    }
  });
  return {
    call,
    leavers,
    dismiss: (people) =>
      Promise.all(
        people.map(async (person, index) => {
          const wanted = { personId: person.id, urgent: true, reason: 'closing down' };
          const { status, body } = await insist(deskOf(index), 'POST', '/v1/departures', wanted);
          if (status !== 202) throw new Error(`no departure: ${JSON.stringify(body)}`);
          return String(body['id']);
        }),
      ),
    atWork: async (caseIds) => (await unsettled(call, caseIds)) ?? caseIds,
    nextWaits: (caseIds, withinMs) => nextWaits(call, caseIds, withinMs),
    complaints: (people) =>
      withDirectory(machine.databaseUri(), async (directory) =>
        effectComplaints(
          await directory.readEffects(orgId),
          new Map(people.map(({ accountId }) => [accountId, DAY_ZERO_OPERATIONS])),
        ),
      ),
  };
}

const DAY_MS = 86_400_000;
/** A key answers 300 requests a minute, and an employee takes four. */
const PEOPLE_PER_DESK = 40;

/** Keys of several owners. Whoever asks for something, and asks again, does so at one desk. */
export async function furnishDesks(call: Caller, baseUrl: string, count: number): Promise<readonly Caller[]> {
  const scopes = ['people:*', 'departures:*', 'directory:*'];
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const { body } = await call('POST', '/v1/api-keys', { ownerName: `Desk ${index + 1}`, scopes });
      return caller(baseUrl, String(body['key']));
    }),
  );
}

async function equipped(call: Caller, n: number, managerId: string): Promise<Employee> {
  const leaver = await hire(call, {
    firstName: 'Lea',
    lastName: `Kern ${n}`,
    address: `lea.kern${n}@example.com`,
    accountRole: 'administrator',
    managerId,
  });
  await signIn(call, leaver.address, leaver.password);
  await addAppPassword(call, leaver.id);
  return leaver;
}

/** What creating such an account and day 0 leave in the directory's log. */
export const DAY_ZERO_OPERATIONS: readonly string[] = [
  'createAccount',
  'disable',
  'setPassword',
  'revokeAppPasswords',
  'revokeOauthGrants',
  'voidLinks',
  'removeRecoveryMeans',
  'setProtocols',
  'revokeSessions',
  'removeOwnRules',
  'setRole',
  'setAutoReply',
];

/** The steps that are due by now, and what became of them. */
export function dayZeroStatuses(view: DepartureView): Readonly<Record<string, string>> {
  return Object.fromEntries(dueSteps(view).map((step) => [step.key, step.status]));
}

export const DAY_ZERO_DONE: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'notify-manager',
    'take-snapshot',
    'disable-account',
    'rotate-password',
    'revoke-app-passwords',
    'revoke-other-credentials',
    'switch-off-protocols',
    'revoke-sessions',
    'remove-own-rules',
    'drop-administrator-role',
    'remove-memberships',
    'revoke-own-keys',
    'prove-day-0',
    'start-auto-reply',
    'reassign-references',
  ].map((key) => [key, 'done']),
);

/** Numbers between 0 and 1 that look random and are the same for the same seed. */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
