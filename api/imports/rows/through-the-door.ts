import pLimit from 'p-limit';
import { isOfKind } from '../../../shared/domain/case-record.ts';
import { addressClaimId, exportedIdClaimId, externalIdClaimId } from '../../../shared/domain/ids.ts';
import type { ImportField } from '../../../shared/domain/imports/import-fields.ts';
import type { RowFault, RowResult } from '../../../shared/domain/imports/import-row.ts';
import { readDate } from '../../../shared/domain/imports/row-words.ts';
import type { Person } from '../../../shared/domain/person.ts';
import type { ApiContext } from '../../api-context.ts';
import { openCaseOf } from '../../cases/open-case-of.ts';
import { createDeparture } from '../../departures/create-departure.ts';
import type { Call } from '../../http/call.ts';
import { updateIdOf } from '../../http/idempotency.ts';
import { Problem } from '../../http/problem.ts';
import { isEntered } from '../../people/changes/settle-change.ts';
import { updatePerson } from '../../people/update-person.ts';
import { findManagers } from './manager-rows.ts';
import type { ReadRow, RowTexts } from './read-rows.ts';
import { rehearse } from './rehearse.ts';
import { requestOf } from './request-of-row.ts';
import { failed, faultOf } from './row-fault.ts';
import { valuesOf } from './row-values.ts';
import type { Scene } from './scene.ts';

/** Somebody else changed the person at the same moment: asked again so often. */
const MOST_TRIES = 3;
const inTurn = pLimit(1);

/**
 * Changes somebody, or has somebody leave, by the very operation of the API, under a key that belongs to the row: a row that is
 * carried out twice has one effect.
 */
export async function throughTheDoor(scene: Scene, read: ReadRow): Promise<RowResult> {
  const person = await personMeant(scene, read);
  if (person === undefined) return failed({ code: 'NOBODY_MEANT' });
  const act = read.operation === 'update' ? update : depart;
  for (let tried = 1; ; tried += 1)
    try {
      return await act(scene, read, person);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code !== 'CONCURRENT_CHANGE' || tried === MOST_TRIES)
        return failed(faultOf(error), person.id);
    }
}

/** By the external id, else by the row that made the person, else by the id that an export has, else by the address. */
async function personMeant(scene: Scene, read: ReadRow): Promise<Person | undefined> {
  const { organisation, context } = scene;
  const { id: orgId } = organisation;
  const { externalId, personId, address } = read.texts;
  const { people, claims } = context.repositories;
  const byClaim = async (claimId: string): Promise<Person | undefined> => {
    const claim = await claims.get(claimId, orgId);
    return claim?.state === 'held' ? people.get(orgId, claim.holderId) : undefined;
  };
  const byExternalId = externalId && (await byClaim(externalIdClaimId(orgId, externalId)));
  if (byExternalId) return byExternalId;
  if (read.isSentAgain) return people.get(orgId, read.personId);
  const byPersonId =
    personId && ((await people.get(orgId, personId)) ?? (await byClaim(exportedIdClaimId(orgId, personId))));
  if (byPersonId) return byPersonId;
  return address === undefined ? undefined : byClaim(addressClaimId(orgId, address));
}

/** Role, aliases, quota and the like have operations of their own, each with its own safeguards. */
const CHANGED_BY_ROWS = [
  'firstName',
  'lastName',
  'address',
  'externalId',
  'managerId',
  'department',
  'timeZone',
  'country',
  'locale',
  'privateContact',
  'endsOn',
  'protected',
] as const satisfies readonly (ImportField & keyof Person)[];
const LEFT_ALONE = [
  'accountRole',
  'quotaBytes',
  'aliases',
  'groups',
] as const satisfies readonly (ImportField & keyof Person)[];

async function update(scene: Scene, read: ReadRow, person: Person): Promise<RowResult> {
  const { values, fault } = valuesOf(read.texts);
  if (fault !== undefined) return failed(fault, person.id);
  const managerId = await managerOf(scene, read.texts);
  const wanted: Readonly<Record<string, unknown>> = {
    ...values,
    ...(managerId === undefined ? {} : { managerId }),
  };
  const body = Object.fromEntries(
    CHANGED_BY_ROWS.flatMap((field) =>
      wanted[field] === undefined || isSo(person, field, wanted) ? [] : [[field, wanted[field]]],
    ),
  );
  const warnings = LEFT_ALONE.filter(
    (field) => wanted[field] !== undefined && !isSo(person, field, wanted),
  ).map((field): RowFault => ({ code: 'FIELD_NOT_CHANGED', field }));
  const call = requestOf(scene, read.row, {
    method: 'PATCH',
    path: `/v1/people/${person.id}`,
    params: { id: person.id },
    body,
  });
  const changed = await carryOut(scene, call, (context) => updatePerson(context, call, read.texts));
  const known = await scene.context.repositories.people.get(person.orgId, person.id);
  return {
    status: changed ? 'updated' : 'unchanged',
    personId: person.id,
    // A dry run has changed nothing yet.
    address: typeof body['address'] === 'string' ? body['address'].toLowerCase() : (known ?? person).address,
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}

/** Whether a change was made by this row, now or in an attempt before; in a dry run, whether one would be. */
async function carryOut(
  { context, mode, organisation }: Scene,
  call: Call,
  operation: (context: ApiContext) => Promise<unknown>,
): Promise<boolean> {
  if (mode === 'dry_run') return (await rehearse(context, operation)) === 'would_write';
  await operation(context);
  return isEntered(context, organisation.id, updateIdOf(call));
}

function isSo(person: Person, field: keyof Person, wanted: Readonly<Record<string, unknown>>): boolean {
  const value = wanted[field];
  const text = field === 'address' && typeof value === 'string' ? value.toLowerCase() : value;
  return JSON.stringify(person[field]) === JSON.stringify(text);
}

async function managerOf(scene: Scene, { managerId }: RowTexts): Promise<string | undefined> {
  if (managerId === undefined) return undefined;
  const found = (await findManagers(scene, [managerId])).get(managerId);
  if (found === undefined) throw new Problem('MANAGER_UNKNOWN', { field: '/managerId' });
  return found;
}

const USUAL_REASON = 'asked for in an import';

async function depart(scene: Scene, read: ReadRow, person: Person): Promise<RowResult> {
  const { lastDay: text, reason = USUAL_REASON } = read.texts;
  if (text === undefined) return failed({ code: 'LAST_DAY_MISSING', field: 'lastDay' }, person.id);
  const lastDay = readDate(text);
  const body = { personId: person.id, lastDay, reason };
  const call = requestOf(scene, read.row, { method: 'POST', path: '/v1/departures', params: {}, body });
  const departing = { status: 'departure_requested', personId: person.id, address: person.address } as const;
  try {
    if (scene.mode === 'dry_run') {
      await rehearse(scene.context, (context) => createDeparture(context, call, inTurn));
      return departing;
    }
    const { body: view } = await createDeparture(scene.context, call, inTurn);
    const { id: caseId } = view as { readonly id: string };
    const record = await scene.context.repositories.cases.get(person.orgId, caseId);
    const isHeldBack = record?.guardHeld === true;
    return { ...departing, caseId, ...(isHeldBack ? { warnings: [{ code: 'GUARD_HELD' }] } : {}) };
  } catch (error) {
    const open = error instanceof Problem ? await openCaseOf(scene.context, person) : undefined;
    // The same file was sent before.
    if (open !== undefined && isOfKind(open, 'departure') && open.request.lastDay === lastDay)
      return { status: 'unchanged', personId: person.id, address: person.address, caseId: open.id };
    throw error;
  }
}
