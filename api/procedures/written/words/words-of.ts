import type { CaseKind } from '../../../../shared/domain/case-states.ts';
import { DELETION_WORDS } from './deletion.ts';
import { DEPARTURE_WORDS } from './departure.ts';
import { LEAVE_WORDS } from './leave.ts';
import { ONBOARDING_WORDS } from './onboarding.ts';
import type { ProcedureWords } from './procedure-words.ts';
import { ROLE_CHANGE_WORDS } from './role-change.ts';

/** A kind of case without words does not compile. */
const WORDS: Readonly<Record<CaseKind, ProcedureWords>> = {
  onboarding: ONBOARDING_WORDS,
  role_change: ROLE_CHANGE_WORDS,
  leave: LEAVE_WORDS,
  departure: DEPARTURE_WORDS,
  deletion: DELETION_WORDS,
};

export function wordsOf(kind: CaseKind): ProcedureWords {
  return WORDS[kind];
}
