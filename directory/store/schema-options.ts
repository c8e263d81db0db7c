/** Indexes are made by `prepare`, never behind our back; a field that is not listed here is an error. */
export const strictly = {
  strict: 'throw',
  strictQuery: 'throw',
  versionKey: false,
  autoIndex: false,
  autoCreate: false,
  minimize: false,
} as const;
export const part = { _id: false, strict: 'throw', minimize: false } as const;
export const owned = { _id: { type: String }, orgId: { type: String, required: true } } as const;
