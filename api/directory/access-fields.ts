import { z } from 'zod';
import { DELEGATED_RESOURCES, DELEGATED_RIGHTS, LINK_KINDS, RECOVERY_KINDS } from '../../directory/access.ts';
import { idField, shortText } from '../http/fields.ts';
import { onTarget } from './directory-fields.ts';

export const oauthGrant = z.strictObject({
  ...onTarget,
  client: shortText,
  scopes: z.array(shortText).max(20).default([]),
});

export const link = z.strictObject({
  ...onTarget,
  kind: z.enum(LINK_KINDS),
  expiresInHours: z.number().int().min(1).max(8_760).default(72),
});

export const linkUse = z.strictObject({
  ...onTarget,
  link: z.string().min(1).max(400),
  password: z.string().max(400),
});

export const recoveryMeans = z.strictObject({ ...onTarget, kind: z.enum(RECOVERY_KINDS), label: shortText });

export const protocols = z.strictObject({
  ...onTarget,
  imap: z.boolean(),
  pop: z.boolean(),
  smtp: z.boolean(),
});

const names = z.array(shortText).max(200);
export const memberships = z.strictObject({ ...onTarget, groups: names, lists: names });

export const delegations = z.strictObject({
  ...onTarget,
  delegations: z
    .array(
      z.strictObject({
        ownerPersonId: idField,
        resource: z.enum(DELEGATED_RESOURCES),
        right: z.enum(DELEGATED_RIGHTS),
      }),
    )
    .max(200),
});
