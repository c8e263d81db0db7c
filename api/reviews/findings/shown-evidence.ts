import type { FindingEvidence } from '../../../shared/domain/reviews/review-rule.ts';
import { utc } from '../../http/instants.ts';

type ShownValue = string | number | boolean | readonly string[];

/** What was seen, with its instants as the API writes them: `lastLoginAtMs` is `lastLoginAt`. */
export function shownEvidence(evidence: FindingEvidence): Readonly<Record<string, ShownValue>> {
  const entries = Object.entries(evidence).flatMap(
    ([name, value]): readonly (readonly [string, ShownValue])[] => {
      if (value === undefined) return [];
      const isInstant = name.endsWith('AtMs') && typeof value === 'number';
      return [isInstant ? [name.slice(0, -'Ms'.length), utc(value)] : [name, value]];
    },
  );
  return Object.fromEntries(entries);
}
