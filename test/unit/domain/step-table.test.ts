import { expect, test } from '@jest/globals';
import { stepTable } from '../../../shared/domain/case/step-table.ts';
import { openDeparture } from './sample-plan.ts';

test('the table in the Temporal UI tells targets apart, and what a person does', () => {
  const { plan, ...rest } = openDeparture({ targets: ['directory', 'branch'] });
  const steps = plan.steps.map((step) =>
    step.key === 'archive-mailbox@branch' ? { ...step, manual: true as const } : step,
  );
  const rows = stepTable({ ...rest, plan: { ...plan, steps } }).split('\n');
  expect(rows).toContain('| disable-account | 2026-04-01T15:30Z | waiting |');
  expect(rows).toContain('| disable-account@branch | 2026-04-01T15:30Z | waiting |');
  expect(rows).toContainEqual(expect.stringMatching(/^\| archive-mailbox@branch \(a person does it\) \|/u));
  expect(rows).toContain('| quarantine-address | after delete-account@branch | waiting |');
});
