import { lostAddresses } from '../../../shared/domain/people/account-profile.ts';
import type { FieldValues, OpenChange } from '../../../shared/domain/people/open-change.ts';
import { domainOf } from '../../../shared/domain/naming/address-limits.ts';
import type { Person } from '../../../shared/domain/person.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import type { ApiContext } from '../../api-context.ts';
import type { Answer, Call } from '../../http/call.ts';
import { assertMeant, conditionOf, etagOf, type Condition } from '../../http/etag.ts';
import { idempotently } from '../../http/idempotency.ts';
import { Problem } from '../../http/problem.ts';
import { inLine } from '../../naming/in-line.ts';
import { personView } from '../person-view.ts';
import { personOr404 } from '../person-or-404.ts';
import { restingOf } from './claim-change.ts';
import { isChanging, isEntered, settleChange, type Changing, type SecretAct } from './settle-change.ts';

const MAX_ATTEMPTS = 5;
const MOST_DECISIONS = 20;
/** A change this young may still be carried out by another process. */
export const STILL_RUNNING_MS = 10_000;

/** What is wanted of a person, for the revision it was decided on. */
export interface Wanted {
  /** `null` takes a field away. What is so already is no change. */
  readonly fields: FieldValues;
  readonly dropped?: OpenChange['dropped'];
}

export interface ChangeRequest {
  readonly personId: string;
  /** What is asked for, where it is not the body. */
  readonly asked?: unknown;
  /** Throws why not. Asked again where the person was changed in between. */
  decide(person: Person): Promise<Wanted>;
  /** What is changed and stored nowhere; repeated by every attempt. */
  readonly secret?: { readonly what: NonNullable<OpenChange['secret']>; readonly act: SecretAct };
  /** Whether another decision may help where this was refused: what it chose was taken by somebody else meanwhile. */
  mayDecideAgain?(refused: Problem): boolean;
  /** What the answer shows besides the person. */
  more?(): Readonly<Record<string, unknown>>;
  /** A member of the answer that is shown once. */
  readonly shownOnce?: string;
}

/**
 * Changes one person on every target, at once: what is wanted is written down first, then carried out, read back, and only then
 * told. Of several changes of one person each waits for the one before. A request that is repeated under its key goes on where it
 * stopped; a change that somebody left half done is brought to its end before another one begins.
 */
export async function changePerson(context: ApiContext, call: Call, request: ChangeRequest): Promise<Answer> {
  const condition = conditionOf(call);
  const { personId, asked, shownOnce } = request;
  const { orgId } = call.actor;
  const options = {
    ...{ required: false, subjectId: newId('per'), asked },
    ...(shownOnce === undefined ? {} : { withoutSecrets: (answer: Answer) => without(shownOnce, answer) }),
  };
  return idempotently(context, call, options, ({ updateId, earlierSinceMs }) =>
    inLine(`change ${orgId} ${personId}`, async () => {
      const change = { request, changeId: updateId };
      const left = await settleLeft(context, call, change);
      const known = earlierSinceMs !== undefined && (await isEntered(context, orgId, updateId));
      // Its own earlier attempt has used the tag up. A secret that nobody was told is made anew.
      if (left !== 'done' && (!known || request.secret !== undefined))
        await carryOut(context, call, known ? change : { ...change, condition });
      const person = await personOr404(context, orgId, personId);
      const body = { ...personView(person), ...request.more?.() };
      return { status: 200, headers: { ETag: etagOf(person.rev) }, body };
    }),
  );
}

interface Change {
  readonly request: ChangeRequest;
  readonly changeId: string;
  readonly condition?: Condition | undefined;
}

/**
 * Ends what an earlier request left: this one's own earlier attempt at once, somebody else's when it surely runs no more. `done`:
 * it was this one's own, and is carried out now.
 */
async function settleLeft(
  context: ApiContext,
  call: Call,
  { request, changeId }: Change,
): Promise<'done' | undefined> {
  const person = await personOr404(context, call.actor.orgId, request.personId);
  if (!isChanging(person)) return undefined;
  const { id, atMs } = person.openChange;
  if (id !== changeId && context.now() - atMs < STILL_RUNNING_MS) throw underWay();
  const refused = await settleChange(context, person, id === changeId ? request.secret?.act : undefined);
  if (refused?.code === 'CHANGE_UNSETTLED') throw refused;
  return id === changeId && refused === undefined ? 'done' : undefined;
}

function underWay(): Problem {
  return new Problem('CONCURRENT_CHANGE', { headers: { 'Retry-After': String(STILL_RUNNING_MS / 1000) } });
}

async function carryOut(context: ApiContext, call: Call, change: Change): Promise<void> {
  const { request, changeId, condition } = change;
  for (let decision = 1; ; decision += 1) {
    // The first decision has taken the revision that the caller named.
    const named = decision === 1 ? { condition } : {};
    const changing = await begin(context, call, { request, changeId, ...named });
    const refused = changing && (await settleChange(context, changing, request.secret?.act));
    if (refused === undefined) return;
    if (decision === MOST_DECISIONS || request.mayDecideAgain?.(refused) !== true) throw refused;
  }
}

/** Writes down what is wanted, over the very revision it was decided on. `undefined`: it is so already. */
async function begin(
  context: ApiContext,
  call: Call,
  { request, changeId: id, condition }: Change,
): Promise<Changing | undefined> {
  const { orgId, ownerId: actorId } = call.actor;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const person = await personOr404(context, orgId, request.personId);
    assertMeant(condition, person.rev);
    // Another process was quicker: its change is not written over.
    if (isChanging(person)) throw underWay();
    const { fields, dropped } = await request.decide(person);
    const { before, after } = differenceOf(person, fields);
    if (request.secret === undefined && Object.keys(after).length === 0) return undefined;
    const resting = await restingOf(context, person, lostAddresses(person, after, before));
    const openChange: OpenChange = {
      ...{ id, actorId, atMs: context.now(), direction: 'forward', before, after },
      ...(request.secret === undefined ? {} : { secret: request.secret.what }),
      ...(dropped === undefined ? {} : { dropped }),
      ...(resting.length === 0 ? {} : { resting }),
    };
    const begun = await context.repositories.people.update(orgId, person.id, person.rev, { openChange });
    if (begun !== undefined) return { ...begun, openChange };
  }
  throw new Problem('CONCURRENT_CHANGE');
}

/** Those fields that really change. An address brings its domain. */
function differenceOf(person: Person, fields: FieldValues): Pick<OpenChange, 'before' | 'after'> {
  const { address } = fields;
  const wanted = typeof address === 'string' ? { ...fields, domain: domainOf(address) } : fields;
  const known = (field: string) => (person as unknown as FieldValues)[field] ?? null;
  const differing = Object.entries(wanted).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(known(field)),
  );
  return {
    before: Object.fromEntries(differing.map(([field]) => [field, known(field)])),
    after: Object.fromEntries(differing),
  };
}

function without(member: string, answer: Answer): Answer {
  const { [member]: _secret, ...body } = answer.body as Readonly<Record<string, unknown>>;
  return { ...answer, body };
}
