import type { EvidencePack } from './evidence-pack.ts';
import { roundSection, statusText, textOf } from './evidence-round.ts';
import { html, type Html } from '../../shared/platform/pages/html.ts';
import { facts, section, table, type Row } from '../../shared/platform/pages/page-parts.ts';
import { printedPage } from '../../shared/platform/pages/printed-page.ts';

export { PAGE_POLICY } from '../../shared/platform/pages/page-style.ts';

/** The evidence as one page to read and to print. */
export function evidencePage(pack: EvidencePack): Html {
  const shown = shownCase(pack);
  const name = pack.person?.fullName ?? shown.personId;
  const title = `Evidence of the ${shown.what} of ${name}`;
  const body = html`<main>
    <h1>${title}</h1>
    <p class="lead">
      What Gangway was asked, what it did, and what proves it. Instants are UTC unless they carry an offset.
    </p>
    ${summary(pack, shown)} ${lockout(shown)} ${decisions(pack)} ${commands(pack)} ${steps(pack)}
    ${archive(pack)} ${proofs(pack)}
  </main>`;
  return printedPage(title, html`${body}${footer(pack)}`);
}

/** What a page says of any case: its kind in words, and the instant its days count from. */
function shownCase(pack: EvidencePack) {
  if ('departure' in pack)
    return { ...pack.departure, what: 'departure', when: ['Leaves', pack.departure.leaveAt.local] as const };
  const { kind, effectiveAt, ...rest } = pack.case;
  return { ...rest, what: kind.replace('_', ' '), when: ['Takes effect', effectiveAt.local] as const };
}

type ShownCase = ReturnType<typeof shownCase>;

/** What requests of most kinds have. */
function wordsOf({ request }: ShownCase) {
  return request as { readonly requestedBy?: string; readonly reason?: string; readonly note?: string };
}

function summary(pack: EvidencePack, shown: ShownCase): Html {
  const { person } = pack;
  const { what, when, plan } = shown;
  const { requestedBy, reason, note } = wordsOf(shown);
  return facts('The case', [
    [`${what.slice(0, 1).toUpperCase()}${what.slice(1)}`, shown.id],
    ['Person', person === undefined ? shown.personId : `${person.fullName} (${person.id})`],
    ['Address', person?.address],
    ['External id', person?.externalId],
    ['State', shown.state.replaceAll('_', ' ')],
    ['Asked by', `${actor(pack, shown.requestedBy)}, ${shown.requestedAt}`],
    ['On behalf of', requestedBy],
    ['Reason', reason],
    ['Note', note],
    [when[0], `${when[1]} (${plan.timeZone})`],
    ['Procedure', `${plan.procedure}, plan ${plan.version}`],
    ['Held by the guard', pack.guardHeld === true ? 'yes, when it was asked for' : 'no'],
    ['Legal hold', person?.legalHold && textOf(person.legalHold)],
    ['Point of no return', shown.pointOfNoReturnAt ?? 'not reached'],
    ['Closed', shown.closedAt ?? 'still open'],
  ]);
}

function lockout({ lockout: times }: ShownCase): Html | undefined {
  if (times === undefined) return undefined;
  const { targets, timeToLockoutMs } = times;
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
