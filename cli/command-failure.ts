import { StartError } from '../shared/errors/start/start-error.ts';
import { ApiUnreachable } from '../shared/platform/api-client/api-client.ts';
import type { ApiAnswer } from '../shared/platform/api-client/api-client.ts';
import { BackupError } from '../standalone/backup/backup-error.ts';
import { EXIT } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';

/** Why a command ends without what was asked for: a sentence for people, a code for programs. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly code: string;
  readonly exitCode: ExitCode;
  /** What else a program may want to know: the problem as the API answered it. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    sentence: string,
    exitCode: ExitCode,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(sentence);
    this.code = code;
    this.exitCode = exitCode;
    this.details = details;
  }
}

/** Nothing was done, because it was not clear what to do. */
export function misused(code: string, sentence: string, details = {}): CommandFailure {
  return new CommandFailure(code, sentence, EXIT.usage, details);
}

/** Something behind the API does not answer, or the API behind a proxy. */
const AWAY: ReadonlySet<number> = new Set([502, 503, 504]);

/** The body of an answer, where it is one that was hoped for. */
export function expectOk({ status, body }: ApiAnswer): ApiAnswer['body'] {
  if (status < 400) return body;
  throw refusalOf({ status, body });
}

/** What an answer says that is not the one that was hoped for. */
export function refusalOf({ status, body }: ApiAnswer): CommandFailure {
  const code = typeof body['code'] === 'string' ? body['code'] : `HTTP_${status}`;
  const exitCode = AWAY.has(status) ? EXIT.unreachable : EXIT.refused;
  return new CommandFailure(code, sentenceOf(body, status), exitCode, body);
}

function sentenceOf(body: ApiAnswer['body'], status: number): string {
  const { title, detail } = body as Readonly<Record<string, string | undefined>>;
  if (title === undefined)
    return `The answer has the status ${status} and does not say why; is this the address of Gangway?`;
  return detail === undefined || detail === title ? title : `${title} ${detail}`;
}

/** Every error as a failure of the command. `undefined`: it was not foreseen. */
export function toFailure(error: unknown): CommandFailure | undefined {
  if (error instanceof CommandFailure) return error;
  if (error instanceof ApiUnreachable)
    return new CommandFailure(
      'UNREACHABLE',
      `${error.message} Start it (npm start), or name its address with --url.`,
      EXIT.unreachable,
    );
  if (error instanceof StartError)
    return new CommandFailure(error.code, error.message, error.exitCode === 78 ? EXIT.usage : EXIT.failed);
  if (error instanceof BackupError) return new CommandFailure(error.code, error.message, EXIT.failed);
  return undefined;
}
