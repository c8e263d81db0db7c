import { isDeepStrictEqual } from 'node:util';
import type { Person } from '../../shared/domain/person.ts';
import type { RoleChangeRequest } from '../../shared/domain/role-change.ts';
import { StepFailed } from '../steps/step-failure.ts';

/** What a role change does to the entry of a person, one after the other. */
const PERSON_PARTS = ['newRole', 'demotion', 'oldRole'] as const;
export type PersonPart = (typeof PERSON_PARTS)[number];

/** The fields of a person that a role change changes. */
export type RoleFields = Pick<Person, 'accountRole' | 'groups' | 'quotaBytes'> &
  Pick<Partial<Person>, 'managerId' | 'department' | 'template'>;
export type RoleFieldChanges = { readonly [Field in keyof RoleFields]?: RoleFields[Field] | undefined };

type Asked = Pick<
  RoleChangeRequest,
  'to' | 'adds' | 'removes' | 'accountRole' | 'quotaBytes' | 'managerId' | 'department'
>;

export function personPartOf(params: Readonly<Record<string, number | string>> | undefined): PersonPart {
  const part = PERSON_PARTS.find((one) => one === params?.['part']);
  if (part === undefined) throw new StepFailed('CASE_OUTDATED');
  return part;
}

/** What a part sets. `hadGroups`: the person's when the role changed; what came since is not of the old role. */
export function setBy(
  part: PersonPart,
  { groups }: Pick<RoleFields, 'groups'>,
  asked: Asked,
  hadGroups: readonly string[],
): RoleFieldChanges {
  const { to, adds, removes, accountRole, quotaBytes, managerId, department } = asked;
  switch (part) {
    case 'newRole':
      return {
        template: to,
        groups: [...new Set([...groups, ...adds.groups])],
        ...(managerId === undefined ? {} : { managerId }),
        ...(department === undefined ? {} : { department }),
        ...(quotaBytes === undefined ? {} : { quotaBytes }),
        ...(accountRole === 'administrator' ? { accountRole } : {}),
      };
    case 'demotion':
      return { accountRole: 'user' };
    case 'oldRole':
      return {
        groups: groups.filter((name) => !removes.groups.includes(name) || !hadGroups.includes(name)),
      };
  }
}

/** What puts a part back: fields that are no longer as it set them stay, and of the groups only its own go or come. */
export function setBack(
  part: PersonPart,
  person: RoleFields,
  asked: Asked,
  was: RoleFieldChanges,
): RoleFieldChanges {
  const hadGroups = was.groups ?? [];
  const { groups: _groups, ...given } = setBy(part, person, asked, hadGroups);
  const back = Object.entries(given)
    .filter(([field, value]) => person[field as keyof RoleFields] === value)
    .map(([field]) => [field, was[field as keyof RoleFields]]);
  return { ...(Object.fromEntries(back) as RoleFieldChanges), ...groupsBack(part, person, asked, hadGroups) };
}

function groupsBack(
  part: PersonPart,
  { groups }: RoleFields,
  { adds, removes }: Asked,
  hadGroups: readonly string[],
): Pick<RoleFieldChanges, 'groups'> {
  const has = (name: string): boolean => hadGroups.includes(name);
  if (part === 'newRole')
    return { groups: groups.filter((name) => !adds.groups.includes(name) || has(name)) };
  if (part === 'oldRole') return { groups: [...new Set([...groups, ...removes.groups.filter(has)])] };
  return {};
}

/** Of these fields, as the person has them. What is not there is left out. */
export function asItIs(person: RoleFields, fields: RoleFieldChanges): RoleFieldChanges {
  const names = Object.keys(fields) as (keyof RoleFields)[];
  const known = names.map((name) => [name, person[name]]).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as RoleFieldChanges;
}

/** Whether the person has all of it. */
export function isSet(person: RoleFields, fields: RoleFieldChanges): boolean {
  return Object.entries(fields).every(([name, value]) =>
    isDeepStrictEqual(person[name as keyof RoleFields], value),
  );
}
