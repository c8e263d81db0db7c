import { z } from 'zod';
import { DELEGATED_RESOURCES, DELEGATED_RIGHTS, LINK_KINDS, RECOVERY_KINDS } from '../../directory/access.ts';
import { DISABLE_REASONS } from '../../shared/domain/account-snapshot.ts';
import { ACCOUNT_ROLES } from '../../shared/domain/person.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';

const text = { subject: z.string(), text: z.string() };
const forward = { to: z.string(), keepCopy: z.boolean() };

export const accountSchema = z
  .strictObject({
    id: z.string(),
    orgId: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    address: z.string(),
    aliases: z.array(z.string()),
    quotaBytes: z.int(),
    role: z.enum(ACCOUNT_ROLES),
    groups: z.array(z.string()),
    service: z.boolean().describe('The account of a machine.'),
    status: z.enum(['active', 'disabled']),
    disabledReason: z.enum(DISABLE_REASONS).optional(),
    passwordFingerprint: z.string().describe('Changes with the password; tells nothing of it.'),
    sessionCount: z.int(),
    appPasswords: z.array(z.strictObject({ id: z.string(), label: z.string() })),
    oauthGrants: z.array(
      z.strictObject({
        id: z.string(),
        client: z.string(),
        scopes: z.array(z.string()),
        grantedAtMs: z.int(),
      }),
    ),
    links: z.array(
      z.strictObject({
        id: z.string(),
        kind: z.enum(LINK_KINDS),
        expiresAtMs: z.int(),
        state: z.enum(['open', 'used', 'void']),
      }),
    ),
    recoveryMeans: z.array(
      z.strictObject({ id: z.string(), kind: z.enum(RECOVERY_KINDS), label: z.string() }),
    ),
    protocols: z.strictObject({ imap: z.boolean(), pop: z.boolean(), smtp: z.boolean() }),
    lists: z.array(z.string()),
    delegations: z.array(
      z.strictObject({
        ownerAccountId: z.string(),
        resource: z.enum(DELEGATED_RESOURCES),
        right: z.enum(DELEGATED_RIGHTS),
      }),
    ),
    forwards: z.array(z.strictObject(forward)),
    rules: z.array(z.strictObject({ name: z.string(), action: z.string() })),
    autoReply: z
      .strictObject({
        ...text,
        internal: z.strictObject(text).optional(),
        fromMs: z.int(),
        untilMs: z.int(),
      })
      .optional(),
    redirect: z.strictObject({ ...forward, untilMs: z.int().optional() }).optional(),
    mailboxGrants: z.array(z.strictObject({ toAccountId: z.string(), untilMs: z.int() })),
    lastLoginAtMs: z.int().optional(),
    mailbox: z.strictObject({
      messageCount: z.int(),
      bytes: z.int(),
      revision: z.int(),
      refusedCount: z.int(),
    }),
  })
  .meta({ id: 'DirectoryAccount', description: 'An account as others may see it: nothing that signs in.' });

export const accountExample: z.output<typeof accountSchema> = {
  id: EXAMPLE.leaAccount,
  orgId: EXAMPLE.organisation,
  firstName: 'Lea',
  lastName: 'Leaver',
  address: 'lea@example.com',
  aliases: [],
  quotaBytes: 5_368_709_120,
  role: 'user',
  groups: ['sales'],
  service: false,
  status: 'active',
  passwordFingerprint: '3f0e1c2b9a8d7f6e5d4c3b2a19087f6e',
  sessionCount: 1,
  appPasswords: [{ id: 'app_01KA0QD9F2H5KPRTWY1A4C6EGJ', label: 'phone' }],
  oauthGrants: [],
  links: [],
  recoveryMeans: [],
  protocols: { imap: true, pop: true, smtp: true },
  lists: [],
  delegations: [],
  forwards: [],
  rules: [],
  mailboxGrants: [],
  lastLoginAtMs: 1_796_115_600_000,
  mailbox: { messageCount: 12, bytes: 34_560, revision: 12, refusedCount: 0 },
};
