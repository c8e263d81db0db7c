import type { ApiContext } from '../api-context.ts';
import { Problem } from '../http/problem.ts';
import { directoryOf } from '../open-directories.ts';

export function assertTargets(context: ApiContext, targets: readonly string[]): void {
  for (const [index, target] of targets.entries()) {
    const field = `/targets/${index}`;
    directoryOf(context, target, field);
    if (targets.indexOf(target) !== index)
      throw new Problem('INVALID_REQUEST', { field, detail: 'A target is named once.' });
  }
}
