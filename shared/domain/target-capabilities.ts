/** `composed`: made from several calls; `manual`: a person must do it; `no`: the target has no such thing. */
export type Capability = 'yes' | 'composed' | 'manual' | 'no';

/** What is handed over, and the operation that does it. */
export const HANDOVER_OPERATIONS = {
  access: 'grantMailboxAccess',
  mail: 'storeMessage',
  files: 'setFileOwner',
  calendars: 'setCalendar',
  meetings: 'setMeeting',
  contacts: 'exportContacts',
} as const;
export type HandoverPart = keyof typeof HANDOVER_OPERATIONS;
export const HANDOVER_PARTS = Object.keys(HANDOVER_OPERATIONS) as readonly HandoverPart[];

export type HandoverCapabilities = Readonly<Record<HandoverPart, Capability>>;

/** By the kind of a target. The planner and the connector read the same table, so that a plan asks nothing impossible. */
export const HANDOVER_CAPABILITIES = {
  directory: {
    access: 'yes',
    mail: 'yes',
    files: 'yes',
    calendars: 'yes',
    meetings: 'yes',
    contacts: 'yes',
  },
} as const satisfies Readonly<Record<string, HandoverCapabilities>>;

/** Every target that can be connected today is a directory. */
export function handoverCapabilitiesOf(): HandoverCapabilities {
  return HANDOVER_CAPABILITIES.directory;
}
