import { readFileSync } from 'node:fs';
import { StartError } from '../../errors/start/start-error.ts';
import { systemReason } from './error-code.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** An empty variable counts as unset, because compose files cannot leave one out. */
export function readVariable(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}

/**
 * The value of `name`, or the content of the file that `<name>_FILE` names (surrounding white space removed).
 * Throws a StartError when both are set, or when the file cannot be read or is empty.
 */
export function readSecret(env: Environment, name: string): string | undefined {
  const direct = readVariable(env, name);
  const file = readVariable(env, `${name}_FILE`);
  if (file === undefined) return direct;
  if (direct !== undefined) throw StartError.of('SECRET_GIVEN_TWICE', { variable: name });
  const content = readText(name, file);
  if (content === '') throw StartError.of('SECRET_FILE_EMPTY', { variable: name, file });
  return content;
}

function readText(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw StartError.of('SECRET_FILE_UNREADABLE', { variable, file, reason: systemReason(error) });
  }
}
