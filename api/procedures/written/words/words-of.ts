import type { KindWithProcedure } from '../../../../shared/domain/procedure/procedure-kinds.ts';
import type { CaseKind } from '../../../../shared/domain/case-states.ts';
import { DELETION_WORDS } from './deletion.ts';
import { DEPARTURE_WORDS } from './departure.ts';
import type { ProcedureWords } from './procedure-words.ts';

/** A kind whose procedure has versions and no words does not compile. */
const WORDS = { departure: DEPARTURE_WORDS, deletion: DELETION_WORDS } as const satisfies Readonly<
  Record<KindWithProcedure, ProcedureWords>
>;

export function wordsOf(kind: CaseKind): ProcedureWords {
  const words: Readonly<Partial<Record<CaseKind, ProcedureWords>>> = WORDS;
  const found = words[kind];
  if (found === undefined) throw new Error(`nothing is written of ${kind}`);
  return found;
}
