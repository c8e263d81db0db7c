import { fullNameOf, type Person } from '../../shared/domain/person.ts';
import type { RoleChangeRequest } from '../../shared/domain/role-change.ts';
import type { RoleRights } from '../../shared/domain/role-rights.ts';
import { localMinute, type NoticeText } from '../notices/notice-texts.ts';

interface OfRoleChange {
  readonly person: Person;
  readonly request: RoleChangeRequest;
  readonly changeAtMs: number;
  /** Absent: nothing ends. */
  readonly endsAtMs: number | undefined;
  readonly timeZone: string;
}

export function roleChangeNotice(of: OfRoleChange): NoticeText {
  const { person, request, changeAtMs, timeZone } = of;
  const name = fullNameOf(person);
  return {
    subject: `${name} has a new role: ${request.to}`,
    text: [
      `${name} (${person.address}) has the role “${request.to}” since ${localMinute(changeAtMs, timeZone)}.`,
      '',
      ...gainsOf(request),
      ...endsOf(of),
    ].join('\n'),
  };
}

export function oldRightsReminder(of: OfRoleChange): NoticeText {
  const name = fullNameOf(of.person);
  return {
    subject: `What ${name} had in the old role ends soon`,
    text: [`${name} (${of.person.address}) has the role “${of.request.to}” now.`, '', ...endsOf(of)].join(
      '\n',
    ),
  };
}

function gainsOf({ adds, accountRole }: RoleChangeRequest): readonly string[] {
  const role = accountRole === 'administrator' ? ['- administrator: has access to manage all users'] : [];
  const lines = [...linesOf(adds), ...role];
  return lines.length === 0 ? [] : ['New are:', ...lines, ''];
}

function endsOf({ request, endsAtMs, timeZone }: OfRoleChange): readonly string[] {
  if (endsAtMs === undefined) return ['Nothing of the old role ends.'];
  const { removes, accountRole } = request;
  return [
    `This ends on ${localMinute(endsAtMs, timeZone)}, where the person has it:`,
    ...linesOf(removes),
    ...(accountRole === 'user' ? ['- administrator'] : []),
    '',
    'Where it is needed longer, have the overlap made longer before that.',
  ];
}

function linesOf(rights: RoleRights): readonly string[] {
  return [...rights.groups.map((name) => `- group ${name}`), ...rights.lists.map((name) => `- list ${name}`)];
}
