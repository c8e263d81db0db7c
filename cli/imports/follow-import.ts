import type { ApiClient } from '../../shared/platform/api-client/api-client.ts';
import type { ShownImport } from '../../shared/platform/api-client/shown-import.ts';
import { expectOk, refusalOf } from '../command-failure.ts';
import { createProgress } from '../output/progress.ts';
import type { Terminal } from '../terminal.ts';
import { importPath, timeLeftText } from './import-text.ts';

/** Shows how far an import is until it waits for somebody or is over; gives it as it is then. */
export async function followImport(api: ApiClient, terminal: Terminal, id: string): Promise<ShownImport> {
  const progress = createProgress(terminal);
  try {
    for await (const now of updates(api, id)) showProgress(progress, now);
  } finally {
    progress.end();
  }
  return expectOk(await api.get(importPath(id))) as unknown as ShownImport;
}

async function* updates(api: ApiClient, id: string): AsyncGenerator<ShownImport, void> {
  const events = api.follow(`${importPath(id)}/events`);
  try {
    for (;;) {
      const next = await events.next();
      if (next.done === true) {
        if (next.value.status === 204) return;
        throw refusalOf(next.value);
      }
      if (next.value.name === 'end') return;
      yield JSON.parse(next.value.data) as ShownImport;
    }
  } finally {
    await events.return({ status: 204, body: {} });
  }
}

const STEPS = { dry_run: 'Trying rows', running: 'Carrying out rows' } as const;

function showProgress(
  progress: ReturnType<typeof createProgress>,
  { state, paused, waiting, progress: now }: ShownImport,
): void {
  if (state !== 'dry_run' && state !== 'running') return;
  const step = paused === undefined ? STEPS[state] : 'Paused';
  if (now === undefined) progress.show(step);
  else {
    const { rows, ofRows, rowsPerMinute, secondsLeft } = now;
    const details = [
      ...(rowsPerMinute === undefined ? [] : [`${String(rowsPerMinute)} rows a minute`]),
      ...(secondsLeft === undefined ? [] : [`${timeLeftText(secondsLeft)} left`]),
      ...(waiting === undefined ? [] : [`waits for its ${waiting.for}`]),
    ];
    progress.show(step, ofRows === 0 ? 1 : rows / ofRows, details.join(', '));
  }
}
