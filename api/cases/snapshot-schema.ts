import { z } from 'zod';
import { DISABLE_REASONS } from '../../shared/domain/account-snapshot.ts';
import { ACCOUNT_ROLES } from '../../shared/domain/person.ts';

const text = z.strictObject({ subject: z.string(), text: z.string() });
const forward = { to: z.string(), keepCopy: z.boolean() };

/** An account as a step read it from its target. */
export const snapshotSchema = z
  .strictObject({
    status: z.enum(['active', 'disabled']),
    disabledReason: z.enum(DISABLE_REASONS).optional(),
    address: z.string(),
    aliases: z.array(z.string()),
    role: z.enum(ACCOUNT_ROLES),
    groups: z.array(z.string()),
    quotaBytes: z.int(),
    passwordFingerprint: z.string().describe('Changes with the password; tells nothing of it.'),
    sessionCount: z.int(),
    appPasswordCount: z.int(),
    oauthGrantCount: z.int().optional(),
    openLinkCount: z.int().optional(),
    recoveryMeansCount: z.int().optional(),
    protocols: z.strictObject({ imap: z.boolean(), pop: z.boolean(), smtp: z.boolean() }).optional(),
    lists: z.array(z.string()).optional(),
    delegations: z
      .array(
        z.strictObject({
          ownerAccountId: z.string(),
          resource: z.enum(['mailbox', 'calendar']),
          right: z.enum(['read', 'write', 'owner']),
        }),
      )
      .optional(),
    forwards: z.array(z.strictObject(forward)),
    rules: z.array(z.strictObject({ name: z.string(), action: z.string() })),
    autoReply: z
      .strictObject({ ...text.shape, internal: text.optional(), fromMs: z.int(), untilMs: z.int() })
      .optional(),
    redirect: z.strictObject({ ...forward, untilMs: z.int().optional() }).optional(),
    mailboxGrants: z.array(z.strictObject({ toAccountId: z.string(), untilMs: z.int() })).optional(),
    belongings: z
      .strictObject({
        files: z.array(z.string()).optional(),
        calendars: z.array(z.string()).optional(),
        meetings: z.array(z.string()).optional(),
      })
      .optional(),
    lastLoginAtMs: z.int().optional(),
    mailbox: z.strictObject({ messageCount: z.int(), bytes: z.int(), revision: z.int() }),
  })
  .meta({
    id: 'AccountSnapshot',
    description: 'An account as it was read from its target. What the target does not have is absent.',
  });
