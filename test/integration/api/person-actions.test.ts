import { afterEach, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PERSON_REFUSALS } from '../../../shared/domain/people/action-subject.ts';
import { PERSON_ACTION_NAMES, type PersonAction } from '../../../shared/domain/people/person-actions.ts';
import {
  CALLERS,
  startSmallCompany,
  type CallerName,
  type CompanyEvent,
  type SmallCompany,
} from '../../support/person-actions.ts';

let company: SmallCompany;
beforeEach(async () => {
  company = await startSmallCompany();
});
afterEach(() => company.close());

const [ADMIN, SECOND_ADMIN, USER] = [0, 1, 2];
/** An event of a person, or what a caller does to one. */
type Happening = readonly [CompanyEvent, number] | readonly [CallerName, PersonAction, number];

async function happen(happening: Happening): Promise<string | undefined> {
  if (happening.length === 3) {
    const [caller, action, index] = happening;
    return company.tries(caller, index, action);
  }
  const [event, index] = happening;
  await company.events[event](index);
  return undefined;
}

const DEPARTS: Happening = ['everything', 'requestDeparture', USER];
const ON_LEAVE: Happening = ['cases', 'disablePerson', USER];
const REFUSED: readonly [string, readonly Happening[], Happening][] = [
  ['SCOPE_MISSING', [], ['reader', 'updatePerson', USER]],
  ['SELF_DEPARTURE', [], ['self', 'requestDeparture', ADMIN]],
  ['PERSON_PROTECTED', [['isProtected', USER]], DEPARTS],
  ['PERSON_DEPARTED', [['departs', USER]], DEPARTS],
  ['PERSON_NOT_ACTIVE', [['isLeaving', USER]], ['everything', 'giveSetupLink', USER]],
  ['PERSON_NOT_ACTIVE', [['departs', USER]], ['everything', 'createApiKey', USER]],
  ['ACCOUNT_NOT_FOUND', [['losesAccounts', USER]], ['people', 'giveSetupLink', USER]],
  [
    'LAST_ADMINISTRATOR',
    [['everything', 'requestDeparture', SECOND_ADMIN]],
    ['everything', 'simulateDeparture', ADMIN],
  ],
  ['LAST_ADMINISTRATOR', [['changesRole', SECOND_ADMIN]], ['everything', 'requestDeparture', ADMIN]],
  ['DEPARTURE_EXISTS', [DEPARTS], DEPARTS],
  ['DEPARTURE_EXISTS', [['isBeingAskedFor', USER]], DEPARTS],
  ['DEPARTURE_UNFINISHED', [DEPARTS, ['isBeingDeleted', USER]], ['everything', 'rehirePerson', USER]],
  ['NOTHING_TO_COME_BACK_FROM', [], ['people', 'rehirePerson', USER]],
  ['SCOPE_MISSING', [DEPARTS], ['people', 'rehirePerson', USER]],
  ['CASE_CLOSED', [DEPARTS, ['caseEnds', USER]], ['everything', 'rehirePerson', USER]],
  [
    'ALREADY_UNDOING',
    [DEPARTS, ['beginsToLeave', USER], ['everything', 'rehirePerson', USER]],
    ['everything', 'rehirePerson', USER],
  ],
  [
    'ADDRESS_TAKEN',
    [
      ['departs', USER],
      ['addressIsTaken', USER],
    ],
    ['people', 'rehirePerson', USER],
  ],
  [
    'ADDRESS_QUARANTINED',
    [
      ['departs', USER],
      ['addressRests', USER],
    ],
    ['people', 'rehirePerson', USER],
  ],
  ['CASE_EXISTS', [ON_LEAVE], DEPARTS],
  ['CASE_EXISTS', [['cases', 'requestDeletion', USER]], ON_LEAVE],
  ['DEPARTURE_EXISTS', [DEPARTS], ['cases', 'enablePerson', USER]],
  ['NOTHING_TO_COME_BACK_FROM', [ON_LEAVE], ['everything', 'rehirePerson', USER]],
  ['SCOPE_MISSING', [['everything', 'requestDeletion', USER]], ['people', 'rehirePerson', USER]],
  ['SELF_DEPARTURE', [], ['self', 'disableSuspicious', ADMIN]],
  ['OWN_ROLE', [], ['self', 'requestRoleChange', ADMIN]],
  ['PERSON_NOT_HERE', [['isAway', USER]], ['cases', 'requestRoleChange', USER]],
  ['ALREADY_DISABLED', [['isAway', USER]], ['cases', 'simulateLeave', USER]],
  ['NOT_DISABLED', [], ['cases', 'enablePerson', USER]],
  ['LEAVE_NOT_BEGUN', [ON_LEAVE], ['cases', 'enablePerson', USER]],
  ['LEAVE_ENDING', [ON_LEAVE, ['isAwayForGood', USER], ['comesBack', USER]], ['cases', 'enablePerson', USER]],
  [
    'INVESTIGATION_OPEN',
    [
      ['cases', 'disableSuspicious', USER],
      ['isAwayForGood', USER],
    ],
    ['cases', 'enablePerson', USER],
  ],
  ['OWN_ROLE', [], ['self', 'demote', ADMIN]],
  ['ROLE_HELD', [], ['people', 'demote', USER]],
  ['CASE_OPEN', [DEPARTS], ['people', 'promote', USER]],
  ['LAST_ADMINISTRATOR', [['changesRole', SECOND_ADMIN]], ['people', 'demote', ADMIN]],
  ['RESERVED_ALIASES', [['isPostmaster', ADMIN]], ['people', 'demote', ADMIN]],
  ['TOO_MANY_ALIASES', [['hasManyAliases', USER]], ['people', 'addAlias', USER]],
  ['TOO_MANY_ALIASES', [['hasManyAliases', USER]], ['people', 'changeAddress', USER]],
  ['ALIAS_NOT_FOUND', [], ['people', 'removeAlias', USER]],
  ['PERSON_NOT_ACTIVE', [['isAway', USER]], ['people', 'changeAddress', USER]],
];

