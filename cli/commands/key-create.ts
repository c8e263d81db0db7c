import type { CommandContext } from '../command-context.ts';
import { CommandFailure, expectOk } from '../command-failure.ts';
import { endOfDay } from '../end-of-day.ts';
import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findPerson } from '../people/find-person.ts';

export interface KeyOptions {
  readonly owner: string;
  readonly scopes: readonly string[];
  readonly expires?: string;
  readonly person?: string;
}

/** Makes an API key. Its text alone goes to standard output, so that it can be sent into a file. */
export async function createKey(context: CommandContext, options: KeyOptions): Promise<ExitCode> {
  const api = context.api();
  const { owner, scopes, expires, person } = options;
  const made = expectOk(
    await api.post('/v1/api-keys', {
      ownerName: owner,
      scopes,
      ...(expires === undefined ? {} : { expiresAt: endOfDay(expires) }),
      ...(person === undefined ? {} : { personId: (await findPerson(api, person)).id }),
    }),
  );
  if (typeof made['key'] !== 'string') {
    throw new CommandFailure(
      'KEY_LOST',
      `The key ${String(made['id'])} was made, but its text was lost on the way: revoke it, and make another one.`,
      EXIT.failed,
      made,
    );
  }
  context.terminal.err(
    `${String(made['id'])} of ${owner} (${scopes.join(', ')}). Its text is shown only this once:\n`,
  );
  context.show(made, made['key']);
  return EXIT.fine;
}
