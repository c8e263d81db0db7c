import { readFileSync } from 'node:fs';
import { ConfigError } from './config-error.ts';
import { errorCode } from './error-code.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** An empty variable counts as unset, because compose files cannot leave one out. */
export function readVariable(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}

/**
 * The value of `name`, or the content of the file that `<name>_FILE` names (surrounding white space removed).
 * Throws a ConfigError when both are set, or when the file cannot be read or is empty.
 */
export function readSecret(env: Environment, name: string): string | undefined {
  const direct = readVariable(env, name);
  const file = readVariable(env, `${name}_FILE`);
  if (file === undefined) return direct;
  if (direct !== undefined)
    throw new ConfigError(`${name}_FILE`, `and ${name} are both set: keep one of them`);
  const content = readText(`${name}_FILE`, file);
  if (content === '') throw new ConfigError(`${name}_FILE`, `names an empty file (${file})`);
  return content;
}

function readText(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new ConfigError(
      variable,
      `names a file that cannot be read (${file}, ${errorCode(error) ?? 'unknown reason'})`,
    );
  }
}
