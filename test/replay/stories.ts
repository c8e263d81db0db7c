import { DAY, HOUR, startDeparture, type TestDeparture } from '../support/departure.ts';
import type { TestEngine } from '../support/engine.ts';
import { heal, makeFaulty } from '../support/interceptions.ts';
import { addDays } from '../support/local-days.ts';
import { createPeople, createPerson } from '../support/people.ts';
import { FEW_TRIES } from '../support/policies.ts';
import { defineReview } from '../support/review-definitions.ts';
import { DRIED, LAUNCHED } from '../support/staged-import.ts';

/** Lives one workflow through to its end, and says which. */
type Story = (engine: TestEngine) => Promise<{ readonly workflowId: string }>;

const byHr = { actorId: 'own_hr' };
const byHrNow = { by: 'own_hr', atMs: 1 };

async function ended(departure: TestDeparture): Promise<TestDeparture> {
  await departure.until((record) => record.closedAtMs !== undefined);
  return departure;
}

/** What the stored histories tell, by the name of their files. A new story gets a new file; an old file stays. */
export const STORIES = {
  async 'full-departure'(engine) {
    const departure = await startDeparture(engine);
    await departure.forwardTo(91 * DAY);
    await departure.approve();
    await departure.forwardTo(122 * DAY);
    return ended(departure);
  },

  async 'failed-and-retried'(engine) {
    const departure = await startDeparture(engine, { policy: FEW_TRIES });
    await departure.approve();
    makeFaulty(engine, departure.orgId).fail('disable', 1_000);
    await departure.forwardTo(4 * DAY);
    heal(engine, departure.orgId);
    for (const stepKey of ['disable-account', 'prove-day-0']) {
      await departure.command('retryStep', { ...byHr, stepKey });
      await departure.until((record) =>
        record.steps.some(({ key, status }) => key === stepKey && status === 'done'),
      );
    }
    await departure.forwardTo(122 * DAY);
    return ended(departure);
  },

  async 'hold-in-grace'(engine) {
    const departure = await startDeparture(engine);
    await departure.approve();
    await departure.forwardTo(100 * DAY);
    await departure.setHold(true);
    await departure.forwardTo(130 * DAY);
    await departure.setHold(false);
    await departure.forwardTo(161 * DAY);
    return ended(departure);
  },

  async cancelled(engine) {
    const departure = await startDeparture(engine);
    await departure.forwardTo(2 * DAY);
    await departure.command('pauseCase', byHr);
    await departure.forwardTo(8 * DAY);
    await departure.command('resumeCase', byHr);
    await departure.command('skipStep', { ...byHr, stepKey: 'end-auto-reply' });
    await departure.forwardTo(9 * DAY);
    await departure.command('cancelCase', { ...byHr, keep: true });
    return ended(departure);
  },

  async moved(engine) {
    const departure = await startDeparture(engine, { daysUntilLeave: 20 });
    const { plan: first } = await departure.record();
    await departure.forwardTo(-6 * DAY);
    const { plan } = departure.plan({
      version: 2,
      nowMs: await departure.clock(),
      lastDay: addDays(Date.now(), 40),
      previous: { plan: first, startedKeys: new Set(['notify-manager']) },
    });
    await departure.command('reschedule', { ...byHr, plan });
    await departure.forwardTo(plan.leaveAtMs - departure.leaveAtMs + HOUR);
    await departure.command('cancelCase', { ...byHr, keep: true });
    return ended(departure);
  },

  /** Waits for its rate, is paused and resumed meanwhile, and has none in the end. */
  async import() {
    // Only whoever records needs it: it comes with a runtime of its own.
    const { startImportWorker } = await import('../support/import-worker.ts');
    const worker = await startImportWorker();
    const rate = { rows: 50, perHours: 24 };
    const theImport = await worker.begin({ rows: 320, rowOf: () => DRIED, overrides: { ...LAUNCHED, rate } });
    for (const rows of [50, 100]) {
      await theImport.until(({ waiting, run }) => waiting !== undefined && run?.rows === rows);
      await theImport.forward(DAY + 2_000);
    }
    await theImport.until(({ waiting, run }) => waiting !== undefined && run?.rows === 150);
    await theImport.decide({ paused: byHrNow });
    await theImport.forward(3 * DAY);
    await theImport.decide({ paused: undefined });
    await theImport.until(({ waiting, run }) => waiting !== undefined && run?.rows === 200);
    await theImport.forward(DAY + 2_000);
    await theImport.until(({ waiting, run }) => waiting !== undefined && run?.rows === 250);
    await theImport.decide({ rate: undefined });
    await theImport.handle.result();
    await worker.stop();
    return theImport;
  },

  /** Somebody is warned and disabled, somebody is kept, and nobody says anything of the others. */
  async review() {
    const { directoryNow, holdReview, startReviewEngine } = await import('../support/review-worker.ts');
    const reviews = await startReviewEngine();
    const { orgId } = await createPeople(reviews, { administrator: false });
    for (const firstName of ['Una', 'Uta'])
      await createPerson(reviews, orgId, { firstName, lastName: 'Quiet', role: 'user' });
    const definition = await defineReview(reviews, orgId, { only: ['never_used'] });
    const held = await holdReview(reviews, definition, directoryNow(reviews) + 60 * DAY);
    const { recheckAtMs } = await held.until(({ sent }) => sent.includes('invite'));
    await held.forward(DAY + 60_000);
    await held.until((review) => review.recheckAtMs !== recheckAtMs);
    const [kept, disabled] = (await held.findings()).filter(({ needsSecond }) => !needsSecond);
    await held.decide(kept!, { kind: 'keep', until: '2029-01-01' });
    await held.decide(disabled!, { kind: 'disable' });
    await held.until(async () => (await held.findings()).some(({ state }) => state === 'warned'));
    await held.forward(15 * DAY);
    await held.forwardUntil(({ state }) => state === 'completed');
    await held.handle.result();
    await reviews.stop();
    return held;
  },
} satisfies Record<string, Story>;
