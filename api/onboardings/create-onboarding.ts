import { isOfKind, type CaseOf } from '../../shared/domain/case-record.ts';
import type { OnboardingWarning } from '../../shared/domain/planner/onboarding/plan-input.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import { caseView } from '../cases/case-view.ts';
import { startCase, writeCase } from '../cases/open-case.ts';
import type { Answer, Call } from '../http/call.ts';
import { idempotently, type Attempt } from '../http/idempotency.ts';
import { noteCase } from '../http/observe-requests.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { allows } from '../http/scopes.ts';
import { madeAddressView } from '../naming/address-view.ts';
import { conventionWarnings } from '../naming/convention-warnings.ts';
import { personView } from '../people/person-view.ts';
import { personOr404 } from '../people/person-or-404.ts';
import { checkOnboarding, type CheckedOnboarding } from './check-onboarding.ts';
import { makeNewcomer, personIdOf } from './make-newcomer.ts';
import { onboardingFields } from './onboarding-fields.ts';
import { planOfOnboarding } from './plan-of-onboarding.ts';

/**
 * Takes an onboarding: claims the names, makes the person without an account, writes the case, starts its workflow. Repeated with
 * the same key it goes on where it stopped; what was never repeated is cleared away (`clear-given-up.ts`).
 */
export async function createOnboarding(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(onboardingFields, call.body);
  assertMayMakePeople(call);
  const options = { required: false, subjectId: newId('cas') };
  return idempotently(context, call, options, async (attempt) => {
    const { subjectId: caseId } = attempt;
    noteCase(caseId);
    const { orgId } = call.actor;
    const written = await context.repositories.cases.get(orgId, caseId);
    if (written !== undefined && isOfKind(written, 'onboarding'))
      return answer(context, await startCase(context, written), { warnings: [] });
    const checked = await checkOnboarding(context, orgId, wanted);
    const { record, told } = await writeOnboarding(context, call, checked, attempt);
    return answer(context, await startCase(context, record), {
      namingWarnings: conventionWarnings(context, checked.organisation, wanted),
      ...told,
    });
  });
}

/** An onboarding makes somebody, who gets an account. */
export function assertMayMakePeople({ actor }: Call): void {
  if (!allows(actor.key.scopes, 'people:write'))
    throw new Problem('SCOPE_MISSING', { detail: 'This needs the scope people:write as well.' });
}

/** What the answer says besides the case and the person. */
interface Told {
  readonly naming?: ReturnType<typeof madeAddressView>;
  readonly namingWarnings?: ReturnType<typeof conventionWarnings>;
  readonly aliasesLeftOut?: readonly string[];
  readonly warnings: readonly OnboardingWarning[];
}

async function writeOnboarding(
  context: ApiContext,
  call: Call,
  checked: CheckedOnboarding,
  attempt: Attempt,
): Promise<{ readonly record: CaseOf<'onboarding'>; readonly told: Told }> {
  const { organisation, procedure } = checked;
  const { person, made, aliasesLeftOut } = await makeNewcomer(context, checked, attempt);
  const request = { ...checked.request, personId: person.id };
  const targets = person.accounts.map(({ target }) => target);
  const { plan, warnings } = planOfOnboarding(context, { person, organisation, request, targets, procedure });
  const { subjectId: caseId } = attempt;
  // Before the case: once that is written, a repeated request goes on behind it.
  await context.repositories.audit.append({
    id: auditId(person.orgId, 'person.created', person.id),
    ...{ orgId: person.orgId, personId: person.id, caseId, actorId: call.actor.ownerId },
    ...{ action: 'person.created', atMs: context.now(), detail: {} },
  });
  const record = await writeCase<'onboarding'>(context, call, caseId, {
    ...{ kind: 'onboarding', person, request, plan, passesGuard: false },
  });
  return {
    record,
    told: {
      ...(made === undefined ? {} : { naming: madeAddressView(organisation, made) }),
      ...(aliasesLeftOut === undefined ? {} : { aliasesLeftOut }),
      warnings: [...checked.warnings, ...warnings],
    },
  };
}

async function answer(context: ApiContext, record: CaseOf<'onboarding'>, told: Told): Promise<Answer> {
  const person = await personOr404(context, record.orgId, personIdOf(record.id));
  return {
    status: 202,
    // Without a tag: the workflow speaks of itself in a moment, and the revision is another.
    headers: { Location: `/v1/cases/${record.id}` },
    body: { ...caseView(record, [], context.calendar), person: personView(person), ...told },
  };
}
