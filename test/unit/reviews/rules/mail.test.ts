import { describe, expect, test } from '@jest/globals';
import { account, daysAgo, find, NOW_MS, openCase, somebody, values } from '../subjects.ts';

const REF = { target: 'directory', accountId: 'acc_1' };
const to = 'heir@harbour.example';

describe('redirect_old', () => {
  const set = (days: number, untilMs?: number) => ({
    accounts: [
      account({ redirect: { to, sinceMs: daysAgo(days), ...(untilMs === undefined ? {} : { untilMs }) } }),
    ],
  });

  test.each([
    [29, []],
    [30, [30]],
    [31, [31]],
  ])('set %s days ago: found %j', (days, found) => {
    expect(values('redirect_old', set(days))).toEqual(found);
  });

  test('says where it leads, and since and until when', () => {
    expect(find('redirect_old', set(40, NOW_MS + 1))).toEqual([
      {
        ...{ value: 40, account: REF, about: to },
        evidence: { to, sinceAtMs: daysAgo(40), untilAtMs: NOW_MS + 1 },
      },
    ]);
  });

  test('nothing of one that ended at this instant, of none, and of one nobody knows since when', () => {
    expect(values('redirect_old', set(40, NOW_MS))).toEqual([]);
    expect(values('redirect_old')).toEqual([]);
    expect(values('redirect_old', { accounts: [account({ redirect: { to } })] })).toEqual([]);
  });

  test('is found within an open case, which it names; nothing of people who have departed', () => {
    const leaving = { ...set(40), person: somebody({ status: 'leaving' }), openCase: openCase() };
    expect(find('redirect_old', leaving)).toMatchObject([
      { evidence: { caseId: 'cas_1', caseKind: 'departure' } },
    ]);
    expect(values('redirect_old', { ...set(40), person: somebody({ status: 'departed' }) })).toEqual([]);
  });
});

describe('redirect_outside', () => {
  test('finds a redirect to another domain, whenever it was set', () => {
    const redirect = { to: 'ada@out.test', untilMs: NOW_MS + 1 };
    expect(find('redirect_outside', { accounts: [account({ redirect })], openCase: openCase() })).toEqual([
      {
        ...{ value: 'out.test', account: REF, about: 'ada@out.test' },
        evidence: {
          ...{ kind: 'redirect', to: 'ada@out.test', untilAtMs: NOW_MS + 1 },
          ...{ caseId: 'cas_1', caseKind: 'departure' },
        },
      },
    ]);
  });

  test('finds forwards of the owner, of which it proposes to talk', () => {
    const forwards = ['ada@private.test', to, 'ada@private.test'];
    expect(find('redirect_outside', { accounts: [account({ forwards })] })).toEqual([
      {
        ...{ value: 'private.test', account: REF, about: 'ada@private.test', proposes: 'attest' },
        evidence: { kind: 'forward', to: 'ada@private.test' },
      },
    ]);
  });

  test('finds one address once, though the owner forwards there as well', () => {
    const both = account({ redirect: { to: 'ada@out.test' }, forwards: ['ada@out.test'] });
    expect(find('redirect_outside', { accounts: [both] })).toMatchObject([
      { evidence: { kind: 'redirect' } },
    ]);
  });

  test('nothing within the domains of the organisation, in whatever letters; a subdomain is another one', () => {
    const redirected = (address: string) => ({ accounts: [account({ redirect: { to: address } })] });
    expect(values('redirect_outside', redirected('heir@HARBOUR.example'))).toEqual([]);
    expect(values('redirect_outside', redirected('heir@mail.harbour.example'))).toEqual([
      'mail.harbour.example',
    ]);
    expect(values('redirect_outside')).toEqual([]);
  });

  test('nothing of a redirect that has ended, nor of people who have departed', () => {
    const ended = { accounts: [account({ redirect: { to: 'ada@out.test', untilMs: NOW_MS } })] };
    expect(values('redirect_outside', ended)).toEqual([]);
    const gone = {
      accounts: [account({ forwards: ['ada@out.test'] })],
      person: somebody({ status: 'departed' }),
    };
    expect(values('redirect_outside', gone)).toEqual([]);
  });
});

describe('auto_reply_old', () => {
  const given = (days: number, untilMs = NOW_MS + 1) => ({
    accounts: [account({ autoReply: { fromMs: daysAgo(days), untilMs } })],
  });

  test.each([
    [29, []],
    [30, [30]],
    [31, [31]],
  ])('given for %s days: found %j', (days, found) => {
    expect(values('auto_reply_old', given(days))).toEqual(found);
  });

  test('nothing of one that is over, has not begun, or is none', () => {
    expect(values('auto_reply_old', given(40, NOW_MS))).toEqual([]);
    expect(values('auto_reply_old', given(-1, NOW_MS * 2), { threshold: -5 })).toEqual([]);
    expect(values('auto_reply_old')).toEqual([]);
  });

  test('nothing of people on leave, nor of those who have departed; a departure is named', () => {
    for (const status of ['disabled', 'departed'] as const)
      expect(values('auto_reply_old', { ...given(40), person: somebody({ status }) })).toEqual([]);
    expect(values('auto_reply_old', { ...given(40), openCase: openCase({ kind: 'leave' }) })).toEqual([]);
    const leaving = { ...given(40), person: somebody({ status: 'leaving' }), openCase: openCase() };
    expect(find('auto_reply_old', leaving)).toEqual([
      {
        ...{ value: 40, account: REF },
        evidence: {
          ...{ fromAtMs: daysAgo(40), untilAtMs: NOW_MS + 1 },
          ...{ caseId: 'cas_1', caseKind: 'departure' },
        },
      },
    ]);
  });
});

describe('quota_nearly_full', () => {
  const used = (usedBytes: number, quotaBytes = 1_000) => ({
    accounts: [account({ usedBytes, quotaBytes })],
  });

  test.each([
    [899, []],
    [900, [90]],
    [901, [90]],
    [1_100, [110]],
  ])('%s of 1000 bytes are used: found %j', (bytes, found) => {
    expect(values('quota_nearly_full', used(bytes))).toEqual(found);
  });

  test('nothing of an account that holds no mail, nor of people who have departed; of accounts of nobody it is found', () => {
    expect(values('quota_nearly_full', used(0, 0))).toEqual([]);
    expect(values('quota_nearly_full', { ...used(999), person: somebody({ status: 'departed' }) })).toEqual(
      [],
    );
    expect(values('quota_nearly_full', { ...used(999), person: undefined })).toEqual([99]);
  });
});
