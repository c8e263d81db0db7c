import type { ApiClient } from '../../shared/platform/api-client/api-client.ts';
import type { ShownCase } from '../../shared/platform/api-client/shown-departure.ts';
import { formatTable } from '../../shared/platform/format-table.ts';
import type { CommandContext } from '../command-context.ts';
import { expectOk } from '../command-failure.ts';
import { localTime } from '../departures/local-time.ts';
import { endOfDay } from '../end-of-day.ts';
import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findPerson } from '../people/find-person.ts';

export interface ListOptions {
  readonly state?: string;
  readonly needsAttention?: true;
  readonly dueUntil?: string;
  readonly person?: string;
}

const PAGE = '200';

/** Every departure that fits, over all pages. */
export async function departures(context: CommandContext, options: ListOptions): Promise<ExitCode> {
  const api = context.api();
  const { state, needsAttention, dueUntil, person } = options;
  const found = await everyPage(api, {
    ...(state === undefined ? {} : { state }),
    ...(needsAttention === undefined ? {} : { needsAttention: 'true' }),
    ...(dueUntil === undefined ? {} : { dueUntil: endOfDay(dueUntil) }),
    ...(person === undefined ? {} : { personId: (await findPerson(api, person)).id }),
  });
  context.show({ items: found }, textOf(found));
  return EXIT.fine;
}

async function everyPage(
  api: ApiClient,
  filter: Readonly<Record<string, string>>,
): Promise<readonly ShownCase[]> {
  const found: ShownCase[] = [];
  for (let after: string | undefined; ;) {
    const query = new URLSearchParams({ ...filter, limit: PAGE, ...(after === undefined ? {} : { after }) });
    const { items, next } = expectOk(await api.get(`/v1/departures?${query.toString()}`));
    found.push(...(items as readonly ShownCase[]));
    if (typeof next !== 'string') return found;
    after = next;
  }
}

function textOf(found: readonly ShownCase[]): string {
  if (found.length === 0) return 'There is no such departure.';
  const rows = found.map((one) => [
    one.id,
    one.personId,
    one.needsAttention && one.state !== 'needs_attention' ? `${one.state}, needs attention` : one.state,
    localTime(one.leaveAt),
    one.dueAt === undefined ? '' : localTime(one.dueAt),
  ]);
  return formatTable([['DEPARTURE', 'PERSON', 'STATE', 'LEAVES', 'NEXT DUE'], ...rows]);
}
