import type { AccountRef } from '../../shared/domain/person.ts';
import type { StepKind } from '../../shared/domain/step-kinds.ts';
import { notApplicable, onAccount, readAccount } from '../steps/account-step.ts';
import type { AccountContext, StepDefinition, StepEffect } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';
import { evidenceOfUndone } from '../undo/before-state.ts';
import { CALENDARS, FILES, MEETINGS, type BelongingKind } from './belonging-kinds.ts';
import { whyNotWanted } from './why-not-wanted.ts';
import { recipientAccount } from './recipient.ts';
import { leavingRequestOf } from '../steps/leaving-request.ts';

interface Item {
  readonly id: string;
}

/** Gives everything of a kind to the recipient, or ends it, and reads on both sides that it is so. */
function handOverStep<T extends Item>(belongings: BelongingKind<T>): StepDefinition {
  return {
    kind: belongings.step,
    carryOut: (context) =>
      onAccount(context, belongings.operation, (account) => handOver(account, belongings)),
  };
}

async function handOver<T extends Item>(
  context: AccountContext,
  belongings: BelongingKind<T>,
): Promise<StepEffect> {
  const { connector, ref, theCase, input } = context;
  const { handover } = leavingRequestOf(theCase);
  if (handover === undefined) throw new StepFailed('CASE_OUTDATED');
  const notWanted = whyNotWanted(context, belongings.name);
  if (notWanted !== undefined) return notApplicable(context, notWanted);
  const ofLeaver = async () =>
    (await belongings.list(connector, ref)).filter((item) => belongings.mustGo(item, input.asOfMs));
  const found = await ofLeaver();
  const before = await intendToMove(context, belongings, found);
  const ids = [...new Set([...before, ...found.map(({ id }) => id)])];
  if (ids.length === 0) return { outcome: 'not_applicable', proof: { reason: 'nothing_to_hand_over' } };
  const ended = belongings.ends(handover);
  const owner = ended ? ref : await recipientAccount(context);
  const gone = await setAll(context, belongings, owner, { ids, ended });
  const left = await ofLeaver();
  const proven = await provenAt(context, belongings, owner, { ids, ended, gone });
  if (left.length > 0 || proven === undefined) throw new StepFailed('READ_BACK_MISMATCH');
  const result = ended ? 'ended' : 'handed_over';
  return {
    outcome: 'done',
    proof: {
      result,
      moved: ids,
      owner: owner.accountId,
      gone: [...gone],
      items: proven.map((item) => belongings.shown(item)),
    },
  };
}

/** The intent lists what the account owned: the basis of giving it back. */
async function intendToMove<T extends Item>(
  context: AccountContext,
  { name }: BelongingKind<T>,
  found: readonly T[],
): Promise<readonly string[]> {
  const account = await readAccount(context);
  const intent = await context.intend({ ...account, belongings: { [name]: found.map(({ id }) => id) } });
  return intent.before?.belongings?.[name] ?? [];
}

/** Gives those that no longer exist. Each write has a key of its own, as each is another effect. */
async function setAll<T extends Item>(
  { ports, connector, call }: AccountContext,
  belongings: BelongingKind<T>,
  owner: AccountRef,
  { ids, ended }: { readonly ids: readonly string[]; readonly ended: boolean },
): Promise<ReadonlySet<string>> {
  const gone = new Set<string>();
  for (const [index, id] of ids.entries()) {
    ports.heartbeat({ moved: index });
    const own = { ...call, effectKey: `${call.effectKey}:${id}` };
    const outcome = await belongings.set(connector, owner, { id, ended }, own);
    if (outcome.kind === 'changed' || outcome.kind === 'already') continue;
    if (outcome.reason === 'no_such_item') gone.add(id);
    else if (outcome.reason === 'no_such_account') throw new StepFailed('RECIPIENT_UNAVAILABLE');
    else throw new StepFailed('TARGET_REFUSED');
  }
  return gone;
}

/** What the owner really has of these now; `undefined` when one is missing, or not as wanted. */
async function provenAt<T extends Item>(
  { connector }: AccountContext,
  belongings: BelongingKind<T>,
  owner: AccountRef,
  wanted: { readonly ids: readonly string[]; readonly ended: boolean; readonly gone: ReadonlySet<string> },
): Promise<readonly T[] | undefined> {
  const owned = new Map((await belongings.list(connector, owner)).map((item) => [item.id, item]));
  const proven: T[] = [];
  for (const id of wanted.ids.filter((one) => !wanted.gone.has(one))) {
    const item = owned.get(id);
    if (item === undefined || belongings.isEnded(item) !== wanted.ended) return undefined;
    proven.push(item);
  }
  return proven;
}

/** Gives back to the leaver what the undone step took, whoever has it now; what was deleted since stays away. */
function returnStep<T extends Item>(kind: StepKind, belongings: BelongingKind<T>): StepDefinition {
  return {
    kind,
    async carryOut(context) {
      const undone = await evidenceOfUndone(context);
      const moved = (undone?.proof?.['moved'] ?? []) as readonly string[];
      const ids = [...new Set([...(undone?.before?.belongings?.[belongings.name] ?? []), ...moved])];
      if (ids.length === 0) return notApplicable(context, 'nothing_to_put_back');
      return onAccount(context, belongings.operation, async (account) => {
        await account.intend(await readAccount(account));
        const gone = await setAll(account, belongings, account.ref, { ids, ended: false });
        const back = await provenAt(account, belongings, account.ref, { ids, ended: false, gone });
        if (back === undefined) throw new StepFailed('READ_BACK_MISMATCH');
        return { outcome: 'done', proof: { returned: back.map(({ id }) => id), gone: [...gone] } };
      });
    },
  };
}

export const transferFiles = handOverStep(FILES);
export const handOverCalendars = handOverStep(CALENDARS);
export const handOverMeetings = handOverStep(MEETINGS);
export const returnFiles = returnStep('returnFiles', FILES);
export const returnCalendars = returnStep('returnCalendars', CALENDARS);
export const returnMeetings = returnStep('returnMeetings', MEETINGS);
