import { ITSELF } from '../../../shared/domain/ids.ts';
import { fullNameOf, type AccountRef, type Person } from '../../../shared/domain/person.ts';
import type { Decider, Decision } from '../../../shared/domain/reviews/decision.ts';
import type { Finding, FindingState, WithdrawalReason } from '../../../shared/domain/reviews/finding.ts';
import { isOpenRisk } from '../../../shared/domain/reviews/open-risk.ts';
import { ruleNamed } from '../../../shared/domain/reviews/rules/all-rules.ts';
import { utc } from './summary.ts';

/** Who is called what. */
export interface Names {
  readonly people: ReadonlyMap<string, Person>;
  /** Of keys, by their owner. */
  readonly owners: ReadonlyMap<string, string>;
}

export interface NamedPerson {
  readonly id: string;
  readonly name?: string;
  readonly address?: string;
}

export interface NamedDecider {
  readonly ownerId: string;
  readonly personId?: string;
  readonly name?: string;
  readonly via: Decider['via'];
}

export interface ReportedDecision {
  readonly kind: Decision['kind'];
  /** What was decided besides its kind: a day, a role, a proof, a name. */
  readonly detail?: string;
  readonly reason: string;
  readonly by: NamedDecider;
  readonly at: string;
  readonly second?: NamedDecider & { readonly at: string };
}

/** A finding, who decided about it, and what became of that. Instants are UTC. */
export interface ReportedFinding {
  readonly id: string;
  readonly rule: Finding['rule'];
  readonly title: string;
  readonly person?: NamedPerson;
  readonly account?: AccountRef;
  readonly about?: string;
  readonly value: number | string;
  readonly threshold?: number;
  readonly explanation: string;
  readonly evidence: Finding['evidence'];
  readonly proposes: Finding['proposes'];
  readonly reviewer?: NamedPerson;
  readonly foundAt: string;
  readonly state: FindingState;
  readonly openRisk: boolean;
  readonly decision?: ReportedDecision;
  readonly warnedDaysBefore?: readonly number[];
  readonly caseId?: string;
  readonly provenAt?: string;
  /** Why nothing came of it. */
  readonly withdrawnFor?: WithdrawalReason;
  readonly fault?: string;
}

export function reportedFinding(finding: Finding, names: Names): ReportedFinding {
  const { id, rule, personId, account, about, value, threshold, evidence } = finding;
  const { proposes, reviewerId, foundAtMs, state, decision, action = {} } = finding;
  const theRule = ruleNamed(rule);
  const { warned, caseId, provenAtMs, withdrawnFor, fault } = action;
  return {
    ...{ id, rule, title: theRule.title },
    ...(personId === undefined ? {} : { person: named(names, personId) }),
    ...(account === undefined ? {} : { account }),
    ...(about === undefined ? {} : { about }),
    value,
    ...(threshold === undefined ? {} : { threshold }),
    ...{ explanation: theRule.explain(finding, threshold), evidence, proposes },
    ...(reviewerId === undefined ? {} : { reviewer: named(names, reviewerId) }),
    ...{ foundAt: utc(foundAtMs), state, openRisk: isOpenRisk(finding) },
    ...(decision === undefined ? {} : { decision: reportedDecision(decision, names) }),
    ...(warned === undefined ? {} : { warnedDaysBefore: warned }),
    ...(caseId === undefined ? {} : { caseId }),
    ...(provenAtMs === undefined ? {} : { provenAt: utc(provenAtMs) }),
    ...(withdrawnFor === undefined ? {} : { withdrawnFor }),
    ...(fault === undefined ? {} : { fault: fault.code }),
  };
}

function reportedDecision(decision: Decision, names: Names): ReportedDecision {
  const { kind, reason, by, atMs, second } = decision;
  const detail = detailOf(decision);
  return {
    kind,
    ...(detail === undefined ? {} : { detail }),
    ...{ reason, by: namedDecider(names, by), at: utc(atMs) },
    ...(second === undefined ? {} : { second: { ...namedDecider(names, second), at: utc(second.atMs) } }),
  };
}

function detailOf(decision: Decision): string | undefined {
  switch (decision.kind) {
    case 'keep':
      return decision.until;
    case 'attest':
      return decision.proof;
    case 'change_role':
      return decision.role;
    case 'start_departure':
      return decision.lastDay;
    case 'start_deletion':
      return decision.typedName;
    default:
      return undefined;
  }
}

function named({ people }: Names, id: string): NamedPerson {
  const person = people.get(id);
  return person === undefined ? { id } : { id, name: fullNameOf(person), address: person.address };
}

/** A person by their own name; the owner of a key by what the key was given. */
function namedDecider({ people, owners }: Names, { ownerId, personId, via }: Decider): NamedDecider {
  const person = personId === undefined ? undefined : people.get(personId);
  const own = ownerId === ITSELF ? 'Gangway' : owners.get(ownerId);
  const name = person === undefined ? own : fullNameOf(person);
  return {
    ...(personId === undefined ? { ownerId } : { ownerId, personId }),
    ...(name === undefined ? { via } : { name, via }),
  };
}
