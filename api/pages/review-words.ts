import type { DecisionKind } from '../../shared/domain/reviews/decision.ts';
import type { Finding } from '../../shared/domain/reviews/finding.ts';
import { ruleNamed } from '../../shared/domain/reviews/rules/all-rules.ts';
import { fullNameOf, type Person } from '../../shared/domain/person.ts';
import { shownEvidence } from '../reviews/findings/shown-evidence.ts';
import { html, type Html } from '../../shared/platform/pages/html.ts';

/** What a reviewer decides, in words. */
export const CHOICES: Readonly<Record<DecisionKind, string>> = {
  keep: 'Keep it as it is, until a day',
  attest: 'It was seen to by hand',
  disable: 'Disable the account: its owner is warned 14 and 3 days before',
  start_departure: 'The person leaves: start a departure',
  change_role: 'Change the role',
  remove_alias: 'Remove the alias',
  remove_redirect: 'Remove the redirect',
  end_auto_reply: 'End the auto-reply',
  start_deletion: 'Delete the account, after a grace and an approval',
};

/** Whom or what a finding is about. */
export function subjectOf(
  { personId, account, about }: Finding,
  people: ReadonlyMap<string, Person>,
): string {
  const person = people.get(personId ?? '');
  const who = person === undefined ? undefined : `${fullNameOf(person)}, ${person.address}`;
  const which = account === undefined ? undefined : `account ${account.accountId} on ${account.target}`;
  return [who ?? which ?? 'an account of nobody', ...(about === undefined ? [] : [about])].join(': ');
}

/** What was found, and what it rests on. */
export function foundText(finding: Finding): Html {
  const rule = ruleNamed(finding.rule);
  const evidence = Object.entries(shownEvidence(finding.evidence)).map(
    ([name, value]) =>
      html`<dt>${inWords(name)}</dt>
        <dd>${textOf(value)}</dd>`,
  );
  const list = evidence.length === 0 ? undefined : html`<dl>${evidence}</dl>`;
  return html`<p><strong>${rule.title}.</strong> ${rule.explain(finding, finding.threshold)}</p>
    ${list}`;
}

/** `lastLoginAt` is `Last login at`. */
function inWords(name: string): string {
  const words = name.replace(/([A-Z])/gu, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

const INSTANT = /^(?<date>\d{4}-\d{2}-\d{2})T(?<time>\d{2}:\d{2}).*Z$/u;

function textOf(value: string | number | boolean | readonly string[]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  return [value].flat().join(', ').replace(INSTANT, '$<date> $<time> UTC');
}
