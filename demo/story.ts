import type { ShownDeparture } from '../shared/platform/api-client/shown-departure.ts';
import { deliver, foundCompany, LEAVER, type Company } from './company.ts';
import type { DemoEngine } from './demo-engine.ts';
import type { Facts } from './facts.ts';
import { createTimeline, type Timeline } from './timeline.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export interface StoryEnd {
  readonly state: string;
  /** Some step could not be proven, and the departure waits for a person. */
  readonly needsAttention: boolean;
}

/** A departure from request to purge, as HR, the leaver and the outside world see it. */
export async function tellStory(
  engine: DemoEngine,
  facts: Facts,
  print: (line: string) => void,
): Promise<StoryEnd> {
  print('A small company, and Lea, an administrator who leaves in ten days.');
  const company = await foundCompany(engine);
  const { hr, approver, leaverId } = company;
  const request = {
    personId: leaverId,
    lastDay: new Date(Date.now() + 10 * DAY_MS).toISOString().slice(0, 10),
    reason: 'A new job',
  };
  const simulated = await hr.post('/v1/departures/simulation', request);
  facts.check('the simulation writes nothing and names every step', simulated.status === 200, simulated.body);
  const asked = await hr.post('/v1/departures', request);
  facts.check('the departure is accepted', asked.status === 202, asked.body);
  const departureId = String(asked.body['id']);
  const workflowId = `departure:org_00000000000000000000000000:${departureId}`;
  const second = await hr.post('/v1/departures', request);
  facts.check('a second departure of the same person is refused', second.status === 409, second.body);
  const leaveAtMs = Date.parse((asked.body as unknown as ShownDeparture).leaveAt.utc);
  const timeline = createTimeline(hr, departureId, print);
  const moveTo = async (afterLeaveMs: number, what: string): Promise<ShownDeparture> => {
    print(`\n-- ${what}`);
    await engine.moveTo(workflowId, leaveAtMs + afterLeaveMs);
    return settledUntil(timeline, leaveAtMs + afterLeaveMs);
  };

  if (isRed(await moveTo(-HOUR_MS, 'an hour before the end of the last day'))) return endOf(timeline);
  facts.check('Lea can still sign in', await canSignIn(company, LEAVER.password));
  if (isRed(await moveTo(HOUR_MS, 'the end of the last day')))
    return pushOn(engine, workflowId, timeline, leaveAtMs);
  await factsOfDayZero(company, facts);
  if (isRed(await moveTo(3 * DAY_MS, 'three days later'))) return endOf(timeline);
  const answered = await deliver(hr, 'Are you there?', 'patient@outside.example');
  facts.check(
    'mail still arrives and is answered',
    answered.body['result'] === 'stored' && answered.body['autoReply'] !== undefined,
    answered.body,
  );
  if (isRed(await moveTo(40 * DAY_MS, 'forty days later')))
    return pushOn(engine, workflowId, timeline, leaveAtMs);
  const silent = await deliver(hr, 'Still there?', 'late@outside.example');
  facts.check(
    'the auto-reply has ended; mail still arrives',
    silent.body['result'] === 'stored' && silent.body['autoReply'] === undefined,
    silent.body,
  );
  const own = await hr.post(`/v1/departures/${departureId}/steps/purge-gate/approve`, {
    typedName: 'Lea Leaver',
  });
  facts.check('the requester cannot approve the deletion', own.status === 403, own.body);
  const approved = await approver.post(`/v1/departures/${departureId}/steps/purge-gate/approve`, {
    typedName: 'Lea Leaver',
  });
  facts.check('a second person can', approved.status === 200, approved.body);
  const grace = await moveTo(100 * DAY_MS, 'a hundred days later');
  if (isRed(grace)) return pushOn(engine, workflowId, timeline, leaveAtMs);
  facts.check('the grace has begun', grace.state === 'grace', grace.state);
  const late = await deliver(hr, 'One more thing', 'later@outside.example');
  facts.check('mail of the grace arrives as well', late.body['result'] === 'stored', late.body);
  const end = await moveTo(121 * DAY_MS, 'the end of the grace');
  if (isRed(end)) return pushOn(engine, workflowId, timeline, leaveAtMs);
  await factsOfTheEnd(company, facts, end);
  return endOf(timeline);
}

/** Waits until everything due at this instant has a result, or is red. */
function settledUntil(timeline: Timeline, atMs: number): Promise<ShownDeparture> {
  return timeline.until(
    (departure) =>
      isRed(departure) || departure.dueAt === undefined || Date.parse(departure.dueAt.utc) > atMs,
  );
}

/** Needs a person, or will: a step is being tried again. */
function isRed({ needsAttention, steps }: ShownDeparture): boolean {
  return needsAttention || steps.some((step) => step.status === 'retrying');
}

/** A step is being retried: two more days and a bit, and it is given up. */
async function pushOn(
  engine: DemoEngine,
  workflowId: string,
  timeline: Timeline,
  leaveAtMs: number,
): Promise<StoryEnd> {
  const { steps } = await timeline.look();
  const red = steps.filter((step) => step.status === 'retrying');
  const dueMs = Math.max(leaveAtMs, ...red.map((step) => Date.parse(step.dueAt?.utc ?? '') || 0));
  await engine.moveTo(workflowId, dueMs + 49 * HOUR_MS);
  await timeline.until((departure) => departure.state === 'needs_attention');
  return endOf(timeline);
}

async function endOf(timeline: Timeline): Promise<StoryEnd> {
  const { state, needsAttention } = await timeline.look();
  return { state, needsAttention };
}

async function canSignIn({ hr }: Company, secret: string): Promise<boolean> {
  const { body } = await hr.post('/v1/directory/sign-in', { address: LEAVER.address, secret });
  return body['result'] === 'signed_in';
}

async function factsOfDayZero(company: Company, facts: Facts): Promise<void> {
  facts.check('the password is refused', !(await canSignIn(company, LEAVER.password)));
  facts.check('the app password is refused', !(await canSignIn(company, company.appPassword)));
  const session = await company.hr.get('/v1/directory/session', {
    'x-session-token': company.sessionToken,
  });
  facts.check('the open session has ended', session.body['result'] !== 'active', session.body);
  const person = await company.hr.get(`/v1/directory/accounts/${company.leaverId}`);
  facts.check('she is no administrator any more', person.body['role'] === 'user', person.body['role']);
}

async function factsOfTheEnd(company: Company, facts: Facts, end: ShownDeparture): Promise<void> {
  facts.check('the case is completed', end.state === 'completed', end.state);
  facts.check(
    'every step was proven',
    end.steps.every((step) => step.status === 'done'),
  );
  const archived = end.steps.find((step) => step.key === 'delete-account')?.rounds.at(-1)?.proof?.[
    'messages'
  ];
  facts.check('the archive holds all six messages', archived === 6, archived);
  const bounced = await deliver(company.hr, 'Hello?');
  facts.check('mail to the address is refused', bounced.body['result'] !== 'stored', bounced.body);
  const reuse = await company.hr.post('/v1/people', {
    firstName: 'New',
    lastName: 'Comer',
    address: LEAVER.address,
  });
  facts.check('nobody else gets the address for a year', reuse.status === 409, reuse.body);
}
