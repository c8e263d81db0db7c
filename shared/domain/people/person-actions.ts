import {
  caseUnderWay,
  changeFactsOf,
  wayOutOf,
  type ActionCaller,
  type ActionScope,
  type ActionSubject,
  type PersonRefusal,
  type PersonRefusalCode,
} from './action-subject.ts';
import { MOST_ALIASES, whyNot, type PersonChange } from './why-not.ts';

type Rule = (subject: ActionSubject, caller: ActionCaller) => PersonRefusal | undefined;

interface PersonActionRules {
  readonly scope: ActionScope;
  /** The name of the operation, where it is not the action's: one that can be asked for in several ways. */
  readonly operation?: string;
  /** In the order in which the command asks them, before it writes anything. */
  readonly rules: readonly Rule[];
  /**
   * What is decided later: by the writing itself, for any number of commands at once (a claim, the case), or by what exactly is
   * wanted. Foretold by the same facts, and asked after the others, as the command meets it.
   */
  readonly decidedByWriting?: readonly Rule[];
}

const refusing =
  (code: Exclude<PersonRefusalCode, 'SCOPE_MISSING'>, refuses: (subject: ActionSubject) => boolean): Rule =>
  (subject) =>
    refuses(subject) ? { code } : undefined;

const isActive = refusing('PERSON_NOT_ACTIVE', ({ person }) => person.status !== 'active');
const hasAccount = refusing('ACCOUNT_NOT_FOUND', ({ person }) => person.accounts.length === 0);
const isUnprotected = refusing('PERSON_PROTECTED', ({ person }) => person.protected);
const hasNotDeparted = refusing('PERSON_DEPARTED', ({ person }) => person.status === 'departed');
const administratorStays = refusing('LAST_ADMINISTRATOR', ({ isLastAdministrator }) => isLastAdministrator);
/** A case that is not written yet is a departure's, as far as anybody knows. */
const hasNoOpenCase: Rule = ({ openCase }) => {
  if (openCase === undefined) return undefined;
  return {
    code: (openCase.record?.kind ?? 'departure') === 'departure' ? 'DEPARTURE_EXISTS' : 'CASE_EXISTS',
  };
};
const isNotTooLate = refusing(
  'DEPARTURE_UNFINISHED',
  (subject) => wayOutOf(subject)?.pointOfNoReturnAtMs !== undefined,
);
const hasLeft = refusing(
  'NOTHING_TO_COME_BACK_FROM',
  (subject) => wayOutOf(subject) === undefined && subject.person.status !== 'departed',
);
const caseIsOpen = refusing('CASE_CLOSED', (subject) => wayOutOf(subject)?.closedAtMs !== undefined);
const isNotTurnedBack = refusing('ALREADY_UNDOING', (subject) => wayOutOf(subject)?.undoing === true);

/** Nobody begins, releases or approves what is done to themselves, where the key says whose it is. */
const isNotSelf =
  (code: 'SELF_DEPARTURE' | 'OWN_ROLE'): Rule =>
  ({ person }, caller) =>
    caller.personId === person.id ? { code } : undefined;

/** To call a case back takes the right to have begun it. */
const mayCallBack: Rule = (subject, caller) => {
  const out = wayOutOf(subject);
  return out && lacking(caller, out.kind === 'departure' ? 'departures:write' : 'cases:write');
};

const addressIsFree: Rule = (subject) =>
  wayOutOf(subject) !== undefined || subject.addressLost === undefined
    ? undefined
    : { code: subject.addressLost };

/** The old address stays as an alias, except for whoever goes back to one of their aliases. */
const hasRoomForAlias = refusing('TOO_MANY_ALIASES', ({ person }) => person.aliases.length >= MOST_ALIASES);

const changes =
  (change: PersonChange): Rule =>
  (subject, caller) => {
    const code = whyNot(change, changeFactsOf(subject, caller));
    return code && { code };
  };

/** Nothing would open it again: a leave gives back what it found. */
const isNotDisabled = refusing('ALREADY_DISABLED', ({ person }) => person.status === 'disabled');
const isHere = refusing('PERSON_NOT_HERE', ({ person }) => person.status !== 'active');

const isOtherCase = (subject: ActionSubject) => {
  const record = caseUnderWay(subject);
  return record !== undefined && record.kind !== 'leave';
};
const withoutCase =
  (rule: Rule): Rule =>
  (subject, caller) =>
    caseUnderWay(subject) === undefined ? rule(subject, caller) : undefined;

/** A leave is ended; an account that no case will open any more gets a case that does. */
const CAN_BE_OPENED: readonly Rule[] = [
  (subject, caller) => (isOtherCase(subject) ? hasNoOpenCase(subject, caller) : undefined),
  ({ leaveGoesOn }) => leaveGoesOn && { code: leaveGoesOn },
  withoutCase(isUnprotected),
  withoutCase(refusing('NOT_DISABLED', ({ person }) => person.status !== 'disabled')),
  withoutCase(hasNoOpenCase),
];

