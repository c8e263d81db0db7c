import type { BriefCase } from '../case-record.ts';
import type { LeaveEndRefusal } from '../leave-end.ts';
import type { Person } from '../person.ts';
import type { ChangeFacts } from './why-not.ts';

/** What an action is decided by, besides whoever asks for it. */
export interface ActionSubject {
  readonly person: Pick<Person, 'id' | 'status' | 'protected' | 'accounts' | 'accountRole' | 'aliases'>;
  readonly openCase?: OpenCase | undefined;
  /** An administrator, and nobody else stays who is one. */
  readonly isLastAdministrator: boolean;
  /** Why the open leave cannot be ended. */
  readonly leaveGoesOn?: LeaveEndRefusal | undefined;
  /** Why the address cannot be theirs again; only somebody who has departed may have lost it. */
  readonly addressLost?: 'ADDRESS_TAKEN' | 'ADDRESS_QUARANTINED' | undefined;
}

/** The case that has a claim on the person. */
export interface OpenCase {
  readonly id: string;
  /** Absent while it is being written. */
  readonly record?:
    Pick<BriefCase, 'id' | 'kind' | 'undoing' | 'pointOfNoReturnAtMs' | 'closedAtMs'> | undefined;
}

/** Who asks. */
export interface ActionCaller {
  may(scope: ActionScope): boolean;
  /** The person of the organisation who the caller is, where that is known. */
  readonly personId?: string | undefined;
}

export type ActionScope =
  | 'people:write'
  | 'cases:read'
  | 'cases:write'
  | 'departures:read'
  | 'departures:write'
  | 'organisation:write';

/** A refusal by its code; `scope` is the one that is missing. */
export type PersonRefusal =
  | { readonly code: 'SCOPE_MISSING'; readonly scope: ActionScope }
  | { readonly code: Exclude<PersonRefusalCode, 'SCOPE_MISSING'> };

export const PERSON_REFUSALS = [
  'SCOPE_MISSING',
  'SELF_DEPARTURE',
  'PERSON_PROTECTED',
  'PERSON_DEPARTED',
  'PERSON_NOT_ACTIVE',
  'ACCOUNT_NOT_FOUND',
  'LAST_ADMINISTRATOR',
  'DEPARTURE_EXISTS',
  'CASE_EXISTS',
  'DEPARTURE_UNFINISHED',
  'NOTHING_TO_COME_BACK_FROM',
  'CASE_CLOSED',
  'ALREADY_UNDOING',
  'ADDRESS_TAKEN',
  'ADDRESS_QUARANTINED',
  'OWN_ROLE',
  'ROLE_HELD',
  'CASE_OPEN',
  'RESERVED_ALIASES',
  'TOO_MANY_ALIASES',
  'ALIAS_NOT_FOUND',
  'PERSON_NOT_HERE',
  'ALREADY_DISABLED',
  'NOT_DISABLED',
  'LEAVE_NOT_BEGUN',
  'LEAVE_ENDING',
  'INVESTIGATION_OPEN',
] as const;
export type PersonRefusalCode = (typeof PERSON_REFUSALS)[number];

/** The open case, unless it was closed a moment ago. */
export function caseUnderWay({ openCase }: ActionSubject): NonNullable<OpenCase['record']> | undefined {
  const record = openCase?.record;
  return record?.closedAtMs === undefined ? record : undefined;
}

/** The departure or deletion that is open, from which somebody can be called back. */
export function wayOutOf<Of extends ActionSubject>({ openCase }: Of): NonNullable<Of['openCase']>['record'] {
  const record = openCase?.record;
  return record?.kind === 'departure' || record?.kind === 'deletion' ? record : undefined;
}

/** The same facts as changes of an account look at them. */
export function changeFactsOf(subject: ActionSubject, { personId }: ActionCaller): ChangeFacts {
  const { person, openCase, isLastAdministrator } = subject;
  return {
    person,
    hasOpenCase: openCase !== undefined,
    isSelf: personId === person.id,
    hasOtherAdministrator: !isLastAdministrator,
  };
}
