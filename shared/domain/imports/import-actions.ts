import type { ImportState, PeopleImport } from './people-import.ts';

/** What somebody can do with an import, as the addresses of the API call it. */
export const IMPORT_ACTIONS = [
  'mapping',
  'settings',
  'rate',
  'dry-run',
  'launch',
  'pause',
  'resume',
  'abort',
  'setup-links',
] as const;
export type ImportAction = (typeof IMPORT_ACTIONS)[number];

const POSSIBLE: Readonly<Record<ImportState, readonly ImportAction[]>> = {
  uploaded: ['mapping', 'settings', 'rate', 'abort'],
  mapped: ['mapping', 'settings', 'rate', 'dry-run', 'abort'],
  dry_run: ['rate', 'pause', 'resume', 'abort'],
  ready: ['mapping', 'settings', 'rate', 'dry-run', 'launch', 'abort'],
  running: ['rate', 'pause', 'resume', 'abort', 'setup-links'],
  finished: ['setup-links'],
  stopped: ['setup-links'],
};

/** What can be done now: by the table that refuses everything else. */
export function possibleActions({
  state,
  paused,
  run,
}: Pick<PeopleImport, 'state' | 'paused' | 'run'>): readonly ImportAction[] {
  return POSSIBLE[state].filter((action) => {
    if (action === 'pause') return paused === undefined;
    if (action === 'resume') return paused !== undefined;
    // Nobody was made yet.
    return action !== 'setup-links' || run !== undefined;
  });
}
