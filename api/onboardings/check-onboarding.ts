import type { OnboardingRequest } from '../../shared/domain/onboarding.ts';
import type { Organisation } from '../../shared/domain/organisation.ts';
import type { OnboardingProcedure } from '../../shared/domain/planner/onboarding-procedure.ts';
import type { OnboardingWarning } from '../../shared/domain/planner/onboarding/plan-input.ts';
import { ONBOARDING_PROCEDURES } from '../../shared/domain/procedure/kinds/onboarding.ts';
import type { AccountTemplate } from '../../shared/domain/template.ts';
import type { ApiContext } from '../api-context.ts';
import { addressField } from '../http/fields.ts';
import { Problem } from '../http/problem.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { assertAddresses } from '../people/check-addresses.ts';
import { assertEndsOn } from '../people/check-ends-on.ts';
import { assertReferences } from '../people/check-person.ts';
import { assertTargets } from '../people/check-targets.ts';
import type { WantedNames } from '../people/name-person.ts';
import type { WantedPerson } from '../people/new-person.ts';
import { USUAL_ACCOUNT } from '../people/person-fields.ts';
import { procedureInForce } from '../procedures/find-procedure.ts';
import { assertFirstDay } from './check-first-day.ts';
import type { OnboardingFields } from './onboarding-fields.ts';

export interface CheckedOnboarding {
  readonly organisation: Organisation;
  readonly template?: AccountTemplate;
  /** Who comes, with what the template gives filled in. */
  readonly newcomer: WantedNames & WantedPerson;
  /** All of what was asked for but whose it is. */
  readonly request: Omit<OnboardingRequest, 'personId'>;
  /** The version in force. */
  readonly procedure: OnboardingProcedure;
  readonly warnings: readonly OnboardingWarning[];
}

/** Everything that can be wrong with an onboarding, before anything is written. Throws a `Problem` that names the field. */
export async function checkOnboarding(
  context: ApiContext,
  orgId: string,
  wanted: OnboardingFields,
): Promise<CheckedOnboarding> {
  const organisation = await organisationOf(context, orgId);
  const procedure = await procedureInForce(context, organisation, ONBOARDING_PROCEDURES);
  const template = await templateOf(context, orgId, wanted.template);
  const newcomer = withTemplate(wanted, template);
  assertAddresses(organisation, newcomer);
  assertTargets(context, newcomer.targets);
  await assertReferences(context, orgId, newcomer);
  const manager = await managerOf(context, orgId, newcomer.managerId);
  const when = {
    firstDay: wanted.firstDay,
    startTime: wanted.startTime ?? procedure.startTime,
    timeZone: wanted.timeZone ?? organisation.timeZone,
  };
  assertFirstDay(context, when);
  assertEndsOn(context, wanted.endsOn, { timeZone: when.timeZone, from: when.firstDay });
  const noticePossible = manager !== undefined || organisation.notificationAddresses.length > 0;
  assertWelcome(wanted, noticePossible);
  const { endsOn, note } = wanted;
  return {
    organisation,
    ...(template === undefined ? {} : { template }),
    newcomer,
    request: {
      ...when,
      createDaysBefore: wanted.createDaysBefore ?? procedure.createDaysBefore,
      ...(template === undefined ? {} : { template: template.name }),
      groups: newcomer.groups,
      lists: wanted.lists ?? template?.lists ?? [],
      credentials: credentialsOf(wanted, organisation),
      ...(endsOn === undefined ? {} : { endsOn }),
      ...(note === undefined ? {} : { note }),
    },
    procedure,
    // Whoever is to hear of a failure was never named.
    warnings: organisation.notificationAddresses.length === 0 ? ['NO_NOTIFICATION_ADDRESS'] : [],
  };
}

/** The way in goes where the person can read it before it was used. Asked again once the address was made. */
export function assertReadable(
  { to }: OnboardingFields['credentials'],
  own: readonly (string | undefined)[],
): void {
  if (to !== undefined && own.includes(to))
    throw new Problem('WELCOME_UNREADABLE', { field: '/credentials/to' });
}

async function templateOf(
  { repositories }: ApiContext,
  orgId: string,
  name: string | undefined,
): Promise<AccountTemplate | undefined> {
  if (name === undefined) return undefined;
  const found = await repositories.templates.get(orgId, name);
  if (found === undefined) throw new Problem('TEMPLATE_UNKNOWN', { field: '/template' });
  return found;
}

/** What is given counts more than the template, and the template more than what is usual. */
function withTemplate(wanted: OnboardingFields, template: AccountTemplate | undefined) {
  const department = wanted.department ?? template?.department;
  return {
    ...wanted,
    accountRole: wanted.accountRole ?? template?.accountRole ?? USUAL_ACCOUNT.accountRole,
    quotaBytes: wanted.quotaBytes ?? template?.quotaBytes ?? USUAL_ACCOUNT.quotaBytes,
    groups: wanted.groups ?? [...(template?.groups ?? USUAL_ACCOUNT.groups)],
    ...(department === undefined ? {} : { department }),
  };
}

async function managerOf(context: ApiContext, orgId: string, managerId: string | undefined) {
  if (managerId === undefined) return undefined;
  const manager = await context.repositories.people.get(orgId, managerId);
  if (manager?.status === 'leaving' || manager?.status === 'departed')
    throw new Problem('MANAGER_INACTIVE', { field: '/managerId' });
  return manager;
}

function assertWelcome(wanted: OnboardingFields, noticePossible: boolean): void {
  const { credentials, privateContact, address, aliases } = wanted;
  assertReadable(credentials, [address, ...aliases]);
  const isReachable = credentials.to !== undefined || addressField.safeParse(privateContact).success;
  if (!isReachable && !noticePossible)
    throw new Problem('WELCOME_RECIPIENT_MISSING', { field: '/credentials' });
}

function credentialsOf(
  { credentials: { kind, to }, locale }: OnboardingFields,
  organisation: Organisation,
): OnboardingRequest['credentials'] {
  const where = to === undefined ? {} : { to };
  return kind === 'setup_link'
    ? { kind, ...where }
    : { kind, ...where, locale: locale ?? organisation.locale };
}
