import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { DECISION_KINDS } from '../../../shared/domain/reviews/decision.ts';
import { RULE_NAMES } from '../../../shared/domain/reviews/rule-names.ts';
import { REVIEW_RULES, ruleNamed } from '../../../shared/domain/reviews/rules/all-rules.ts';
import { describeRules } from '../../../shared/domain/reviews/rules/describe-rules.ts';
import { packageRoot } from '../../../shared/platform/config/package-root.ts';

describe('the rules of reviews', () => {
  test('are one for each name, in the order of the names', () => {
    expect(REVIEW_RULES.map(({ name }) => name)).toEqual([...RULE_NAMES]);
  });

  test.each(RULE_NAMES)('%s is described in sentences, and proposes what it allows', (name) => {
    const { title, description, threshold, proposes, allows } = ruleNamed(name);
    expect(title).toMatch(/^[A-Z][^.]+$/u);
    expect(description).toMatch(/^[A-Z`].*\.$/u);
    expect(['keep', 'attest', ...allows]).toContain(proposes);
    expect(DECISION_KINDS).toEqual(expect.arrayContaining([...allows]));
    expect(allows).not.toEqual(expect.arrayContaining(['keep']));
    const { least = 1, usual = 1, most = 1 } = threshold ?? {};
    expect([least, usual, most]).toEqual([least, usual, most].toSorted((a, b) => a - b));
  });

  test('are told as plain JSON, without a function', () => {
    const told = describeRules();
    expect(JSON.parse(JSON.stringify(told))).toStrictEqual(told);
    expect(told).toHaveLength(RULE_NAMES.length);
    expect(told.find(({ name }) => name === 'inactive')).toEqual({
      name: 'inactive',
      title: 'Account inactive',
      description: ruleNamed('inactive').description,
      threshold: { unit: 'days', usual: 90, least: 1, most: 3_650 },
      takesPlaces: false,
      usuallyOn: true,
      proposes: 'disable',
      allows: ['keep', 'attest', 'disable', 'start_departure'],
      answeredBySignIn: true,
    });
  });

  test('docs/review-rules.md says what the rules say', () => {
    const check = () =>
      execFileSync(process.execPath, [join(packageRoot, 'scripts', 'write-review-rules.mjs'), '--check'], {
        stdio: 'pipe',
      });
    expect(check).not.toThrow();
  });
});
