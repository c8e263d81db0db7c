import { allowedKinds } from '../../../shared/domain/reviews/decide.ts';
import type { Decider, Decision } from '../../../shared/domain/reviews/decision.ts';
import type { Finding, FindingAction } from '../../../shared/domain/reviews/finding.ts';
import { ruleNamed } from '../../../shared/domain/reviews/rules/all-rules.ts';
import { fullNameOf, type Person } from '../../../shared/domain/person.ts';
import type { ApiContext } from '../../api-context.ts';
import { utc } from '../../http/instants.ts';
import { sentenceOfRefusal } from './sentence-of-refusal.ts';
import { shownEvidence } from './shown-evidence.ts';

/** Findings as the API shows them, with the people they are about and those who are asked. */
export async function findingViews(
  { repositories }: Pick<ApiContext, 'repositories'>,
  orgId: string,
  findings: readonly Finding[],
) {
  const ids = findings.flatMap(({ personId, reviewerId }) => [personId, reviewerId]);
  const known = [...new Set(ids.filter((id) => id !== undefined))];
  const people = new Map((await repositories.people.getMany(orgId, known)).map((one) => [one.id, one]));
  return findings.map((finding) => findingView(finding, people));
}

function findingView(finding: Finding, people: ReadonlyMap<string, Person>) {
  const { id, reviewId, value, threshold, about, account, proposes, state, needsSecond } = finding;
  const { personId, reviewerId, decision, action } = finding;
  const rule = ruleNamed(finding.rule);
  return {
    ...{ id, reviewId, rule: rule.name, title: rule.title, sentence: rule.explain(finding, threshold) },
    ...{ value, ...(threshold === undefined ? {} : { threshold }) },
    evidence: shownEvidence(finding.evidence),
    ...(personId === undefined ? {} : { person: personOf(personId, people) }),
    ...(account === undefined ? {} : { account }),
    ...(about === undefined ? {} : { about }),
    ...{ proposes, allows: allowedKinds(rule), needsSecond, state },
    ...(reviewerId === undefined ? {} : { reviewer: reviewerOf(reviewerId, people) }),
    ...(decision === undefined ? {} : { decision: decisionView(decision) }),
    ...(action === undefined ? {} : { action: actionView(action) }),
    foundAt: utc(finding.foundAtMs),
  };
}

function personOf(id: string, people: ReadonlyMap<string, Person>) {
  const person = people.get(id);
  if (person === undefined) return { id };
  const { address, department } = person;
  return { id, name: fullNameOf(person), address, ...(department === undefined ? {} : { department }) };
}

function reviewerOf(id: string, people: ReadonlyMap<string, Person>) {
  const reviewer = people.get(id);
  return { id, ...(reviewer === undefined ? {} : { name: fullNameOf(reviewer) }) };
}

/** A typed name has done its duty, and scopes are nobody's business. */
function decisionView(decision: Decision) {
  const { kind, reason, by, second, atMs } = decision;
  return {
    ...{ kind, reason, by: deciderView(by), at: utc(atMs) },
    ...(decision.kind === 'keep' ? { until: decision.until } : {}),
    ...(decision.kind === 'attest' ? { proof: decision.proof } : {}),
    ...(decision.kind === 'change_role' ? { role: decision.role } : {}),
    ...(decision.kind === 'start_departure' && decision.lastDay !== undefined
      ? { lastDay: decision.lastDay }
      : {}),
    ...(second === undefined ? {} : { second: { ...deciderView(second), at: utc(second.atMs) } }),
  };
}

function deciderView({ ownerId, personId, via }: Decider) {
  return { ownerId, ...(personId === undefined ? {} : { personId }), via };
}

function actionView(action: FindingAction) {
  const { disableAtMs, warned, startedAtMs, caseId, provenAtMs, withdrawnFor, fault } = action;
  return {
    ...(disableAtMs === undefined ? {} : { disableAt: utc(disableAtMs) }),
    ...(warned === undefined ? {} : { warned }),
    ...(startedAtMs === undefined ? {} : { startedAt: utc(startedAtMs) }),
    ...(caseId === undefined ? {} : { caseId }),
    ...(provenAtMs === undefined ? {} : { provenAt: utc(provenAtMs) }),
    ...(withdrawnFor === undefined ? {} : { withdrawnFor }),
    ...(fault === undefined
      ? {}
      : {
          fault: { code: fault.code, sentence: sentenceOfRefusal(fault.code), at: utc(fault.atMs) },
        }),
  };
}
