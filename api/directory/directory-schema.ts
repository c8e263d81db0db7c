import { z } from 'zod';
import { DIRECTORY_PROTOCOLS } from '../../directory/account.ts';
import { instant } from '../http/answer-fields.ts';
import { pageSchema } from '../http/pages.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';

export const signedInSchema = z.strictObject({
  result: z.literal('signed_in'),
  accountId: z.string(),
  sessionToken: z.string().describe('Shown in this answer and nowhere else.'),
});

export const sessionSchema = z.strictObject({
  result: z.literal('active'),
  accountId: z.string(),
  protocol: z.enum(DIRECTORY_PROTOCOLS),
});

const delivered = {
  forwards: z.array(z.strictObject({ to: z.string(), result: z.enum(['sent', 'failed']) })),
  autoReply: z
    .strictObject({ to: z.string(), subject: z.string(), text: z.string(), at: instant })
    .optional()
    .describe('What the sender was answered.'),
};

export const deliverySchema = z.discriminatedUnion('result', [
  z.strictObject({
    result: z.literal('stored'),
    accountId: z.string(),
    messageId: z.string(),
    ...delivered,
  }),
  z
    .strictObject({ result: z.literal('forwarded'), accountId: z.string().optional(), ...delivered })
    .describe('A forward or a redirect without a copy took it.'),
]);

export const messagesSchema = pageSchema(
  z.strictObject({ id: z.string(), folder: z.string(), receivedAt: instant, sizeBytes: z.int() }),
).meta({ id: 'Messages', description: 'A page of a mailbox, oldest first.' });

export const manageableSchema = pageSchema(
  z.strictObject({ accountId: z.string(), address: z.string() }),
).meta({ id: 'ManageableAccounts', description: 'A page of the accounts that an administrator may manage.' });

export const belongingsSchema = z
  .strictObject({
    files: z.array(
      z.strictObject({ id: z.string(), ownerAccountId: z.string(), name: z.string(), sizeBytes: z.int() }),
    ),
    calendars: z.array(
      z.strictObject({
        id: z.string(),
        ownerAccountId: z.string(),
        name: z.string(),
        sharedWith: z.array(z.string()),
        closed: z.boolean(),
      }),
    ),
    meetings: z.array(
      z.strictObject({
        id: z.string(),
        ownerAccountId: z.string(),
        calendarId: z.string(),
        title: z.string(),
        startsAtMs: z.int(),
        cancelled: z.boolean(),
      }),
    ),
    contacts: z.array(
      z.strictObject({
        id: z.string(),
        ownerAccountId: z.string(),
        firstName: z.string(),
        lastName: z.string(),
        address: z.string().optional(),
        telephone: z.string().optional(),
        organisation: z.string().optional(),
        note: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'Belongings', description: 'What an account owns besides its mail.' });

export const writtenSchema = z.strictObject({ result: z.enum(['changed', 'already']) });

export const messagesExample: z.output<typeof messagesSchema> = {
  items: [
    {
      id: 'msg_01KA0QC8E1G4JNQSVX0Z3B5DFH',
      folder: 'INBOX',
      receivedAt: '2026-12-01T09:00:00.000Z',
      sizeBytes: 2_048,
    },
  ],
};

export const belongingsExample: z.output<typeof belongingsSchema> = {
  files: [
    {
      id: 'fil_01KA0QE0G3J6KQRTWY2A5C7EHM',
      ownerAccountId: EXAMPLE.leaAccount,
      name: 'Prices 2027.ods',
      sizeBytes: 18_432,
    },
  ],
  calendars: [],
  meetings: [],
  contacts: [],
};

export const manageableExample: z.output<typeof manageableSchema> = {
  items: [{ accountId: EXAMPLE.leaAccount, address: 'lea@example.com' }],
};
