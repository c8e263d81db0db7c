import { expect, test } from '@jest/globals';
import { EVERY_OPERATION } from '../../../api/every-operation.ts';
import type { ActionCaller, ActionSubject } from '../../../shared/domain/people/action-subject.ts';
import {
  PERSON_ACTIONS,
  PERSON_ACTION_NAMES,
  refusalOf,
} from '../../../shared/domain/people/person-actions.ts';

const ANYBODY: ActionCaller = { may: () => true };
const SOMEBODY: ActionSubject = {
  person: {
    ...{ id: 'per_1', status: 'active', protected: false, accountRole: 'user', aliases: [] },
    accounts: [{ target: 'directory', accountId: 'acc_1' }],
  },
  isLastAdministrator: false,
};

test.each(PERSON_ACTION_NAMES)('%s is an operation of the API, behind the scope the table has', (name) => {
  const action = PERSON_ACTIONS[name];
  const operation = 'operation' in action ? action.operation : name;
  expect(EVERY_OPERATION[operation]).toMatchObject({ scope: action.scope });
});

test.each(PERSON_ACTION_NAMES)('%s needs its scope before anything else is asked', (name) => {
  const { scope } = PERSON_ACTIONS[name];
  const caller: ActionCaller = { may: (other) => other !== scope, personId: 'per_1' };
  expect(refusalOf(name, SOMEBODY, caller)).toEqual({ code: 'SCOPE_MISSING', scope });
});

test('with somebody who works here all can be done but what there is nothing of', () => {
  const refused = PERSON_ACTION_NAMES.filter((name) => refusalOf(name, SOMEBODY, ANYBODY) !== undefined);
  expect(refused).toEqual(['demote', 'removeAlias', 'enablePerson', 'rehirePerson']);
});

test('of several reasons the one is given that the command meets first', () => {
  const subject: ActionSubject = {
    person: { ...SOMEBODY.person, protected: true, status: 'departed' },
    isLastAdministrator: true,
    openCase: { id: 'cas_1' },
  };
  const code = (caller: ActionCaller, more: Partial<ActionSubject['person']> = {}) =>
    refusalOf('requestDeparture', { ...subject, person: { ...subject.person, ...more } }, caller)?.code;
  expect(code({ ...ANYBODY, personId: 'per_1' })).toBe('SELF_DEPARTURE');
  expect(code(ANYBODY)).toBe('PERSON_PROTECTED');
  expect(code(ANYBODY, { protected: false })).toBe('PERSON_DEPARTED');
  expect(code(ANYBODY, { protected: false, status: 'active' })).toBe('LAST_ADMINISTRATOR');
});
