import { Schema } from 'mongoose';
import { owned, part, strictly } from './schema-options.ts';

const session = new Schema({ id: String, tokenHash: String, protocol: String, createdAtMs: Number }, part);
const appPassword = new Schema({ id: String, label: String, hash: String, createdAtMs: Number }, part);
const oauthGrant = new Schema(
  { id: String, client: String, scopes: [String], hash: String, grantedAtMs: Number },
  part,
);
const link = new Schema({ id: String, kind: String, hash: String, expiresAtMs: Number, state: String }, part);
const recoveryMeans = new Schema({ id: String, kind: String, label: String }, part);
const protocols = new Schema({ imap: Boolean, pop: Boolean, smtp: Boolean }, part);
const delegation = new Schema({ ownerAccountId: String, resource: String, right: String }, part);
const aliasUse = new Schema({ address: String, sinceMs: Number, lastMailAtMs: Number }, part);
const forward = new Schema({ to: String, keepCopy: Boolean }, part);
const redirect = new Schema({ to: String, keepCopy: Boolean, untilMs: Number }, part);
const keptRedirect = new Schema({ digest: String }, part);
const rule = new Schema({ name: String, action: String }, part);
const internal = new Schema({ subject: String, text: String }, part);
const autoReply = new Schema(
  { subject: String, text: String, internal, fromMs: Number, untilMs: Number },
  part,
);
const incoming = new Schema(
  { messageId: String, sizeBytes: Number, sinceMs: Number, effectKey: String },
  part,
);
const mailboxGrant = new Schema({ toAccountId: String, untilMs: Number }, part);
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
    aliasUse: { type: [aliasUse], default: undefined },
    quotaBytes: Number,
    role: String,
    groups: [String],
    service: Boolean,
    status: String,
    disabledReason: String,
    passwordHash: String,
    sessions: [session],
    appPasswords: [appPassword],
    oauthGrants: [oauthGrant],
    links: [link],
    recoveryMeans: [recoveryMeans],
    protocols,
    lists: [String],
    delegations: [delegation],
    forwards: [forward],
    rules: [rule],
    autoReply,
    redirect,
    redirectSinceMs: Number,
    keptRedirect,
    mailboxGrants: { type: [mailboxGrant], default: undefined },
    lastLoginAtMs: Number,
    createdAtMs: Number,
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

export const redirectSchema = new Schema(
  { ...owned, rev: Number, accountId: String, to: String, untilMs: Number },
  strictly,
).index({ orgId: 1, accountId: 1, _id: 1 });

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
