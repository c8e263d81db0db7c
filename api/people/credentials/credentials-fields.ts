import { z } from 'zod';
import { addressField, localeField } from '../../http/fields.ts';

/** Longer than a password may be, so that one that is too long is told so by its own code. */
const LONGEST_SENT = 400;

export const passwordField = z
  .string()
  .max(LONGEST_SENT)
  .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), { error: 'Without control characters.' });

const welcomeFields = {
  to: addressField
    .optional()
    .describe('Where it is sent; absent: to the private contact. An address the person can read already.'),
  includePassword: z
    .boolean()
    .default(false)
    .describe('The mail holds a password besides the link. Mail can be read by others: better without.'),
  locale: localeField.optional().describe('Absent: that of the person, else of the organisation.'),
};

/** Body of `POST /v1/people/{id}/welcome`. */
export const welcomeRequest = z.strictObject(welcomeFields);
export type WelcomeRequest = z.output<typeof welcomeRequest>;

/** How the person gets in for the first time. */
export const credentialsField = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('setup_link') }),
    z.strictObject({
      kind: z.literal('manual'),
      password: passwordField.optional().describe('Absent: one is made.'),
    }),
    z.strictObject({ kind: z.literal('welcome_mail'), ...welcomeFields }),
  ])
  .describe('Absent: `setup_link`, or `manual` where there is a `password`.');

type Credentials = z.output<typeof credentialsField>;
/** With what is usual filled in. */
export type WantedCredentials = Exclude<Credentials, { kind: 'manual' }> | ManualCredentials;
interface ManualCredentials {
  readonly kind: 'manual';
  readonly given?: { readonly password: string; readonly field: string };
}

/** `password` alone is a short form of `manual`. */
export function wantedCredentials(wanted: {
  readonly password?: string | undefined;
  readonly credentials?: Credentials | undefined;
}): WantedCredentials {
  const { password, credentials } = wanted;
  if (password !== undefined) return { kind: 'manual', given: { password, field: '/password' } };
  if (credentials?.kind !== 'manual') return credentials ?? { kind: 'setup_link' };
  if (credentials.password === undefined) return { kind: 'manual' };
  return { kind: 'manual', given: { password: credentials.password, field: '/credentials/password' } };
}
