import { Schema } from 'mongoose';
import { owned, part, strictly } from './schema-options.ts';

const pendingEffect = new Schema(
  { seq: Number, operation: String, effectKey: String, atMs: Number, accountId: String },
  part,
);
const belonging = { ...owned, rev: Number, accountId: String, pendingEffects: [pendingEffect] } as const;
const byOwner = { orgId: 1, accountId: 1, _id: 1 } as const;

export const fileSchema = new Schema({ ...belonging, name: String, sizeBytes: Number }, strictly).index(
  byOwner,
);

export const calendarSchema = new Schema(
  { ...belonging, name: String, sharedWith: [String], closed: Boolean },
  strictly,
).index(byOwner);

export const meetingSchema = new Schema(
  { ...belonging, calendarId: String, title: String, startsAtMs: Number, cancelled: Boolean },
  strictly,
).index(byOwner);

export const contactSchema = new Schema(
  {
    ...belonging,
    firstName: String,
    lastName: String,
    address: String,
    telephone: String,
    organisation: String,
    note: String,
  },
  strictly,
).index(byOwner);