test.each(REFUSED)(
  'refuses with the very reason that was listed: %s after %j',
  async (code, before, last) => {
    for (const happening of before) await happen(happening);
    expect(await happen(last)).toBe(code);
  },
);

test('every reason there is was met', () => {
  expect([...new Set(REFUSED.map(([code]) => code))].toSorted()).toEqual([...PERSON_REFUSALS].toSorted());
});

test.each<[PersonAction, readonly Happening[]]>([
  ['updatePerson', []],
  ['giveSetupLink', []],
  ['changeAddress', []],
  ['setPersonPassword', []],
  ['requestWelcome', []],
  ['promote', []],
  ['demote', [['everything', 'promote', USER]]],
  ['addAlias', []],
  ['removeAlias', [['everything', 'addAlias', USER]]],
  ['setQuota', [DEPARTS]],
  ['createApiKey', []],
  ['simulateDeparture', [DEPARTS]],
  ['requestDeparture', []],
  ['requestDeparture', [['requestDies', USER]]],
  ['rehirePerson', [DEPARTS]],
  ['rehirePerson', [DEPARTS, ['beginsToLeave', USER]]],
  ['rehirePerson', [['departs', USER]]],
  ['simulateLeave', [DEPARTS]],
  ['simulateSuspicious', [['isAway', USER]]],
  ['requestLeave', []],
  ['disablePerson', []],
  ['disableSuspicious', [['isAway', USER]]],
  ['enablePerson', [['isAway', USER]]],
  ['enablePerson', [ON_LEAVE, ['isAwayForGood', USER]]],
  [
    'enablePerson',
    [
      ['cases', 'disableSuspicious', USER],
      ['isAwayForGood', USER],
      ['isInvestigated', USER],
    ],
  ],
  ['simulateRoleChange', [DEPARTS]],
  ['requestRoleChange', []],
  ['simulateDeletion', [DEPARTS]],
  ['requestDeletion', []],
  ['placePersonHold', [DEPARTS]],
  ['liftPersonHold', []],
])('carries out %s, which was listed as available, after %j', async (action, before) => {
  for (const happening of before) await happen(happening);
  expect(await happen(['everything', action, USER])).toBe(undefined);
});

test('whatever happens before: what is listed as available is accepted, what is not is refused with that reason', async () => {
  // Mostly one person, and mostly what other writers decide as well: else the rare states are hardly met.
  const index = fc.oneof({ weight: 2, arbitrary: fc.constant(USER) }, fc.nat({ max: 2 }));
  const action = fc.oneof(
    fc.constantFrom<PersonAction>('requestDeparture', 'rehirePerson', 'disablePerson', 'enablePerson'),
    fc.constantFrom(...PERSON_ACTION_NAMES),
  );
  const caller = fc.oneof(fc.constant<CallerName>('everything'), fc.constantFrom(...CALLERS));
  const event = fc.constantFrom(...(Object.keys(company.events) as CompanyEvent[]));
  const steps = fc.array(fc.tuple(index, event, caller, action), { minLength: 10, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      await company.close();
      company = await startSmallCompany();
      for (const [who, what, by, tried] of all) {
        await happen([what, who]);
        await happen([by, tried, who]);
      }
    }),
    { numRuns: 10, interruptAfterTimeLimit: 60_000 },
  );
});

test('shows the open case to whoever may read departures, and to nobody else', async () => {
  const [id] = company.ids.slice(USER);
  await happen(DEPARTS);
  const read = async (key: string) =>
    (await company.api.request('GET', `/v1/people/${id!}`, undefined, { key })).body['openCase'];
  expect(await read(company.api.key)).toMatchObject({ kind: 'departure', state: 'scheduled' });
  const reader = await company.api.keyWith(['people:*']);
  expect(await read(reader)).toBe(undefined);
  const filtered = await company.api.request('GET', '/v1/people?hasOpenCase=true', undefined, {
    key: reader,
  });
  expect([filtered.status, filtered.body['code']]).toEqual([403, 'SCOPE_MISSING']);
});

test('another tag says that something else can be done now, although the person is as before', async () => {
  const path = `/v1/people/${company.ids[USER]!}`;
  const tag = async () => (await company.api.request('GET', path)).headers.get('etag') ?? '';
  const before = await tag();
  await happen(DEPARTS);
  const headers = { 'If-None-Match': before };
  expect((await company.api.request('GET', path, undefined, { headers })).status).toBe(200);
  expect((await tag()).split('-')[0]).toBe(before.split('-')[0]);
});
