import type { CaseNews } from '../../shared/domain/case/case-event.ts';
import type { CaseProgress } from '../../shared/domain/case/progress.ts';
import { reduce } from '../../shared/domain/case/reduce.ts';

/** The state of one running case. Everything that happens goes through `tell`, stamped with the workflow's clock. */
export interface CaseStore {
  readonly now: () => CaseProgress;
  tell(news: CaseNews): void;
  /** Something changed, or an instant was reached, since the last call. */
  takeChange(): boolean;
  touch(): void;
}

export function createCaseStore(initial: CaseProgress): CaseStore {
  let progress = initial;
  let changed = true;
  return {
    now: () => progress,
    tell(news) {
      const next = reduce(progress, { ...news, atMs: Date.now() });
      changed ||= next !== progress;
      progress = next;
    },
    takeChange() {
      const was = changed;
      changed = false;
      return was;
    },
    touch() {
      changed = true;
    },
  };
}
