import type { Handover } from '../../shared/domain/handover.ts';
import type { AccountRef } from '../../shared/domain/person.ts';
import type { StepKind } from '../../shared/domain/step-kinds.ts';
import type { Call, CallOutcome } from '../ports/call.ts';
import type { OwnedCalendar, OwnedFile, OwnedMeeting } from '../ports/handover-operations.ts';
import type { Operation, TargetConnector } from '../ports/target-connector.ts';

/** One sort of thing that an account owns and that goes to somebody, or ends, when the owner leaves. */
export interface BelongingKind<T extends { readonly id: string }> {
  readonly name: 'files' | 'calendars' | 'meetings';
  readonly step: StepKind;
  readonly operation: Operation;
  list(connector: TargetConnector, owner: AccountRef): Promise<readonly T[]>;
  /** The leaver may not keep it. */
  mustGo(item: T, asOfMs: number): boolean;
  /** It is ended instead of handed over. */
  ends(handover: Handover): boolean;
  isEnded(item: T): boolean;
  set(
    connector: TargetConnector,
    owner: AccountRef,
    wanted: { readonly id: string; readonly ended: boolean },
    call: Call,
  ): Promise<CallOutcome>;
  /** What the evidence says of it. */
  shown(item: T): Readonly<Record<string, unknown>>;
}

export const FILES: BelongingKind<OwnedFile> = {
  name: 'files',
  step: 'transferFiles',
  operation: 'setFileOwner',
  list: (connector, owner) => connector.listFiles(owner),
  mustGo: () => true,
  ends: () => false,
  isEnded: () => false,
  set: (connector, owner, { id }, call) => connector.setFileOwner(owner, id, call),
  shown: ({ id, name, sizeBytes }) => ({ id, name, sizeBytes }),
};

/** A calendar nobody else sees goes with the account. */
export const CALENDARS: BelongingKind<OwnedCalendar> = {
  name: 'calendars',
  step: 'handOverCalendars',
  operation: 'setCalendar',
  list: (connector, owner) => connector.listCalendars(owner),
  mustGo: ({ sharedWith, closed }) => sharedWith.length > 0 && !closed,
  ends: ({ calendars }) => calendars === 'close',
  isEnded: ({ closed }) => closed,
  set: (connector, owner, { id, ended }, call) => connector.setCalendar(owner, id, { closed: ended }, call),
  shown: ({ id, name, sharedWith }) => ({ id, name, sharedWith }),
};

export const MEETINGS: BelongingKind<OwnedMeeting> = {
  name: 'meetings',
  step: 'handOverMeetings',
  operation: 'setMeeting',
  list: (connector, owner) => connector.listMeetings(owner),
  mustGo: ({ startsAtMs, cancelled }, asOfMs) => startsAtMs > asOfMs && !cancelled,
  ends: ({ meetings }) => meetings === 'cancel',
  isEnded: ({ cancelled }) => cancelled,
  set: (connector, owner, { id, ended }, call) => connector.setMeeting(owner, id, { cancelled: ended }, call),
  shown: ({ id, startsAtMs }) => ({ id, startsAtMs }),
};
