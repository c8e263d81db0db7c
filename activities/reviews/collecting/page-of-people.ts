import type { CaseRecord } from '../../../shared/domain/case-record.ts';
import { openCaseClaimId } from '../../../shared/domain/ids.ts';
import type { AccountRef, Person } from '../../../shared/domain/person.ts';
import type { AccountFacts } from '../../../shared/domain/reviews/account-facts.ts';
import type { ReviewScope } from '../../../shared/domain/reviews/review-definition.ts';
import type { ReviewSubject } from '../../../shared/domain/reviews/review-rule.ts';
import type { Review } from '../../../shared/domain/reviews/review.ts';
import type { AccountTemplate } from '../../../shared/domain/template.ts';
import type { Repositories } from '../../../shared/platform/persistence/create-repositories.ts';
import { TargetUnavailable } from '../../ports/target-unavailable.ts';
import type { ReviewPorts } from '../review-ports.ts';

export interface SubjectPage {
  readonly subjects: readonly ReviewSubject[];
  /** The id of the last one that was looked at; absent: there is no further page. */
  readonly last?: string;
  /** How many were looked at. */
  readonly people: number;
  readonly accounts: number;
}

const PAGE = 500;

/** The next people of a review with all that rules look at, by a few queries for all of them. */
export async function pageOfPeople(
  ports: ReviewPorts,
  { orgId, terms }: Review,
  after: string | undefined,
): Promise<SubjectPage> {
  const { people: everybody } = ports.repositories;
  const people = await everybody.list(orgId, { after, limit: PAGE, ...filterOf(terms.scope) });
  const [accounts, cases, templates] = await Promise.all([
    accountsOf(ports, orgId, people),
    openCasesOf(ports.repositories, orgId, people),
    templatesOf(ports.repositories, orgId, people),
  ]);
  const last = people.length === PAGE ? people.at(-1)?.id : undefined;
  return {
    subjects: people.map((person) => subjectOf(person, accounts, cases, templates)),
    ...(last === undefined ? {} : { last }),
    people: people.length,
    accounts: [...accounts.values()].reduce((sum, ofTarget) => sum + ofTarget.size, 0),
  };
}

function filterOf(scope: ReviewScope) {
  if (scope.kind === 'department') return { department: scope.department };
  return scope.kind === 'administrators' ? { accountRole: 'administrator' as const } : {};
}

type Accounts = ReadonlyMap<string, ReadonlyMap<string, AccountFacts>>;

/** By target and id. */
async function accountsOf(
  { connectors }: ReviewPorts,
  orgId: string,
  people: readonly Person[],
): Promise<Accounts> {
  const refs = people.flatMap((person) => person.accounts);
  const targets = [...new Set(refs.map(({ target }) => target))];
  const read = targets.map(async (target) => {
    const connector = connectors[target];
    if (connector === undefined) throw new TargetUnavailable(`the target ${target} is not connected`);
    const ids = refs.flatMap((ref) => (ref.target === target ? [ref.accountId] : []));
    return [target, await connector(orgId).readMany(ids)] as const;
  });
  return new Map(await Promise.all(read));
}

/** By person. Few of a page have one. */
async function openCasesOf(
  { claims, cases }: Repositories,
  orgId: string,
  people: readonly Person[],
): Promise<ReadonlyMap<string, CaseRecord>> {
  const claimed = await claims.getMany(
    people.map(({ id }) => openCaseClaimId(orgId, id)),
    orgId,
  );
  const records = await Promise.all([...claimed.values()].map(({ holderId }) => cases.get(orgId, holderId)));
  return new Map(
    records.flatMap((record) =>
      record === undefined || record.closedAtMs !== undefined ? [] : [[record.personId, record] as const],
    ),
  );
}

/** By name. */
async function templatesOf(
  { templates }: Repositories,
  orgId: string,
  people: readonly Person[],
): Promise<ReadonlyMap<string, AccountTemplate>> {
  const names = [...new Set(people.flatMap(({ template }) => template ?? []))];
  const found = await Promise.all(names.map((name) => templates.get(orgId, name)));
  return new Map(found.flatMap((template) => (template === undefined ? [] : [[template.name, template]])));
}

function subjectOf(
  person: Person,
  accounts: Accounts,
  cases: ReadonlyMap<string, CaseRecord>,
  templates: ReadonlyMap<string, AccountTemplate>,
): ReviewSubject {
  const factsOf = ({ target, accountId }: AccountRef) => accounts.get(target)?.get(accountId);
  const template = person.template === undefined ? undefined : templates.get(person.template);
  const openCase = cases.get(person.id);
  return {
    person,
    accounts: person.accounts.flatMap((ref) => factsOf(ref) ?? []),
    missing: person.accounts.filter((ref) => factsOf(ref) === undefined),
    ...(template === undefined ? {} : { template }),
    ...(openCase === undefined ? {} : { openCase }),
  };
}
