import { domainOf } from '../../naming/address-limits.ts';
import type { AccountFacts } from '../account-facts.ts';
import type { ReviewRule } from '../review-rule.ts';
import { daysBetween } from './days-between.ts';
import { byCase, DAYS, fromDays, refOf, seen } from './found-words.ts';
import { remainingPerson } from './whereabouts.ts';

export const redirectOld: ReviewRule = {
  name: 'redirect_old',
  title: 'Redirect for long',
  description:
    'A redirect that an administrator or a case set has led to the same address for so many days and has not ended. Also found while the case is open. Not found: redirects of which nobody knows since when they are set, and people who have departed.',
  threshold: { ...DAYS, usual: 30 },
  usuallyOn: true,
  proposes: 'remove_redirect',
  allows: ['remove_redirect'],
  find(subject, { nowMs, threshold }) {
    if (remainingPerson(subject) === undefined) return [];
    return subject.accounts.flatMap((account) => {
      const redirect = runningRedirect(account, nowMs);
      if (redirect?.sinceMs === undefined) return [];
      const value = daysBetween(redirect.sinceMs, nowMs);
      if (value < threshold) return [];
      return [
        {
          value,
          account: refOf(account),
          ...leading(redirect),
          evidence: { ...evidenceOf(redirect), ...byCase(subject) },
        },
      ];
    });
  },
  explain: ({ value, evidence: { caseId } }, threshold) =>
    `Mail has been redirected to the same address for ${value} days${caseId === undefined ? '' : ', within an open case'}; ${fromDays(threshold)}`,
};

export const redirectOutside: ReviewRule = {
  name: 'redirect_outside',
  title: 'Mail goes outside',
  description:
    'A redirect that has not ended, or a forward that the owner set, leads to an address in a domain that is not one of the organisation. Of a forward of the owner it is proposed that somebody talks to them and attests it; it can be taken away as well. Not found: people who have departed.',
  usuallyOn: true,
  proposes: 'remove_redirect',
  allows: ['remove_redirect'],
  find(subject, { nowMs, organisation }) {
    if (remainingPerson(subject) === undefined) return [];
    const ours = new Set(organisation.domains.map((domain) => domain.toLowerCase()));
    const isOutside = (address: string) => !ours.has(domainOf(address).toLowerCase());
    return subject.accounts.flatMap((account) => {
      const redirect = runningRedirect(account, nowMs);
      const set = redirect !== undefined && isOutside(redirect.to) ? [redirect] : [];
      const own = [...new Set(account.forwards)].filter((to) => isOutside(to) && to !== set[0]?.to);
      return [
        ...set.map((one) => ({
          ...{ value: domainOf(one.to), account: refOf(account), ...leading(one) },
          evidence: { kind: 'redirect', ...evidenceOf(one), ...byCase(subject) },
        })),
        ...own.map((to) => ({
          ...{ value: domainOf(to), account: refOf(account), about: to, proposes: 'attest' as const },
          evidence: { kind: 'forward', to },
        })),
      ];
    });
  },
  explain: ({ value, evidence: { kind } }) =>
    kind === 'forward'
      ? `The owner has mail forwarded to "${value}", outside the organisation.`
      : `Mail is redirected to "${value}", outside the organisation.`,
};

type Redirect = NonNullable<AccountFacts['redirect']>;

function runningRedirect({ redirect }: AccountFacts, nowMs: number): Redirect | undefined {
  const { untilMs = Infinity } = redirect ?? {};
  return nowMs < untilMs ? redirect : undefined;
}

function leading({ to }: Redirect) {
  return { about: to };
}

function evidenceOf({ to, sinceMs, untilMs }: Redirect) {
  return seen({ to, sinceAtMs: sinceMs, untilAtMs: untilMs });
}
