import { describe, expect, test } from '@jest/globals';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { createDataConverter } from '../../shared/platform/temporal/data-converter.ts';
import { WORKFLOW_BUNDLE_PATH } from '../../worker/workflow-bundle.ts';
import { STORIES } from './stories.ts';
import { readHistory, storedHistories, type JsonEvent, type JsonHistory } from './stored-histories.ts';

// The replays that must fail would warn of it.
Runtime.install({
  logger: new DefaultLogger('ERROR', () => undefined),
  telemetryOptions: { logging: { filter: 'ERROR' } },
});

async function replay(history: JsonHistory): Promise<void> {
  await Worker.runReplayHistory(
    {
      workflowBundle: { codePath: WORKFLOW_BUNDLE_PATH },
      dataConverter: createDataConverter({ secretKey: undefined }),
    },
    history,
  );
}

function changed(
  history: JsonHistory,
  change: (events: readonly JsonEvent[]) => readonly JsonEvent[],
): JsonHistory {
  const events = change(history.events);
  expect(events).not.toEqual(history.events);
  return { events };
}

const isOf = (type: string) => (event: JsonEvent) => event.eventType === `EVENT_TYPE_${type}`;

/** As if the code had carried out another step. */
function otherActivity(history: JsonHistory): JsonHistory {
  return changed(history, (events) => {
    const at = events.findIndex(isOf('ACTIVITY_TASK_SCHEDULED'));
    return events.map((event, index) => {
      if (index !== at) return event;
      const attributes = event['activityTaskScheduledEventAttributes'] as object;
      return {
        ...event,
        activityTaskScheduledEventAttributes: { ...attributes, activityType: { name: 'deleteAccount' } },
      };
    });
  });
}

/** As if the code had not waited: the first timer never was. */
function withoutTimer(history: JsonHistory): JsonHistory {
  return changed(history, (events) => {
    const at = events.findIndex(isOf('TIMER_STARTED'));
    const { eventId } = events[at]!;
    const ofTimer = (event: JsonEvent): boolean =>
      ['timerFiredEventAttributes', 'timerCanceledEventAttributes'].some(
        (name) => (event[name] as { startedEventId?: string } | undefined)?.startedEventId === eventId,
      );
    return renumbered(events.filter((event, index) => index !== at && !ofTimer(event)));
  });
}

const REFERENCES = /"(\w*[eE]ventId)":\s*"(\d+)"/g;

/** Event ids without gaps, as a server would have given them. */
function renumbered(events: readonly JsonEvent[]): readonly JsonEvent[] {
  const ids = new Map(events.map((event, index) => [event.eventId, String(index + 1)]));
  const text = JSON.stringify(events).replace(REFERENCES, (_whole, name: string, id: string) => {
    return `"${name}":"${ids.get(id) ?? id}"`;
  });
  return JSON.parse(text) as readonly JsonEvent[];
}

test('there is a history on record for every story', () => {
  const told = new Set(storedHistories().map((file) => file.replace(/^\d+\.\d+\.\d+-|\.json$/g, '')));
  expect([...told].sort()).toEqual(Object.keys(STORIES).sort());
});

describe.each(storedHistories())('%s', (file) => {
  test('is replayed by the workflows of today', async () => {
    await replay(readHistory(file));
  });

  test('is not replayed when another activity stands in it', async () => {
    await expect(replay(otherActivity(readHistory(file)))).rejects.toThrow(DeterminismViolationError);
  });

  test('is not replayed when a timer is missing from it', async () => {
    await expect(replay(withoutTimer(readHistory(file)))).rejects.toThrow(DeterminismViolationError);
  });
});
