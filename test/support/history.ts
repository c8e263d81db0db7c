import type { temporal } from '@temporalio/proto';
import { temporal as proto } from '@temporalio/proto';
import type { TestEngine } from './engine.ts';

export type History = temporal.api.history.v1.IHistory;
export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

const { EventType } = proto.api.enums.v1;

/** The history of a workflow's latest run. */
export async function historyOf(engine: TestEngine, workflowId: string): Promise<History> {
  return engine.temporal.realTimeClient.workflow.getHandle(workflowId).fetchHistory();
}

/** Without the events that only a test server writes, when it skips time. */
export function productionEvents(history: History): readonly HistoryEvent[] {
  return (history.events ?? []).filter((event) => !typeOf(event).includes('TIME_SKIPPING'));
}

export function typeOf(event: HistoryEvent): string {
  return EventType[event.eventType ?? 0] ?? '';
}

export function sizeOf(events: readonly HistoryEvent[]): number {
  return events.reduce(
    (sum, event) => sum + proto.api.history.v1.HistoryEvent.encode(event).finish().length,
    0,
  );
}

/** Everything readable in a message: all strings, and all bytes as text. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('utf8')];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
}
