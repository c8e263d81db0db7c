import { isOver, type PeopleImport } from '../../shared/domain/imports/people-import.ts';
import { uploadPath, wipeUpload } from '../../shared/platform/imports/uploads.ts';
import { changeImport } from './change-import.ts';
import { dropRows } from './drop-rows.ts';
import type { ImportPorts } from './import-ports.ts';
import { stopWith } from './stop-import.ts';

const DAY_MS = 24 * 3_600_000;
/** From when the file came. */
const WAITS_FOR_MS = 14 * DAY_MS;
const WAITING = ['uploaded', 'mapped', 'ready'] as const;

/** In one turn: an import may have a thousand pages. */
const MOST_EXPIRED = 50;
const MOST_DROPPED = 5;

/** Ends what nobody launched, and removes the rows of what is long over. Twice is once. */
export async function tidyImports(ports: ImportPorts): Promise<number> {
  const { imports } = ports.repositories;
  const nowMs = ports.clock.now();
  const expired = await imports.listOlder(WAITING, nowMs - WAITS_FOR_MS, MOST_EXPIRED);
  for (const one of expired) await expire(ports, one, nowMs);
  const due = await imports.listWithRowsUntil(nowMs, MOST_DROPPED);
  for (const one of due) await drop(ports, one, nowMs);
  return expired.length + due.length;
}

/** The upload goes once the import is stopped; `unheard` remembers that it is still there. */
async function expire(
  ports: ImportPorts,
  { orgId, id: importId }: PeopleImport,
  atMs: number,
): Promise<void> {
  const { imports } = ports.repositories;
  const name = { orgId, importId };
  const isWaiting = ({ state }: PeopleImport): boolean => WAITING.some((one) => one === state);
  const stopped = await changeImport(imports, name, (current) => {
    const stop = isWaiting(current) ? stopWith(current, { kind: 'EXPIRED', atMs }) : undefined;
    return stop && { ...stop, unheard: true };
  });
  if (!isOver(stopped)) return;
  await wipeUpload(uploadPath(ports.uploadsFolder, orgId, importId));
  await changeImport(imports, name, ({ unheard }) => (unheard ? { unheard: false } : undefined));
}

/** One that is still at work is looked at again tomorrow. */
async function drop(ports: ImportPorts, theImport: PeopleImport, nowMs: number): Promise<void> {
  const { imports } = ports.repositories;
  if (isOver(theImport)) await dropRows(imports, theImport);
  const rowsUntilMs = isOver(theImport) ? undefined : nowMs + DAY_MS;
  await changeImport(imports, { orgId: theImport.orgId, importId: theImport.id }, () => ({ rowsUntilMs }));
}
