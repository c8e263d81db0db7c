import type { ReviewRule } from '../review-rule.ts';
import { refOf, seen } from './found-words.ts';
import { isComingOrGoing, unlessProtected } from './whereabouts.ts';

export const disabledNotDeparted: ReviewRule = {
  name: 'disabled_not_departed',
  title: 'Disabled, and never departed',
  description:
    'The account is disabled, the person neither joins nor has departed, and no case is open that explains it: no leave, no departure, no deletion. Not found: accounts of machines. Of protected people it proposes to attest.',
  usuallyOn: true,
  proposes: 'start_departure',
  allows: ['start_departure', 'start_deletion'],
  find(subject) {
    const { person, accounts } = subject;
    if (person === undefined || person.status === 'joining' || person.status === 'departed') return [];
    if (isComingOrGoing(subject)) return [];
    return accounts
      .filter(({ status, service }) => status === 'disabled' && !service)
      .map((account) => ({
        value: account.disabledReason ?? 'unknown',
        account: refOf(account),
        evidence: seen({ disabledReason: account.disabledReason, personStatus: person.status }),
        ...unlessProtected(person),
      }));
  },
  explain: ({ value }) =>
    value === 'unknown'
      ? 'The account is disabled, nobody said why, and no open case explains it.'
      : `The account is disabled for the reason "${value}", and no open case explains it.`,
};
