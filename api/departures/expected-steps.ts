import type { AccountView } from '../../directory/account-view.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { Plan, PlannedStep } from '../../shared/domain/plan.ts';
import {
  expectedCalls,
  OWN_KEY_CALL,
  type AccountFacts,
} from '../../shared/domain/planner/expected-calls.ts';
import { simulatedInstants } from '../../shared/domain/planner/simulated-instants.ts';
import { everyApiKey, isUsableKey, keysOfPerson } from '../../shared/platform/persistence/every-api-key.ts';
import type { ApiContext } from '../api-context.ts';
import { factsOf } from './account-facts.ts';
import { belongingFacts } from './belonging-facts.ts';

/** A step of a plan with the instant and the calls it will have if nothing gets in between. */
export interface ExpectedStep {
  readonly step: PlannedStep;
  readonly atMs: number;
  readonly calls: readonly { readonly target: string; readonly operation: string }[];
}

/** `more`: what else a plan of this kind has to know of an account. */
export async function expectedSteps(
  context: ApiContext,
  person: Person,
  plan: Plan,
  more: FactsOfKind = () => ({}),
): Promise<readonly ExpectedStep[]> {
  const accounts = await accountsOf(context, person, more);
  const first = person.accounts[0]?.target;
  const instants = simulatedInstants(plan);
  return plan.steps.map((step) => {
    const account = accounts.find(({ target }) => target === (step.params['target'] ?? first));
    return {
      step,
      atMs: instants.get(step.key) ?? plan.leaveAtMs,
      // What a person does by hand is no call.
      calls: account === undefined || step.manual === true ? [] : callsOf(step, account),
    };
  });
}

function callsOf(step: PlannedStep, { target, facts }: KnownAccount): ExpectedStep['calls'] {
  return expectedCalls(step.kind, facts).map((operation) => ({
    target: operation === OWN_KEY_CALL ? 'gangway' : target,
    operation,
  }));
}

type FactsOfKind = (account: AccountView) => Partial<AccountFacts>;

interface KnownAccount {
  readonly target: string;
  readonly facts: AccountFacts;
}

/** The accounts as they stand now, on the targets that can be asked from here. */
async function accountsOf(
  context: ApiContext,
  person: Person,
  more: FactsOfKind,
): Promise<readonly KnownAccount[]> {
  const keys = keysOfPerson(await everyApiKey(context.repositories.apiKeys, person.orgId), person.id);
  const ownKeyCount = keys.filter((key) => isUsableKey(key, context.now())).length;
  const known: KnownAccount[] = [];
  for (const { target, accountId } of person.accounts) {
    const account = await context.directories[target]?.getAccount(person.orgId, accountId);
    if (account === undefined) continue;
    const belongings = await belongingFacts(context, person.orgId, { target, accountId });
    const facts = { ...factsOf(account, ownKeyCount), ...more(account) };
    known.push({ target, facts: belongings === undefined ? facts : { ...facts, belongings } });
  }
  return known;
}
