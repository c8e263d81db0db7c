import { z } from 'zod';
import { COLLISION_RULES, CONVENTIONS } from '../../shared/domain/naming/naming-rule.ts';
import { FIRST_TARGET } from '../../shared/domain/person.ts';
import { domainField, localeField, nameField, targetField } from '../http/fields.ts';

const ON_TAKEN = ['next', 'refuse'] as const;
export type OnTaken = (typeof ON_TAKEN)[number];

export const onTakenField = z
  .enum(ON_TAKEN)
  .describe(
    'Where the address of the convention cannot be had: the `next` one of the rules, or the request is refused.',
  );

/** Where an account is made. */
export const targetsField = z.array(targetField).min(1).max(21).default([FIRST_TARGET]);

/** How an organisation names the accounts of its people: all of it, in place of what was. */
export const namingField = z.strictObject({
  convention: z.enum(CONVENTIONS),
  onCollision: z.enum(COLLISION_RULES).describe('What is tried next where that is taken.'),
  domain: domainField
    .optional()
    .describe('Where new addresses are made; absent: in the first domain of the organisation.'),
});

/** Body of `POST /v1/naming/preview`. */
export const previewFields = z.strictObject({
  firstName: nameField,
  lastName: nameField,
  locale: localeField.optional().describe("Absent: the organisation's."),
  domain: domainField.optional(),
  onTaken: onTakenField.default('next'),
  targets: targetsField,
});
