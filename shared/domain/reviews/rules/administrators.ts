import type { ReviewRule, ReviewSubject } from '../review-rule.ts';
import { seen } from './found-words.ts';
import { remainingPerson } from './whereabouts.ts';

const WHAT_HELPS = ['change_role', 'disable', 'start_departure'] as const;

export const administrator: ReviewRule = {
  name: 'administrator',
  title: 'Administrator',
  description:
    'Everybody who is an administrator, by the record of the person or in any target. Found once for each person, however many accounts they have. Not found: people who have departed.',
  usuallyOn: true,
  proposes: 'keep',
  allows: WHAT_HELPS,
  find(subject) {
    const standing = standingOf(subject);
    return standing === undefined ? [] : [{ value: 'administrator', evidence: standing }];
  },
  explain: ({ evidence: { targets } }) =>
    Array.isArray(targets) && targets.length > 0
      ? 'The person is an administrator and can do everything in the organisation.'
      : 'The person is entered as an administrator; no account of theirs has that role.',
};

export const administratorMisplaced: ReviewRule = {
  name: 'administrator_misplaced',
  title: 'Administrator in another place',
  description:
    'An administrator whose department is not among `departments`, and whose template is not among `templates`. Where neither is set, nothing is found.',
  takesPlaces: true,
  usuallyOn: true,
  proposes: 'change_role',
  allows: WHAT_HELPS,
  find(subject, { departments, templates }) {
    const standing = standingOf(subject);
    if (standing === undefined || departments.length + templates.length === 0) return [];
    const { department, template } = subject.person ?? {};
    if (department !== undefined && departments.includes(department)) return [];
    if (template !== undefined && templates.includes(template)) return [];
    return [{ value: department ?? 'none', evidence: { ...standing, departments, templates } }];
  },
  explain: ({ evidence: { department } }) =>
    typeof department === 'string'
      ? `The person is an administrator and works in "${department}", where no administrators belong.`
      : 'The person is an administrator and has no department; administrators belong to certain ones.',
};

/** What is known of somebody who is an administrator; `undefined`: they are none. */
function standingOf(subject: ReviewSubject) {
  const person = remainingPerson(subject);
  if (person === undefined) return undefined;
  const accounts = subject.accounts.filter(({ role }) => role === 'administrator');
  if (person.accountRole !== 'administrator' && accounts.length === 0) return undefined;
  const signIns = accounts.flatMap(({ lastLoginAtMs }) => lastLoginAtMs ?? []);
  return seen({
    accountRole: person.accountRole,
    targets: accounts.map(({ target }) => target),
    department: person.department,
    template: person.template,
    lastLoginAtMs: signIns.length === 0 ? undefined : Math.max(...signIns),
  });
}
