import type { RowResult } from '../../../shared/domain/imports/import-row.ts';
import { newPerson } from '../../people/new-person.ts';
import { checkNewcomers, type Draft } from './check-newcomers.ts';
import { claimRows } from './claim-rows.ts';
import { knownAlready } from './known-already.ts';
import { nameRows, noteDuplicate, releaseFailed } from './name-rows.ts';
import { inNamingOrder } from './naming-order.ts';
import { giveManagers } from './manager-rows.ts';
import type { ReadRow } from './read-rows.ts';
import { failed } from './row-fault.ts';
import type { Newcomer } from './row-writer.ts';
import type { Scene } from './scene.ts';
import { refuseServed } from './served-rows.ts';

/** A result, by the number of its row. */
export type Results = Map<number, RowResult>;

/**
 * Makes the people of these rows, in the order in which a request makes one: names are claimed first, accounts are made next and read
 * back, people come last. Each part is done for all rows together, and may be repeated after a crash. Resolves when the names are
 * claimed, and gives the rest of it.
 */
export async function claimPeople(scene: Scene, rows: readonly ReadRow[]): Promise<() => Promise<Results>> {
  const { results: known, madeEarlier } = await knownAlready(scene, rows);
  const results: Results = new Map(known);
  const drafts = draftsOf(scene, rows, results);
  for (const draft of drafts) {
    const there = madeEarlier.get(draft.row.number);
    if (there !== undefined) draft.address = there.address;
  }
  const newcomers = drafts.filter(({ row }) => !madeEarlier.has(row.number));
  const claimed: Draft[] = [];
  for (const part of inNamingOrder(scene, newcomers)) {
    await claimRows(scene, part);
    const going = part.filter(isGoing);
    claimed.push(...going);
    await refuseServed(scene, going);
    await nameRows(scene, going.filter(isGoing));
  }
  await giveManagers(scene, claimed.filter(isGoing));
  await releaseFailed(
    scene,
    claimed.filter((draft) => !isGoing(draft)),
  );
  return async () => {
    await makeAccounts(scene, newcomers.filter(isGoing));
    const people = drafts.filter(isGoing);
    for (const draft of people) noteDuplicate(scene, draft);
    await scene.writer.keep(people.map((draft) => newcomerOf(scene, draft)));
    for (const draft of drafts) results.set(draft.row.number, draft.result ?? made(draft));
    // Whatever a check would say of them by now.
    for (const [number, { id: personId, address }] of madeEarlier)
      if (results.get(number)?.status === 'failed')
        results.set(number, { status: 'created', personId, address });
    return results;
  };
}

const isGoing = ({ result }: Draft): boolean => result === undefined;

/** Of the rows without a result. What is wrong with a row is its result. */
function draftsOf(scene: Scene, rows: readonly ReadRow[], results: Results): readonly Draft[] {
  const open = rows.filter(({ row }) => !results.has(row.number));
  const drafts: Draft[] = [];
  for (const checked of checkNewcomers(scene, open)) {
    if ('wanted' in checked && checked.result === undefined) drafts.push(checked);
    else if (checked.result !== undefined) results.set(checked.row.number, checked.result);
  }
  return drafts;
}

/** Whose account was not proven may have one all the same: the names stay with the row, which may be sent again. */
async function makeAccounts(scene: Scene, drafts: readonly Draft[]): Promise<void> {
  const faults = await scene.writer.makeAccounts(drafts.map((draft) => newcomerOf(scene, draft)));
  for (const draft of drafts) {
    const fault = faults.get(draft.row.number);
    if (fault !== undefined) draft.result = failed(fault, draft.personId);
  }
  await releaseFailed(
    scene,
    drafts.filter(({ result }) => result?.error?.code === 'ADDRESS_TAKEN'),
  );
}

function newcomerOf({ context, organisation }: Scene, draft: Draft): Newcomer {
  const { row, wanted, personId: id, address = '', welcomeTo, managerId } = draft;
  const own = {
    id,
    address,
    createdAtMs: context.now(),
    status: 'active',
    protected: wanted.protected,
  } as const;
  const password = row.password !== undefined && 'hash' in row.password ? row.password.hash : undefined;
  return {
    rowNumber: row.number,
    person: newPerson(organisation.id, managerId === undefined ? wanted : { ...wanted, managerId }, own),
    ...(password === undefined ? {} : { passwordHash: password }),
    ...(welcomeTo === undefined ? {} : { welcomeTo }),
  };
}

function made({ row, personId, address = '', warnings }: Draft): RowResult {
  return {
    ...{ status: 'created', personId, address },
    ...(row.password === undefined ? {} : { hasPassword: true }),
    ...(warnings.length === 0 ? {} : { warnings: [...warnings] }),
  };
}
