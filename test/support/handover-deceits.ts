import type { Deceit } from './deceit.ts';
import type { DepartureOptions } from './departure.ts';
import type { TestEngine } from './engine.ts';
import { lie, override } from './interceptions.ts';

const asks: DepartureOptions = { handover: {} };
const dayZero = { fromDay: 0, redOnDay: 3, asks };
const daySeven = { fromDay: 6, redOnDay: 9, asks };
const handedOver = { fromDay: 8, redOnDay: 12, undone: true, asks } as const;

/** Lies about what a leaver had. */
export const handoverDeceits = (engine: () => TestEngine) =>
  ({
    grantMailboxAccess: {
      ...{ stepKey: 'grant-mailbox-access', errorCode: 'READ_BACK_MISMATCH', ...dayZero },
      begin: ({ orgId }) => override(engine(), orgId, { grantMailboxAccess: lie }),
    },
    endMailboxAccess: {
      ...{ stepKey: 'end-mailbox-access', errorCode: 'READ_BACK_MISMATCH', asks },
      ...{ fromDay: 19, redOnDay: 22 },
      begin: ({ orgId }) => override(engine(), orgId, { endMailboxAccess: lie }),
    },
    transferMail: {
      ...{ stepKey: 'transfer-mail', errorCode: 'READ_BACK_MISMATCH', ...daySeven },
      begin: ({ orgId }) => override(engine(), orgId, { storeMessage: lie }),
    },
    transferFiles: {
      ...{ stepKey: 'transfer-files', errorCode: 'READ_BACK_MISMATCH', ...daySeven },
      begin: ({ orgId }) => override(engine(), orgId, { setFileOwner: lie }),
    },
    handOverCalendars: {
      ...{ stepKey: 'hand-over-calendars', errorCode: 'READ_BACK_MISMATCH', ...daySeven },
      begin: ({ orgId }) => override(engine(), orgId, { setCalendar: lie }),
    },
    handOverMeetings: {
      ...{ stepKey: 'hand-over-meetings', errorCode: 'READ_BACK_MISMATCH', ...daySeven },
      begin: ({ orgId }) => override(engine(), orgId, { setMeeting: lie }),
    },
    exportContacts: {
      ...{ stepKey: 'export-contacts', errorCode: 'READ_BACK_MISMATCH', ...daySeven },
      begin: ({ orgId }) =>
        engine().interceptPorts(orgId, (ports) => ({
          ...ports,
          archive: { ...ports.archive, writeExport: () => Promise.resolve() },
        })),
    },
    returnFiles: {
      ...{ stepKey: 'undo-transfer-files', errorCode: 'READ_BACK_MISMATCH', ...handedOver },
      begin: ({ orgId }) => override(engine(), orgId, { setFileOwner: lie }),
    },
    returnCalendars: {
      ...{ stepKey: 'undo-hand-over-calendars', errorCode: 'READ_BACK_MISMATCH', ...handedOver },
      begin: ({ orgId }) => override(engine(), orgId, { setCalendar: lie }),
    },
    returnMeetings: {
      ...{ stepKey: 'undo-hand-over-meetings', errorCode: 'READ_BACK_MISMATCH', ...handedOver },
      begin: ({ orgId }) => override(engine(), orgId, { setMeeting: lie }),
    },
  }) satisfies Readonly<Record<string, Deceit>>;
