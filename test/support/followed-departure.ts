import { openStream, type OpenStream, type SeenEvent } from './event-stream.ts';
import { createTestPerson, NOW_MS, type Json, type TestApi } from './test-api.ts';

/** A departure behind a fake engine, and those who follow it. */
export interface FollowedDeparture {
  readonly caseId: string;
  readonly path: string;
  /** The steps in the order of the plan. */
  keys(): Promise<readonly string[]>;
  follow(lastEventId?: string, key?: string): Promise<OpenStream>;
  /** Follows, and waits until the case and every step were told. */
  followWhole(key?: string): Promise<OpenStream>;
  start(key: string): Promise<void>;
  settle(key: string): Promise<void>;
  close(): Promise<void>;
  /** Ends all streams. */
  leave(): void;
}

export async function openFollowed(api: TestApi): Promise<FollowedDeparture> {
  const body = { personId: await createTestPerson(api), lastDay: '2027-03-31', reason: 'moves on' };
  const caseId = String((await api.request('POST', '/v1/departures', body)).body['id']);
  const workflowId = `departure:${api.orgId}:${caseId}`;
  const path = `/v1/departures/${caseId}`;
  const open: OpenStream[] = [];
  const of = (key: string) => ({ key, round: 1, atMs: NOW_MS });
  const followed: FollowedDeparture = {
    caseId,
    path,
    async keys() {
      const record = await api.repositories.cases.get(api.orgId, caseId);
      return record!.plan.steps.map((step) => step.key);
    },
    async follow(lastEventId, key = api.key) {
      const options = { key, ...(lastEventId === undefined ? {} : { lastEventId }) };
      const stream = await openStream(`${api.url}${path}/events`, options);
      open.push(stream);
      return stream;
    },
    async followWhole(key) {
      const stream = await followed.follow(undefined, key);
      const keys = await followed.keys();
      await stream.until((events) => events.length > keys.length);
      return stream;
    },
    start: (key) => api.engine.tell(workflowId, { kind: 'stepStarted', ...of(key) }),
    settle: (key) => api.engine.tell(workflowId, { kind: 'stepSettled', outcome: 'done', ...of(key) }),
    close: () => api.engine.tell(workflowId, { kind: 'closed', atMs: NOW_MS }),
    leave() {
      for (const stream of open) stream.cut();
    },
  };
  return followed;
}

export function has(name: string, fields: Json): (events: readonly SeenEvent[]) => boolean {
  const fits = ({ data }: SeenEvent): boolean =>
    Object.entries(fields).every(([field, value]) => data[field] === value);
  return (events) => events.some((event) => event.name === name && fits(event));
}

export function stepsIn(events: readonly SeenEvent[]): readonly SeenEvent[] {
  return events.filter((event) => event.name === 'step');
}
