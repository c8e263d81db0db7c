import { allowedKinds } from '../../shared/domain/reviews/decide.ts';
import type { Decision, DecisionKind } from '../../shared/domain/reviews/decision.ts';
import type { Finding } from '../../shared/domain/reviews/finding.ts';
import { ruleNamed } from '../../shared/domain/reviews/rules/all-rules.ts';
import { ACCOUNT_ROLES, type Person } from '../../shared/domain/person.ts';
import { html, type Html } from '../../shared/platform/pages/html.ts';
import { sentenceOfRefusal } from '../reviews/findings/sentence-of-refusal.ts';
import { CHOICES, foundText, subjectOf } from './review-words.ts';

/** What was entered of a finding, and why it was not taken. */
export interface EnteredDecision {
  readonly values: Readonly<Record<string, string>>;
  readonly error?: string;
}

interface Shown {
  readonly finding: Finding;
  readonly people: ReadonlyMap<string, Person>;
  readonly entered: EnteredDecision | undefined;
}

/** The form of one finding: works without script, so every choice has its fields beside it. */
export function askedFieldset(shown: Shown): Html {
  const { finding, entered } = shown;
  const { id, proposes, action } = finding;
  const fault = action?.fault?.code;
  const kinds = allowedKinds(ruleNamed(finding.rule));
  return fieldset(
    shown,
    html`${fault === undefined ? undefined : html`<p>What was decided before could not be started: ${sentenceOfRefusal(fault)}</p>`}
      <p>Proposed: ${CHOICES[proposes]}.</p>
      <fieldset>
        <legend>Your decision</legend>
        ${choice(shown, 'kind', '', 'Not now')}
        ${kinds.map((kind) => html`${choice(shown, 'kind', kind, CHOICES[kind])}${detailOf(kind, shown)}`)}
      </fieldset>
      <label for="${id}.reason">Why</label>
      <input
        id="${id}.reason"
        name="${id}.reason"
        maxlength="5000"
        value="${entered?.values['reason'] ?? ''}"
      />`,
  );
}

/** What somebody else decided about an administrator: yes or no. */
export function secondFieldset(shown: Shown): Html {
  const { decision } = shown.finding;
  if (decision === undefined) return html``;
  return fieldset(
    shown,
    html`<p>Decided by somebody else: ${CHOICES[decision.kind]}.</p>
      <dl>
        ${decidedDetails(decision).map(
          ([name, value]) =>
            html`<dt>${name}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>
      <fieldset>
        <legend>Do you agree?</legend>
        ${choice(shown, 'verdict', '', 'Not now')} ${choice(shown, 'verdict', 'confirm', 'Yes, so be it')}
        ${choice(shown, 'verdict', 'reject', 'No: somebody has to decide again')}
      </fieldset>`,
  );
}

function decidedDetails(decision: Decision): readonly (readonly [string, string])[] {
  switch (decision.kind) {
    case 'keep':
      return [['Until when', decision.until], why(decision)];
    case 'attest':
      return [['How it can be seen', decision.proof], why(decision)];
    case 'change_role':
      return [['To', decision.role], why(decision)];
    case 'start_departure':
      return [['Last day', decision.lastDay ?? 'at once'], why(decision)];
    default:
      return [why(decision)];
  }
}

function why({ reason }: Decision): readonly [string, string] {
  return ['Why', reason];
}

function fieldset({ finding, people, entered }: Shown, content: Html): Html {
  const { id } = finding;
  const error = entered?.error;
  const described = error === undefined ? undefined : html` aria-describedby="${id}-error"`;
  return html`<fieldset id="${id}" ${described}>
    <legend>${subjectOf(finding, people)}</legend>
    ${error === undefined ? undefined : html`<p id="${id}-error" class="error" role="alert">${error}</p>`}
    ${foundText(finding)} ${content}
  </fieldset>`;
}

function choice({ finding, entered }: Shown, name: string, value: string, words: string): Html {
  const isChosen = (entered?.values[name] ?? '') === value;
  const checked: Html = { markup: isChosen ? ' checked' : '' };
  return html`<label class="choice"
    ><input type="radio" name="${finding.id}.${name}" value="${value}" ${checked} /> ${words}</label
  >`;
}

/** What a decision needs besides its reason. */
function detailOf(kind: DecisionKind, { finding: { id }, entered }: Shown): Html | undefined {
  const valueOf = (name: string): string => entered?.values[name] ?? '';
  const field = (name: string, label: string, type: 'text' | 'date'): Html =>
    html`<div class="detail">
      <label for="${id}.${name}">${label}</label>
      <input id="${id}.${name}" name="${id}.${name}" type="${type}" value="${valueOf(name)}" />
    </div>`;
  switch (kind) {
    case 'keep':
      return field('until', 'Until when', 'date');
    case 'attest':
      return field('proof', 'How it can be seen', 'text');
    case 'start_departure':
      return field('lastDay', 'Last day; empty: at once', 'date');
    case 'start_deletion':
      return field('typedName', 'Type the full name of the person', 'text');
    case 'change_role': {
      const selected = (role: string): Html => ({ markup: valueOf('role') === role ? ' selected' : '' });
      return html`<div class="detail">
        <label for="${id}.role">To</label>
        <select id="${id}.role" name="${id}.role">
          ${ACCOUNT_ROLES.map((role) => html`<option${selected(role)}>${role}</option>`)}
        </select>
      </div>`;
    }
    default:
      return undefined;
  }
}
