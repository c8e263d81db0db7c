import type { CaseRecord } from '../../shared/domain/case-record.ts';
import type { ApiContext } from '../api-context.ts';

/** Anything that was ever tried: by its state, or by the evidence of a try that was called back. */
export async function startedKeysOf(
  context: Pick<ApiContext, 'repositories'>,
  record: CaseRecord,
): Promise<ReadonlySet<string>> {
  const evidence = await context.repositories.evidence.listByCase(record.orgId, record.id);
  const moved = record.steps.filter((step) => step.status !== 'waiting' || step.round > 1);
  return new Set([...moved.map((step) => step.key), ...evidence.map((one) => one.stepKey)]);
}
