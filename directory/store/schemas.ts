import { Schema } from 'mongoose';

/** Indexes are made by `prepare`, never behind our back; a field that is not listed here is an error. */
const strictly = {
  strict: 'throw',
  strictQuery: 'throw',
  versionKey: false,
  autoIndex: false,
  autoCreate: false,
  minimize: false,
} as const;
const part = { _id: false, strict: 'throw', minimize: false } as const;
const owned = { _id: { type: String }, orgId: { type: String, required: true } } as const;

const session = new Schema({ id: String, tokenHash: String, protocol: String, createdAtMs: Number }, part);
const appPassword = new Schema({ id: String, label: String, hash: String, createdAtMs: Number }, part);
const forward = new Schema({ to: String, keepCopy: Boolean }, part);
const rule = new Schema({ name: String, action: String }, part);
const autoReply = new Schema({ subject: String, text: String, fromMs: Number, untilMs: Number }, part);
const incoming = new Schema({ messageId: String, sizeBytes: Number, sinceMs: Number }, part);
const pendingEffect = new Schema({ seq: Number, operation: String, effectKey: String, atMs: Number }, part);
const mailbox = new Schema(
  {
    messageCount: Number,
    bytes: Number,
    revision: Number,
    refusedCount: Number,
    lastRefusedAtMs: Number,
    incoming: [incoming],
  },
  part,
);

export const accountSchema = new Schema(
  {
    ...owned,
    rev: Number,
    state: String,
    firstName: String,
    lastName: String,
    address: String,
    aliases: [String],
    quotaBytes: Number,
    role: String,
    groups: [String],
    service: Boolean,
    status: String,
    disabledReason: String,
    passwordHash: String,
    sessions: [session],
    appPasswords: [appPassword],
    forwards: [forward],
    rules: [rule],
    autoReply,
    redirect: forward,
    lastLoginAtMs: Number,
    mailbox,
    pendingEffects: [pendingEffect],
  },
  strictly,
).index({ orgId: 1, _id: 1 });

export const addressSchema = new Schema({ ...owned, accountId: String }, strictly).index({
  orgId: 1,
  accountId: 1,
  _id: 1,
});

export const messageSchema = new Schema(
  {
    ...owned,
    accountId: String,
    folder: String,
    receivedAtMs: Number,
    sizeBytes: Number,
    raw: Buffer,
    void: Boolean,
  },
  strictly,
).index({ orgId: 1, accountId: 1, _id: 1 });

export const outgoingSchema = new Schema(
  {
    ...owned,
    rev: Number,
    accountId: String,
    from: String,
    to: String,
    subject: String,
    text: String,
    atMs: Number,
    state: String,
  },
  strictly,
).index({ orgId: 1, accountId: 1, _id: 1 });

export const answeredSchema = new Schema(
  { ...owned, rev: Number, accountId: String, atMs: Number },
  strictly,
).index({
  orgId: 1,
  accountId: 1,
  _id: 1,
});

export const effectSchema = new Schema(
  { ...owned, accountId: String, seq: Number, operation: String, effectKey: String, atMs: Number },
  strictly,
).index({ orgId: 1, _id: 1 });
