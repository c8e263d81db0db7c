import type { Person } from '../../shared/domain/person.ts';
import { directoryOf } from '../open-directories.ts';
import type { ApiContext } from '../api-context.ts';

/** Sets the password of every account of a person. Setting the same one again changes nothing. */
export async function setPasswords(
  context: Pick<ApiContext, 'directories' | 'now'>,
  person: Person,
  password: string,
  effectKey: string,
): Promise<void> {
  for (const { target, accountId } of person.accounts) {
    const call = { effectKey: `${effectKey}:${target}`, asOfMs: context.now() };
    const result = await directoryOf(context, target).setPassword(person.orgId, accountId, password, call);
    if (result.kind === 'refused') throw new Error(`the directory refuses a password: ${result.code}`);
  }
}
