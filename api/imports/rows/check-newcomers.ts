import { addressClaimId, externalIdClaimId } from '../../../shared/domain/ids.ts';
import { REQUIRED_FIELDS } from '../../../shared/domain/imports/import-fields.ts';
import type { RowFault, RowResult, StagedRow } from '../../../shared/domain/imports/import-row.ts';
import type { Claim } from '../../../shared/platform/persistence/claim-repository.ts';
import { addressField } from '../../http/fields.ts';
import { parse } from '../../http/parse.ts';
import { Problem } from '../../http/problem.ts';
import { conventionWarnings } from '../../naming/convention-warnings.ts';
import { assertAddresses } from '../../people/check-addresses.ts';
import { assertEndsOn } from '../../people/check-ends-on.ts';
import { assertTargets } from '../../people/check-targets.ts';
import { welcomeAddress } from '../../people/credentials/ask-for-welcome.ts';
import { personCreation, type PersonCreation } from '../../people/person-fields.ts';
import type { ReadRow } from './read-rows.ts';
import { failed, faultOf } from './row-fault.ts';
import { valuesOf } from './row-values.ts';
import type { Scene } from './scene.ts';

/** Somebody whom a row makes, as far as was decided. */
export interface Draft {
  readonly row: StagedRow;
  readonly personId: string;
  readonly wanted: PersonCreation;
  readonly warnings: RowFault[];
  readonly welcomeTo?: string;
  /** Given, or made of the names. */
  address?: string;
  /** It comes to no more than this. */
  result?: RowResult;
}

type Checked = Draft | { readonly row: StagedRow; readonly result: RowResult };

/** The same checks that a request to make somebody goes through, for as many as there are with the same few queries. */
export async function checkNewcomers(scene: Scene, rows: readonly ReadRow[]): Promise<readonly Checked[]> {
  const managers = await findManagers(
    scene,
    rows.flatMap(({ texts }) => texts.managerId ?? []),
  );
  return rows.map((read): Checked => {
    const { row } = read;
    try {
      const missing = REQUIRED_FIELDS.find((field) => read.texts[field] === undefined);
      if (missing !== undefined) return { row, result: failed({ code: 'VALUE_MISSING', field: missing }) };
      const { values, fault } = valuesOf(read.texts);
      if (fault !== undefined) return { row, result: failed(fault) };
      return draftOf(scene, read, { ...values, ...managerIn(read, managers) });
    } catch (error) {
      if (error instanceof Problem) return { row, result: failed(faultOf(error)) };
      throw error;
    }
  });
}

function draftOf(scene: Scene, { row, texts, personId }: ReadRow, values: object): Draft {
  const { context, organisation, theImport } = scene;
  const wanted = parse(personCreation, {
    ...values,
    ...(texts.address === undefined ? { onTaken: theImport.settings.onTaken } : {}),
  });
  assertAddresses(organisation, wanted);
  assertTargets(context, wanted.targets);
  const timeZone = wanted.timeZone ?? organisation.timeZone;
  if (!context.calendar.isZone(timeZone)) throw new Problem('ZONE_UNKNOWN', { field: '/timeZone' });
  assertEndsOn(context, wanted.endsOn, { timeZone });
  if (row.password !== undefined && 'fault' in row.password)
    return {
      row,
      personId,
      wanted,
      warnings: [],
      result: failed({ code: row.password.fault, field: 'password' }),
    };
  const warnings = conventionWarnings(context, organisation, wanted).map(({ code, expected }): RowFault => ({
    code,
    field: 'address',
    detail: `The convention gives ${expected}.`,
  }));
  const welcomeTo = welcomeToOf(scene, row, wanted);
  if (theImport.settings.welcomeMail && row.password === undefined && welcomeTo === undefined)
    warnings.push({ code: 'WELCOME_NOWHERE', field: 'privateContact' });
  const { address } = wanted;
  return {
    ...{ row, personId, wanted, warnings },
    ...(address === undefined ? {} : { address }),
    ...(welcomeTo === undefined ? {} : { welcomeTo }),
  };
}

function welcomeToOf({ theImport }: Scene, row: StagedRow, wanted: PersonCreation): string | undefined {
  const isAsked = theImport.settings.welcomeMail && row.password === undefined;
  if (!isAsked || !addressField.safeParse(wanted.privateContact).success) return undefined;
  try {
    return welcomeAddress(undefined, { address: undefined, ...wanted }, '/privateContact');
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

/** A manager is named by id, address or external id. */
export async function findManagers(
  { context, organisation: { id: orgId }, writer }: Scene,
  texts: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const distinct = [...new Set(texts)];
  if (distinct.length === 0) return new Map();
  const claims = await writer.readNames(distinct.flatMap((text) => claimsMeant(orgId, text)));
  const people = await context.repositories.people.getMany(orgId, distinct);
  const known = new Set(people.map(({ id }) => id));
  return new Map(
    distinct.flatMap((text) => {
      const id = known.has(text) ? text : holderOf(claims, claimsMeant(orgId, text));
      return id === undefined ? [] : [[text, id] as const];
    }),
  );
}

const claimsMeant = (orgId: string, text: string): readonly string[] => [
  addressClaimId(orgId, text),
  externalIdClaimId(orgId, text),
];

function holderOf(claims: ReadonlyMap<string, Claim>, ids: readonly string[]): string | undefined {
  return ids.map((id) => claims.get(id)).find((claim) => claim?.state === 'held')?.holderId;
}

const NOT_YET = 'Whoever comes with this very file is known when it has run: send the row again then.';

function managerIn({ texts, personId }: ReadRow, managers: ReadonlyMap<string, string>) {
  if (texts.managerId === undefined) return {};
  const managerId = managers.get(texts.managerId);
  const field = '/managerId';
  if (managerId === undefined) throw new Problem('MANAGER_UNKNOWN', { field, detail: NOT_YET });
  if (managerId === personId) throw new Problem('MANAGER_IS_SELF', { field });
  return { managerId };
}
