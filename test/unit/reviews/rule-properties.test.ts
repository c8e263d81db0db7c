import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CASE_KINDS, STEP_STATUSES } from '../../../shared/domain/case-states.ts';
import { DISABLE_REASONS } from '../../../shared/domain/account-snapshot.ts';
import { ACCOUNT_ROLES, PERSON_STATUSES, type Person } from '../../../shared/domain/person.ts';
import { REVIEW_RULES } from '../../../shared/domain/reviews/rules/all-rules.ts';
import type { AccountFacts } from '../../../shared/domain/reviews/account-facts.ts';
import type { ReviewSubject } from '../../../shared/domain/reviews/review-rule.ts';
import type { AccountTemplate } from '../../../shared/domain/template.ts';
import { transliteration } from '../../../shared/platform/transliteration.ts';
import { account, NOW_MS, openCase, ORGANISATION, somebody, templateOf } from './subjects.ts';

const instant = fc.oneof(fc.constant(0), fc.integer({ min: NOW_MS - 1e11, max: NOW_MS + 1e11 }));
const word = fc.oneof(fc.constantFrom('', 'Ada', 'Müller', '李', "O'"), fc.string({ maxLength: 12 }));
const address = fc.oneof(fc.emailAddress(), word);
const words = fc.array(word, { maxLength: 3 });
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const facts = fc
  .record({
    ...{ address, service: fc.boolean(), groups: words, lists: optional(words) },
    aliases: fc.array(fc.record({ address, sinceMs: optional(instant), lastMailAtMs: optional(instant) }), {
      maxLength: 3,
    }),
    status: fc.constantFrom('active', 'disabled'),
    disabledReason: optional(fc.constantFrom(...DISABLE_REASONS)),
    role: fc.constantFrom(...ACCOUNT_ROLES),
    quotaBytes: fc.nat(),
    usedBytes: fc.nat(),
    createdAtMs: optional(instant),
    lastLoginAtMs: optional(instant),
    redirect: optional(fc.record({ to: address, sinceMs: optional(instant), untilMs: optional(instant) })),
    forwards: fc.array(address, { maxLength: 3 }),
    autoReply: optional(fc.record({ fromMs: instant, untilMs: instant })),
  })
  .map((some) => ({ ...account(), ...some }) as AccountFacts);

const person = fc
  .record({
    ...{ firstName: word, lastName: word, address, department: optional(word), template: optional(word) },
    status: fc.constantFrom(...PERSON_STATUSES),
    accountRole: fc.constantFrom(...ACCOUNT_ROLES),
    locale: optional(fc.constantFrom('en', 'de-CH', 'sr', 'xx')),
    protected: fc.boolean(),
    createdAtMs: instant,
    legalHold: optional(fc.record({ placedBy: word, placedAtMs: instant, reason: word })),
  })
  .map((some) => somebody(some as Partial<Person>));

const step = fc.record({ status: fc.constantFrom(...STEP_STATUSES), dueAtMs: instant });
const theCase = fc
  .record({
    ...{ kind: fc.constantFrom(...CASE_KINDS), needsAttention: fc.boolean(), leaveAtMs: instant },
    retainedUntil: fc.constant('2033-01-01'),
    steps: fc.record({ 'purge-gate': step, 'disable-account': step, 'delete-account': step }),
  })
  .map(openCase);

const subject = fc
  .record({
    person: optional(person),
    accounts: fc.array(facts, { maxLength: 3 }),
    missing: fc.array(fc.record({ target: word, accountId: word }), { maxLength: 2 }),
    template: optional(
      fc
        .record({ groups: words, lists: words, accountRole: optional(fc.constantFrom(...ACCOUNT_ROLES)) })
        .map((some) => templateOf(some as Partial<AccountTemplate>)),
    ),
    openCase: optional(theCase),
  })
  // As it would be stored: what is absent is absent, not undefined.
  .map((some) => JSON.parse(JSON.stringify(some)) as ReviewSubject);

describe.each(REVIEW_RULES)('$name, of whomever it is asked', (rule) => {
  test('finds the same each time, changes nothing, and explains all of it', () => {
    const judgedBy = {
      ...{ nowMs: NOW_MS, organisation: ORGANISATION, transliteration, departments: ['IT'] },
      ...{ templates: ['sales'], threshold: rule.threshold?.least ?? 0 },
    };
    fc.assert(
      fc.property(subject, (given) => {
        const before = structuredClone(given);
        const found = rule.find(given, judgedBy);
        expect(rule.find(given, judgedBy)).toStrictEqual(found);
        expect(given).toStrictEqual(before);
        expect(JSON.parse(JSON.stringify(found))).toStrictEqual(found);
        const keys = found.map((one) => JSON.stringify([one.account, one.about]));
        if (given.accounts.length < 2 && given.missing.length < 2)
          expect(new Set(keys).size).toBe(found.length);
        for (const one of found) {
          if (one.proposes !== undefined) expect(['keep', 'attest', ...rule.allows]).toContain(one.proposes);
          expect(rule.explain(one, judgedBy.threshold)).toMatch(/^[A-Z0-9].*\.$/su);
        }
      }),
      { numRuns: 150 },
    );
  });
});
