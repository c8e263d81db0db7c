import type { EvidencePack } from './evidence-pack.ts';
import { roundSection, statusText, textOf } from './evidence-round.ts';
import { html, type Html } from '../pages/html.ts';
import { facts, section, table, type Row } from './page-parts.ts';
import { printedPage } from './printed-page.ts';

export { PAGE_POLICY } from './evidence-page-style.ts';

/** The evidence as one page to read and to print. */
export function evidencePage(pack: EvidencePack): Html {
  const name = pack.person?.fullName ?? pack.departure.personId;
  const title = `Evidence of the departure of ${name}`;
  const body = html`<main>
    <h1>${title}</h1>
    <p class="lead">
      What Gangway was asked, what it did, and what proves it. Instants are UTC unless they carry an offset.
    </p>
    ${summary(pack)} ${lockout(pack)} ${decisions(pack)} ${commands(pack)} ${steps(pack)} ${archive(pack)}
    ${proofs(pack)}
  </main>`;
  return printedPage(title, html`${body}${footer(pack)}`);
}

function summary(pack: EvidencePack): Html {
  const { departure, person } = pack;
  const { request } = departure;
  return facts('The case', [
    ['Departure', departure.id],
    ['Person', person === undefined ? departure.personId : `${person.fullName} (${person.id})`],
    ['Address', person?.address],
    ['External id', person?.externalId],
    ['State', departure.state.replaceAll('_', ' ')],
    ['Asked by', `${actor(pack, departure.requestedBy)}, ${departure.requestedAt}`],
    ['On behalf of', request.requestedBy],
    ['Reason', request.reason],
    ['Note', request.note],
    ['Leaves', `${departure.leaveAt.local} (${departure.plan.timeZone})`],
    ['Procedure', `${departure.plan.procedure}, plan ${departure.plan.version}`],
    ['Held by the guard', pack.guardHeld === true ? 'yes, when it was asked for' : 'no'],
    ['Legal hold', person?.legalHold && textOf(person.legalHold)],
    ['Point of no return', departure.pointOfNoReturnAt ?? 'not reached'],
    ['Closed', departure.closedAt ?? 'still open'],
  ]);
}

function lockout({ departure }: EvidencePack): Html {
  const { targets, timeToLockoutMs } = departure.lockout;
  const overall = timeToLockoutMs === undefined ? 'not proven on every target' : seconds(timeToLockoutMs);
  return section(
    'Time to lockout',
    html`<p>
        From the instant it was due to the first proof on the last target: <strong>${overall}</strong>.
      </p>
      ${table(
        ['Target', 'Step', 'Proven', 'Time to lockout'],
        targets.map((one) => [
          one.target ?? 'not reached',
          one.stepKey,
          one.provenAt ?? 'not proven',
          one.timeToLockoutMs === undefined ? 'not proven' : seconds(one.timeToLockoutMs),
        ]),
      )}`,
  );
}

function decisions(pack: EvidencePack): Html {
  return section(
    'Decisions of people',
    commandTable(pack, pack.decisions, 'Nobody approved, released, skipped, attested or held anything.'),
  );
}

function commands(pack: EvidencePack): Html {
  return section('Everything that was asked of the case', commandTable(pack, pack.commands, 'Nothing.'));
}

function commandTable(pack: EvidencePack, entries: EvidencePack['commands'], none: string): Html {
  if (entries.length === 0) return html`<p>${none}</p>`;
  return table(
    ['At', 'Who', 'What', 'Details'],
    entries.map(({ at, actorId, action, detail }) => [
      at,
      actor(pack, actorId),
      action,
      Object.keys(detail).length === 0 ? '' : textOf(detail),
    ]),
  );
}

/** A step of the plan, or one that left it and has neither an instant nor people. */
interface ShownStep {
  readonly key: string;
  readonly target?: string | undefined;
  readonly status?: string | undefined;
  readonly dueAt?: { readonly local: string } | undefined;
  readonly settledAt?: string | undefined;
  readonly approvedBy?: string | undefined;
  readonly attestedBy?: string | undefined;
  readonly skippedBy?: readonly string[] | undefined;
  readonly error?: { readonly code: string; readonly sentence: string } | undefined;
}

function steps(pack: EvidencePack): Html {
  const shown: readonly ShownStep[] = pack.steps;
  const rows = shown.map((step): Row => {
    const { key, target = '', status, dueAt, settledAt = '', error } = step;
    const { approvedBy, attestedBy, skippedBy } = step;
    const people = [
      ...(approvedBy === undefined ? [] : [`approved by ${actor(pack, approvedBy)}`]),
      ...(attestedBy === undefined ? [] : [`attested by ${actor(pack, attestedBy)}`]),
      ...(skippedBy === undefined
        ? []
        : [`skipped by ${skippedBy.map((id) => actor(pack, id)).join(' and ')}`]),
      ...(error === undefined ? [] : [`${error.code}: ${error.sentence}`]),
    ];
    return [key, target, dueAt?.local ?? 'left the plan', statusText(status), settledAt, people.join('; ')];
  });
  return section(
    'Steps',
    table(['Step', 'Target', 'Due (local)', 'Result', 'Settled', 'By whom, or why not'], rows),
  );
}

function archive(pack: EvidencePack): Html {
  if (pack.archive.length === 0) return section('Archive', html`<p>Nothing was archived.</p>`);
  const rows = pack.archive.map(({ part, target, messageCount, bytes, manifestSha256 }): Row => [
    part,
    target ?? 'the first',
    String(messageCount),
    String(bytes),
    html`<span class="mono">${manifestSha256}</span>`,
  ]);
  return section('Archive', table(['Part', 'Target', 'Messages', 'Bytes', 'Manifest, sha256'], rows));
}

function proofs(pack: EvidencePack): Html {
  const proven = pack.steps.filter((step) => step.rounds.length > 0);
  return section(
    'What proves each step',
    html`${proven.map((step, index) => {
      const id = `proof-${index}`;
      return html`<h3 id="${id}">${step.key}</h3>
        ${step.rounds.map((round) => roundSection(round, id))}`;
    })}`,
  );
}

function footer({ sha256, format }: EvidencePack): Html {
  return html`<footer>
    <p>
      sha256 <span class="mono">${sha256}</span>, ${format}. It is of the same evidence as JSON, without the
      member sha256: keys sorted, no spaces, UTF-8.
    </p>
  </footer>`;
}

function actor({ actors }: EvidencePack, id: string): string {
  const name = actors[id];
  return name === undefined ? id : `${name} (${id})`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
