import type { evidenceView } from '../cases/case-view.ts';
import { html, type Html } from '../../shared/platform/pages/html.ts';

type Round = ReturnType<typeof evidenceView>;
type Fields = Readonly<Record<string, unknown>>;

/** What one round of a step did: each attempt, what was read before and after, and what else proves it. */
export function roundSection(round: Round, titleId: string): Html {
  const { attempts, before, after, proof, status, error, occurredAt, recordedAt } = round;
  return html`<section class="round" aria-labelledby="${titleId}">
    <p>
      Round ${round.round}:
      ${statusText(status)}${error === undefined ? '.' : `, ${error.code}: ${error.sentence}`}
      ${occurredAt === undefined ? '' : `Proven ${occurredAt}.`} Recorded ${recordedAt}.
    </p>
    ${attempts.length === 0 ? undefined : attemptsTable(attempts)}
    ${before === undefined && after === undefined ? undefined : statesTable({ ...before }, after && { ...after })}
    ${proof === undefined ? undefined : proofTable(proof)}
  </section>`;
}

/** `done` and `failed` are told by the word; the colour only repeats it. */
export function statusText(status = 'waiting'): Html {
  if (status === 'done') return html`<span class="done">done</span>`;
  if (status === 'failed') return html`<span class="red">failed</span>`;
  return html`${status.replace('_', ' ')}`;
}

function attemptsTable(attempts: Round['attempts']): Html {
  return html`<table>
    <caption>
      Calls and attempts
    </caption>
    <thead>
      <tr>
        <th scope="col">Attempt</th>
        <th scope="col">Began</th>
        <th scope="col">Ended</th>
        <th scope="col">Result</th>
      </tr>
    </thead>
    <tbody>
      ${attempts.map(
        ({ attempt, startedAt, endedAt, error }) =>
          html`<tr>
            <th scope="row">${attempt}</th>
            <td>${startedAt}</td>
            <td>${endedAt ?? 'not known'}</td>
            <td>${error === undefined ? 'succeeded' : `${error.code}: ${error.sentence}`}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function statesTable(before: Fields, after: Fields | undefined): Html {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after ?? {})])];
  return html`<table>
    <caption>
      Read back from the target
    </caption>
    <thead>
      <tr>
        <th scope="col">Property</th>
        <th scope="col">Before</th>
        <th scope="col">After</th>
        <th scope="col">Changed</th>
      </tr>
    </thead>
    <tbody>
      ${names.map((name) => {
        const [was, is] = [textOf(before[name]), textOf(after?.[name])];
        const changed = after !== undefined && was !== is;
        return html`<tr class="${changed ? 'changed' : 'same'}">
          <th scope="row">${name}</th>
          <td>${was}</td>
          <td>${after === undefined ? 'not read' : is}</td>
          <td>${changed ? 'yes' : ''}</td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

function proofTable(proof: Fields): Html {
  return html`<table class="facts">
    <caption>
      Proof
    </caption>
    <tbody>
      ${Object.entries(proof).map(
        ([name, value]) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td>${textOf(value)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Plain JSON as a person reads it. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(textOf).join('; ');
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, inner]) => `${name}: ${textOf(inner)}`)
      .join(', ');
  return JSON.stringify(value);
}
