import { isOfKind, type CaseRecord } from '../../shared/domain/case-record.ts';
import type { LocalCalendar } from '../../shared/domain/local-calendar.ts';
import { caseSummary } from '../cases/case-view.ts';
import { departureSummary } from '../departures/departure-view.ts';
import { stepSummaries } from '../cases/step-summary.ts';
import { etagOf } from '../http/etag.ts';
import { START, type EventPosition } from './event-position.ts';
import type { EventMessage } from './event-stream.ts';

type CaseEventMessage = EventMessage<EventPosition> & { readonly name: 'case' | 'step' | 'end' };

/**
 * What a follower at `from` does not know yet: the case as it is, the steps whose last change is newer, in the order of their
 * changes, and its end. The document knows the present alone: of several changes of one step the last is told. Whoever knows
 * more than the document does (a backup was restored) starts anew.
 */
export function newsSince(
  record: CaseRecord,
  from: EventPosition,
  calendar: LocalCalendar,
): readonly CaseEventMessage[] {
  const { rev, closedAtMs } = record;
  const known = from.rev > rev || from.sequence > record.sequence ? START : from;
  const at = { ...known, rev, ended: false };
  const steps = changedSteps(record, known);
  const news: CaseEventMessage[] = [];
  if (known.rev < rev) news.push({ name: 'case', position: at, data: caseView(record, calendar) });
  if (steps.length > 0) {
    const summaries = stepSummaries(record, calendar);
    for (const { sequence, step } of steps)
      news.push({ name: 'step', position: { ...at, sequence, step }, data: summaries[step - 1] });
  }
  if (closedAtMs === undefined || (known.ended && news.length === 0)) return news;
  const last = news.at(-1)?.position ?? at;
  return [...news, { name: 'end', position: { ...last, ended: true }, data: { state: record.state } }];
}

function caseView(record: CaseRecord, calendar: LocalCalendar) {
  return {
    ...(isOfKind(record, 'departure') ? departureSummary(record, calendar) : caseSummary(record, calendar)),
    sequence: record.sequence,
    /** Another version: all its steps follow, and those that do not are gone. */
    planVersion: record.plan.version,
    etag: etagOf(record.rev),
  };
}

/** A step whose change has no number has not changed since the beginning, or since before changes were numbered. */
function changedSteps(
  { plan, steps }: CaseRecord,
  known: EventPosition,
): readonly Pick<EventPosition, 'sequence' | 'step'>[] {
  const changes = new Map(steps.map((view) => [view.key, view.changedAtSequence]));
  return plan.steps
    .map(({ key }, index) => ({ sequence: changes.get(key) ?? 0, step: index + 1 }))
    .filter((one) => isLater(one, known))
    .sort((a, b) => a.sequence - b.sequence || a.step - b.step);
}

function isLater(
  one: Pick<EventPosition, 'sequence' | 'step'>,
  other: Pick<EventPosition, 'sequence' | 'step'>,
): boolean {
  return one.sequence > other.sequence || (one.sequence === other.sequence && one.step > other.step);
}
