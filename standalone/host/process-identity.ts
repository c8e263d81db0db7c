import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { errorCode } from '../../shared/platform/config/error-code.ts';

const hasProc = existsSync('/proc/self/stat');

/**
 * Tells one process from a later one that was given the same pid: its start time. Undefined when no such process runs
 * (a zombie counts as gone).
 */
export function processIdentity(pid: number): string | undefined {
  if (!hasProc) return ask(pid, 'lstart=');
  const stat = readProc(pid, 'stat');
  if (stat === undefined) return undefined;
  // The name in parentheses may hold spaces; state is the first field behind it, the start time the twentieth.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

/** The arguments a process was started with, separated by spaces. Undefined when no such process runs. */
export function commandLine(pid: number): string | undefined {
  if (!hasProc) return ask(pid, 'command=');
  const text = readProc(pid, 'cmdline')?.replaceAll('\0', ' ').trim();
  return text === '' ? undefined : text;
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}

function ask(pid: number, field: string): string | undefined {
  const answer = spawnSync('ps', ['-o', field, '-p', String(pid)], { encoding: 'utf8' });
  const text = answer.status === 0 ? answer.stdout.trim() : '';
  return text === '' ? undefined : text;
}
