import type { ImportEngine, PassRef } from '../../shared/contract/import-engine.ts';

/** Stands where Temporal stands, and keeps what it was told of. */
export interface FakeImportEngine extends ImportEngine {
  /** Unreachable while true. */
  isDown: boolean;
  readonly told: readonly PassRef[];
}

export function createFakeImportEngine(): FakeImportEngine {
  const told: PassRef[] = [];
  return {
    isDown: false,
    told,
    tell(pass) {
      if (this.isDown) return Promise.resolve('unavailable');
      told.push(pass);
      return Promise.resolve('told');
    },
  };
}
