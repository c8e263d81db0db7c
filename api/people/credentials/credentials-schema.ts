import { z } from 'zod';
import { WELCOME_CANCELLATIONS, WELCOME_STATES } from '../../../shared/domain/welcome/welcome.ts';
import { instant } from '../../http/answer-fields.ts';
import { EXAMPLE } from '../../openapi/example-ids.ts';

const provenBySignIn = z.literal('sign_in').describe('A sign-in was tried on every account.');

export const credentialsSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('setup_link'),
      provenBy: z.literal('open_link').describe('The link was looked up: it can be used.'),
      setupLink: z.string().optional().describe('Shown in this answer and nowhere else.'),
      expiresAt: instant,
    }),
    z.strictObject({ kind: z.literal('manual'), provenBy: provenBySignIn }),
    z.strictObject({ kind: z.literal('welcome_mail'), provenBy: provenBySignIn }),
  ])
  .meta({ id: 'GivenCredentials', description: 'How the person gets in, and how that is known.' });

export const credentialsExample: z.output<typeof credentialsSchema> = {
  kind: 'setup_link',
  provenBy: 'open_link',
  setupLink: 'https://gangway.example/setup/q1Zx…',
  expiresAt: '2026-11-05T08:15:00.000Z',
};

export const welcomeSchema = z
  .strictObject({
    state: z
      .enum(WELCOME_STATES)
      .describe('`parked`: it was tried for three days, and waits to be asked for again.'),
    to: z.string(),
    includePassword: z.boolean(),
    locale: z.string().optional(),
    requestedBy: z.string(),
    requestedAt: instant,
    attempts: z.int(),
    nextAttemptAt: instant.optional().describe('While it is queued.'),
    error: z.string().optional().describe('Of the last attempt.'),
    cancelledBecause: z
      .enum(WELCOME_CANCELLATIONS)
      .optional()
      .describe('`has_access`: the person used a link or signed in meanwhile.'),
    sentAt: instant.optional(),
    acceptedBy: z.string().optional().describe('What the mail server, or the outbox, answered.'),
  })
  .meta({ id: 'Welcome', description: 'A welcome mail, and how far it came.' });

export const welcomeExample: z.output<typeof welcomeSchema> = {
  state: 'queued',
  to: 'lea@home.example',
  includePassword: false,
  requestedBy: EXAMPLE.owner,
  requestedAt: '2026-11-02T08:15:00.000Z',
  attempts: 1,
  nextAttemptAt: '2026-11-02T08:16:00.000Z',
  error: 'the mail server did not accept the mail: ESOCKET',
};
