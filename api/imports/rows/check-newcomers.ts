import { REQUIRED_FIELDS } from '../../../shared/domain/imports/import-fields.ts';
import type { RowFault, RowResult, StagedRow } from '../../../shared/domain/imports/import-row.ts';
import { addressField, idField } from '../../http/fields.ts';
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
  /** What an export of another installation calls the person. */
  readonly exportedId?: string;
  /** How the row names the manager. */
  readonly managerText?: string;
  managerId?: string;
  /** Given, or made of the names. */
  address?: string;
  /** It comes to no more than this. */
  result?: RowResult;
}

type Checked = Draft | { readonly row: StagedRow; readonly result: RowResult };

/** The same checks that a request to make somebody goes through, as far as nobody has to be looked up. */
export function checkNewcomers(scene: Scene, rows: readonly ReadRow[]): readonly Checked[] {
  return rows.map((read): Checked => {
    const { row } = read;
    try {
      const missing = REQUIRED_FIELDS.find((field) => read.texts[field] === undefined);
      if (missing !== undefined) return { row, result: failed({ code: 'VALUE_MISSING', field: missing }) };
      const { values, fault } = valuesOf(read.texts);
      if (fault !== undefined) return { row, result: failed(fault) };
      return draftOf(scene, read, values);
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
  if (texts.personId !== undefined && !idField.safeParse(texts.personId).success)
    throw new Problem('INVALID_REQUEST', { field: '/personId' });
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
    ...(texts.personId === undefined ? {} : { exportedId: texts.personId }),
    ...(texts.managerId === undefined ? {} : { managerText: texts.managerId }),
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
