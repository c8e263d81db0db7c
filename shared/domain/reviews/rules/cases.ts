import type { CaseRecord } from '../../case-record.ts';
import { isSettled } from '../../case-states.ts';
import { isPurgeGate } from '../../plan.ts';
import type { ReviewRule } from '../review-rule.ts';
import { daysBetween } from './days-between.ts';
import { DAYS, fromDays } from './found-words.ts';

export const caseStuck: ReviewRule = {
  name: 'case_stuck',
  title: 'Case stuck',
  description:
    'A case waits for somebody because steps of it failed, or are tried again and again, and the first of those steps was due so many days ago or earlier.',
  threshold: { ...DAYS, usual: 3 },
  usuallyOn: true,
  proposes: 'attest',
  allows: [],
  find({ openCase }, { nowMs, threshold }) {
    if (openCase?.needsAttention !== true) return [];
    const stuck = openCase.steps.filter(({ status }) => status === 'failed' || status === 'retrying');
    const dueAtMs = Math.min(...stuck.map((step) => step.dueAtMs ?? Infinity));
    if (dueAtMs === Infinity) return [];
    const value = daysBetween(dueAtMs, nowMs);
    if (value < threshold) return [];
    const steps = stuck.map(({ key }) => key);
    return [{ value, about: openCase.id, evidence: { ...evidenceOf(openCase), dueAtMs, steps } }];
  },
  explain: ({ value, evidence: { caseKind } }, threshold) =>
    `A ${inWords(caseKind)} has been stuck at a step that was due ${value} days ago; ${fromDays(threshold)}`,
};

export const purgeWaiting: ReviewRule = {
  name: 'purge_waiting',
  title: 'Deletion not approved',
  description:
    'The gate before the deletion of an account has been due for so many days, and nobody let it pass. Found of departures and deletions.',
  threshold: { ...DAYS, usual: 30 },
  usuallyOn: true,
  proposes: 'attest',
  allows: [],
  find({ openCase, person }, { nowMs, threshold }) {
    if (openCase === undefined || openCase.undoing === true) return [];
    const gates = openCase.plan.steps.filter(isPurgeGate).map(({ key }) => key);
    const gate = openCase.steps.find(({ key, status }) => gates.includes(key) && !isSettled(status));
    if (gate?.dueAtMs === undefined) return [];
    const value = daysBetween(gate.dueAtMs, nowMs);
    if (value < threshold) return [];
    const onLegalHold = person?.legalHold !== undefined;
    const evidence = { ...evidenceOf(openCase), dueAtMs: gate.dueAtMs, onLegalHold };
    return [{ value, about: openCase.id, evidence }];
  },
  explain: ({ value, evidence: { onLegalHold } }, threshold) =>
    `The account could have been deleted ${value} days ago${onLegalHold === true ? ', but for a legal hold' : ''}; ${fromDays(threshold)}`,
};

/** A deletion is no decision here: the departure is open, and nobody has two cases. Its own gate deletes. */
export const retainedYearly: ReviewRule = {
  name: 'retained_yearly',
  title: 'Retained for a year',
  description:
    'The account of somebody who left is retained, and they left so many days ago or earlier: somebody looks once a year whether it still has to be. It is deleted through the gate of its departure, which is open.',
  threshold: { ...DAYS, usual: 365 },
  usuallyOn: true,
  proposes: 'keep',
  allows: [],
  find({ openCase }, { nowMs, threshold }) {
    if (openCase?.kind !== 'departure' || openCase.undoing === true) return [];
    const { outcome } = openCase.request;
    if (outcome?.kind !== 'retain') return [];
    const { leaveAtMs } = openCase.plan;
    const value = daysBetween(leaveAtMs, nowMs);
    if (value < threshold) return [];
    const evidence = { ...evidenceOf(openCase), leftAtMs: leaveAtMs, retainedUntil: outcome.until };
    return [{ value, about: openCase.id, evidence }];
  },
  explain: ({ value, evidence: { retainedUntil } }, threshold) =>
    `The account is retained until ${String(retainedUntil)}; its owner left ${value} days ago; ${fromDays(threshold)}`,
};

function evidenceOf({ id, kind }: CaseRecord) {
  return { caseId: id, caseKind: kind };
}

function inWords(caseKind: unknown): string {
  return typeof caseKind === 'string' ? caseKind.replace('_', ' ') : 'case';
}