const MAY_GO = [isUnprotected, hasNotDeparted, administratorStays];
const MAY_GO_AWAY = [isUnprotected, hasNotDeparted, isNotDisabled, administratorStays];
const MAY_MOVE = [isUnprotected, hasNotDeparted, isHere];

/** A case of somebody else, as nobody has two that are open. */
const beginning = (rules: readonly Rule[]) => ({
  ...({ scope: 'cases:write', rules: [isNotSelf('SELF_DEPARTURE'), ...rules] } as const),
  decidedByWriting: [hasNoOpenCase],
});

/**
 * What can be done to a person, by the names the API gives its operations, or by the way of asking for one. The commands refuse
 * by this table, and lists say by it what a caller may do: one line for each action, and no second opinion anywhere.
 */
export const PERSON_ACTIONS = {
  updatePerson: { scope: 'people:write', rules: [changes('rename')] },
  changeAddress: {
    ...{ scope: 'people:write', operation: 'updatePerson' },
    rules: [changes('changeAddress')],
    decidedByWriting: [hasRoomForAlias],
  },
  setPersonPassword: { scope: 'people:write', rules: [changes('setPassword')] },
  giveSetupLink: { scope: 'people:write', rules: [changes('giveSetupLink')] },
  requestWelcome: { scope: 'people:write', rules: [isActive, hasAccount] },
  promote: { scope: 'people:write', operation: 'setRole', rules: [changes('promote')] },
  demote: { scope: 'people:write', operation: 'setRole', rules: [changes('demote')] },
  addAlias: { scope: 'people:write', rules: [changes('addAlias')] },
  removeAlias: { scope: 'people:write', rules: [changes('removeAlias')] },
  setQuota: { scope: 'people:write', rules: [changes('setQuota')] },
  createApiKey: { scope: 'organisation:write', rules: [isActive] },
  simulateLeave: { scope: 'cases:read', rules: MAY_GO_AWAY },
  simulateSuspicious: { scope: 'cases:read', operation: 'simulateLeave', rules: MAY_GO },
  requestLeave: beginning(MAY_GO_AWAY),
  disablePerson: beginning(MAY_GO_AWAY),
  disableSuspicious: { ...beginning(MAY_GO), operation: 'disablePerson' },
  enablePerson: {
    scope: 'cases:write',
    rules: [isNotSelf('SELF_DEPARTURE')],
    decidedByWriting: CAN_BE_OPENED,
  },
  simulateRoleChange: { scope: 'cases:read', rules: MAY_MOVE },
  requestRoleChange: { ...beginning([]), rules: [isNotSelf('OWN_ROLE'), ...MAY_MOVE] },
  simulateDeparture: { scope: 'departures:read', rules: MAY_GO },
  requestDeparture: { ...beginning(MAY_GO), scope: 'departures:write' },
  simulateDeletion: { scope: 'cases:read', rules: MAY_GO },
  requestDeletion: beginning(MAY_GO),
  rehirePerson: {
    scope: 'people:write',
    rules: [mayCallBack, isNotTooLate, hasLeft],
    decidedByWriting: [caseIsOpen, isNotTurnedBack, addressIsFree],
  },
  placePersonHold: { scope: 'departures:write', rules: [] },
  liftPersonHold: { scope: 'departures:write', rules: [] },
} as const satisfies Readonly<Record<string, PersonActionRules>>;
export type PersonAction = keyof typeof PERSON_ACTIONS;
export const PERSON_ACTION_NAMES = Object.keys(PERSON_ACTIONS) as readonly PersonAction[];

/** Why the command refuses before it writes; `undefined` when it goes on. */
export function earlyRefusalOf(
  action: PersonAction,
  subject: ActionSubject,
  caller: ActionCaller,
): PersonRefusal | undefined {
  const { scope, rules } = PERSON_ACTIONS[action];
  return lacking(caller, scope) ?? firstOf(rules, subject, caller);
}

/** Why this caller cannot do it now; `undefined` when they can. */
export function refusalOf(
  action: PersonAction,
  subject: ActionSubject,
  caller: ActionCaller,
): PersonRefusal | undefined {
  const { decidedByWriting = [] }: PersonActionRules = PERSON_ACTIONS[action];
  return earlyRefusalOf(action, subject, caller) ?? firstOf(decidedByWriting, subject, caller);
}

function lacking(caller: ActionCaller, scope: ActionScope): PersonRefusal | undefined {
  return caller.may(scope) ? undefined : { code: 'SCOPE_MISSING', scope };
}

function firstOf(
  rules: readonly Rule[],
  subject: ActionSubject,
  caller: ActionCaller,
): PersonRefusal | undefined {
  for (const rule of rules) {
    const refusal = rule(subject, caller);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
