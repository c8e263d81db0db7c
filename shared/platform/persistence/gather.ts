/**
 * Carries out together what is asked for while the round before is under way: many who change one document at once would else
 * lose their compare-and-set to each other. `run` gives an answer for each, in their order; a round that fails fails for all of
 * it. Whoever comes alone is served at once.
 */
export function gather<Wish, Answer>(
  run: (wishes: readonly Wish[]) => Promise<readonly Answer[]>,
): (wish: Wish) => Promise<Answer> {
  interface Waiting {
    readonly wish: Wish;
    readonly resolve: (answer: Answer) => void;
    readonly reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let isBusy = false;

  async function serve(): Promise<void> {
    isBusy = true;
    while (waiting.length > 0) {
      const round = waiting;
      waiting = [];
      try {
        const answers = await run(round.map(({ wish }) => wish));
        round.forEach(({ resolve }, index) => resolve(answers[index] as Answer));
      } catch (error) {
        for (const { reject } of round) reject(error);
      }
    }
    isBusy = false;
  }

  return (wish) =>
    new Promise((resolve, reject) => {
      waiting.push({ wish, resolve, reject });
      if (!isBusy) void serve();
    });
}
