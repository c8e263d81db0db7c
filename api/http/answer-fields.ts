import { z } from 'zod';
import { targetField } from './fields.ts';

/** Fields that several answers have. Answers are `z.strictObject`s: the tests hold every real answer to them. */

/** UTC. */
export const instant = z.iso.datetime();

export const shownInstant = z
  .strictObject({
    utc: instant,
    local: z.string().describe('Local date, time and offset.'),
  })
  .meta({ id: 'Instant', description: 'An instant, in UTC and in the zone of the person who leaves.' });

/** `true`, or absent. */
export const onlyTrue = z.literal(true).optional();

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/u);

export const accountRef = z.strictObject({ target: targetField, accountId: z.string() });
