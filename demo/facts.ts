/** What the demo claims, checked as it happens. A wrong fact is printed in full and makes the demo fail. */
export interface Facts {
  check(sentence: string, isTrue: boolean, seen?: unknown): void;
  readonly wrong: number;
}

export function createFacts(print: (line: string) => void): Facts {
  let wrong = 0;
  return {
    check(sentence, isTrue, seen) {
      if (!isTrue) wrong += 1;
      print(
        `     ${isTrue ? '✓' : '✗ WRONG:'} ${sentence}${isTrue ? '' : ` (seen: ${JSON.stringify(seen)})`}`,
      );
    },
    get wrong() {
      return wrong;
    },
  };
}
