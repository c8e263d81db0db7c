import { expect } from '@jest/globals';
import type { CaseRecord, StepView } from '../../../shared/domain/case-record.ts';
import type { CaseKind, StepStatus } from '../../../shared/domain/case-states.ts';
import type { Organisation } from '../../../shared/domain/organisation.ts';
import type { Person } from '../../../shared/domain/person.ts';
import type { PlannedStep } from '../../../shared/domain/plan.ts';
import type { AccountFacts } from '../../../shared/domain/reviews/account-facts.ts';
import type { Found, ReviewSubject, RuleFacts } from '../../../shared/domain/reviews/review-rule.ts';
import type { RuleName } from '../../../shared/domain/reviews/rule-names.ts';
import { ruleNamed } from '../../../shared/domain/reviews/rules/all-rules.ts';
import type { AccountTemplate } from '../../../shared/domain/template.ts';
import { transliteration } from '../../../shared/platform/transliteration.ts';
import { plannedDeparture } from '../domain/sample-plan.ts';

export const NOW_MS = Date.UTC(2030, 0, 1);
export const DAY_MS = 86_400_000;
export const daysAgo = (days: number): number => NOW_MS - days * DAY_MS;

export const ORGANISATION: Organisation = {
  ...{ id: 'org_1', rev: 1, name: 'Harbour', domains: ['harbour.example'], timeZone: 'Europe/Zurich' },
  ...{ country: 'CH', locale: 'en', leaveTime: '17:30', quarantineMonths: 12, notificationAddresses: [] },
  guardLimits: { floor: 5, sharePercent: 10, ceiling: 50 },
};

export function somebody(overrides: Partial<Person> = {}): Person {
  return {
    ...{ id: 'per_1', orgId: 'org_1', rev: 1, generation: 1, status: 'active', createdAtMs: daysAgo(900) },
    ...{ firstName: 'Ada', lastName: 'Byron', address: 'ada.byron@harbour.example', aliases: [] },
    ...{ domain: 'harbour.example', accountRole: 'user', quotaBytes: 1_000, groups: [], protected: false },
    accounts: [{ target: 'directory', accountId: 'acc_1' }],
    ...overrides,
  };
}

export function account(overrides: Partial<AccountFacts> = {}): AccountFacts {
  return {
    ...{ target: 'directory', accountId: 'acc_1', address: 'ada.byron@harbour.example', aliases: [] },
    ...{ service: false, status: 'active', role: 'user', groups: [], lists: [] },
    ...{ quotaBytes: 1_000, usedBytes: 0, forwards: [] },
    ...overrides,
  };
}

export function templateOf(overrides: Partial<AccountTemplate> = {}): AccountTemplate {
  return {
    ...{ orgId: 'org_1', rev: 1, name: 'sales', groups: [], lists: [], aliasConventions: [] },
    ...overrides,
  };
}

/** `person: undefined`: accounts of nobody. */
type Given = Partial<Omit<ReviewSubject, 'person'>> & { readonly person?: Person | undefined };

/** Somebody with one account, unless told otherwise. */
function subject(given: Given): ReviewSubject {
  const { person, ...rest } = { person: somebody(), ...given };
  return { accounts: [account()], missing: [], ...rest, ...(person === undefined ? {} : { person }) };
}

interface CaseOverrides {
  readonly kind?: CaseKind;
  readonly needsAttention?: boolean;
  readonly undoing?: boolean;
  readonly leaveAtMs?: number;
  readonly retainedUntil?: string;
  /** By the keys of the plan; the others wait. */
  readonly steps?: Readonly<Record<string, { readonly status?: StepStatus; readonly dueAtMs?: number }>>;
}

/** An open case with the steps of a departure. */
export function openCase(overrides: CaseOverrides = {}): CaseRecord {
  const { kind = 'departure', retainedUntil, steps = {}, leaveAtMs = NOW_MS } = overrides;
  const { plan } = plannedDeparture();
  const view = ({ key }: PlannedStep): StepView => ({ key, status: 'waiting', round: 1, ...steps[key] });
  return {
    ...{ id: 'cas_1', orgId: 'org_1', rev: 1, personId: 'per_1', generation: 1, requestedBy: 'own_hr' },
    ...{ requestedAtMs: NOW_MS, engine: 'started', workflowId: 'wf', state: 'running', sequence: 1, kind },
    needsAttention: overrides.needsAttention ?? false,
    ...(overrides.undoing === undefined ? {} : { undoing: overrides.undoing }),
    plan: { ...plan, leaveAtMs },
    steps: plan.steps.map(view),
    request: {
      ...(retainedUntil === undefined ? {} : { outcome: { kind: 'retain', until: retainedUntil } }),
    },
  } as unknown as CaseRecord;
}

function facts(rule: RuleName, overrides: Partial<RuleFacts> = {}): RuleFacts {
  return {
    ...{ nowMs: NOW_MS, organisation: ORGANISATION, transliteration, departments: [], templates: [] },
    threshold: ruleNamed(rule).threshold?.usual ?? 0,
    ...overrides,
  };
}

/** What a rule finds, by its usual threshold. Whatever it finds it can explain, in plain JSON and without a name. */
export function find(rule: RuleName, of: Given = {}, by: Partial<RuleFacts> = {}): readonly Found[] {
  const [given, judgedBy] = [subject(of), facts(rule, by)];
  const found = ruleNamed(rule).find(given, judgedBy);
  for (const one of found) {
    const sentence = ruleNamed(rule).explain(one, ruleNamed(rule).threshold?.usual);
    expect(sentence).toMatch(/^[A-Z0-9].*\.$/u);
    expect(sentence).not.toMatch(/undefined|NaN|Ada|Byron|\[object/u);
    expect(JSON.parse(JSON.stringify(one))).toStrictEqual(one);
  }
  return found;
}

/** The values that a rule found. */
export function values(
  rule: RuleName,
  of: Given = {},
  by: Partial<RuleFacts> = {},
): readonly Found['value'][] {
  return find(rule, of, by).map(({ value }) => value);
}
