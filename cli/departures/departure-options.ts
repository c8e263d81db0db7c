import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { ApiClient } from '../../shared/platform/api-client/api-client.ts';
import { errorCode } from '../../shared/platform/config/error-code.ts';
import { misused } from '../command-failure.ts';
import { findPerson } from '../people/find-person.ts';
import type { ShownPerson } from '../people/find-person.ts';

/** What `depart` and `simulate` take besides the person. */
export interface DepartureOptions {
  readonly lastDay?: string;
  readonly leaveTime?: string;
  readonly zone?: string;
  readonly urgent?: true;
  readonly reason: string;
  readonly note?: string;
  readonly successor?: string;
  readonly contact?: string;
  readonly retainUntil?: string;
  readonly fields?: string;
}

export function withDepartureOptions(command: Command): Command {
  return command
    .option('--last-day <date>', 'last day, YYYY-MM-DD in the zone of the person')
    .option('--leave-time <time>', 'end of the last day, HH:MM')
    .option('--zone <name>', 'time zone, e.g. Europe/Zurich')
    .option('--urgent', 'now, without a last day')
    .requiredOption('--reason <text>', 'why the person leaves')
    .option('--note <text>', 'a note for whoever reads the case')
    .option('--successor <person>', 'who receives what the person had: id or address')
    .option('--contact <person>', 'whom the auto-reply names: id or address')
    .option('--retain-until <date>', 'keep the data until this day instead of deleting it')
    .option('--fields <file>', 'a JSON file with further fields of the request, e.g. redirect or handover');
}

/** The body of the request. Which of it fits together is for the API to say. */
export async function departureRequest(
  api: ApiClient,
  person: ShownPerson,
  options: DepartureOptions,
): Promise<Readonly<Record<string, unknown>>> {
  const idOf = async (text: string): Promise<string> => (await findPerson(api, text)).id;
  const { lastDay, leaveTime, zone, urgent, reason, note, successor, contact, retainUntil } = options;
  return {
    ...(options.fields === undefined ? {} : readFields(options.fields)),
    personId: person.id,
    reason,
    ...(lastDay === undefined ? {} : { lastDay }),
    ...(leaveTime === undefined ? {} : { leaveTime }),
    ...(zone === undefined ? {} : { timeZone: zone }),
    ...(urgent === undefined ? {} : { urgent }),
    ...(note === undefined ? {} : { note }),
    ...(successor === undefined ? {} : { successorId: await idOf(successor) }),
    ...(contact === undefined ? {} : { contactPersonId: await idOf(contact) }),
    ...(retainUntil === undefined ? {} : { outcome: { kind: 'retain', until: retainUntil } }),
  };
}

function readFields(file: string): Readonly<Record<string, unknown>> {
  try {
    const fields: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof fields === 'object' && fields !== null && !Array.isArray(fields))
      return fields as Readonly<Record<string, unknown>>;
  } catch (error) {
    if (!(error instanceof SyntaxError))
      throw misused(
        'FIELDS_UNREADABLE',
        `The file ${file} cannot be read (${errorCode(error) ?? 'unknown reason'}).`,
      );
  }
  throw misused('FIELDS_NOT_JSON', `The file ${file} holds no JSON object.`);
}
