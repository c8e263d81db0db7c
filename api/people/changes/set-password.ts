import type { Person } from '../../../shared/domain/person.ts';
import { generatePassword } from '../../../shared/platform/passwords/generate-password.ts';
import type { ApiContext } from '../../api-context.ts';
import { paramOf, type Answer, type Call } from '../../http/call.ts';
import { parse } from '../../http/parse.ts';
import { Problem } from '../../http/problem.ts';
import { directoryOf } from '../../open-directories.ts';
import { organisationOf } from '../../organisation/organisation-of.ts';
import { assertPassword } from '../credentials/check-password.ts';
import { setPasswords } from '../set-passwords.ts';
import { passwordFields } from './change-fields.ts';
import { changePerson } from './change-person.ts';
import { assertChangeable } from './check-change.ts';

/**
 * Sets the password of every account of a person, given or made; one that was made is shown in this answer and nowhere else. Open
 * setup links are void from then on: whoever had one would set another password.
 */
export async function setPasswordByHand(context: ApiContext, call: Call): Promise<Answer> {
  const { password: given } = parse(passwordFields, call.body);
  const password = given ?? generatePassword();
  let isSet = false;
  return changePerson(context, call, {
    personId: paramOf(call, 'id'),
    async decide(person) {
      await assertChangeable(context, call, person, 'setPassword');
      if (given !== undefined)
        assertPassword(given, person, await organisationOf(context, person.orgId), '/password');
      return { fields: {} };
    },
    secret: {
      what: 'password',
      async act(person) {
        await setPasswords(context, person, password, `password:${person.openChange?.id ?? person.id}`);
        const refused = await notSigningIn(context, person, password);
        if (refused !== undefined) return refused;
        await context.repositories.setupLinks.voidAll(person.orgId, person.id, context.now());
        isSet = true;
        return undefined;
      },
    },
    more: () => (isSet && given === undefined ? { generatedPassword: password } : {}),
    shownOnce: 'generatedPassword',
  });
}

/** Proven by signing in with it: that an account is disabled is told only to whoever knows its password. */
async function notSigningIn(
  { readings }: ApiContext,
  { orgId, accounts }: Person,
  password: string,
): Promise<Problem | undefined> {
  for (const { target, accountId } of accounts) {
    const reading = directoryOf({ directories: readings }, target);
    const account = await reading.getAccount(orgId, accountId);
    const answer = account && (await reading.trySecret(orgId, account.address, password, 'web'));
    const isRight = answer?.kind === 'accepted' || answer?.code === 'ACCOUNT_DISABLED';
    if (!isRight) return new Problem('PASSWORD_NOT_PROVEN', { members: { target } });
  }
  return undefined;
}
