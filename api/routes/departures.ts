import type { ApiContext } from '../api-context.ts';
import { createDeparture } from '../departures/create-departure.ts';
import { departureFilter } from '../departures/departure-fields.ts';
import { departureSummary, departureView } from '../departures/departure-view.ts';
import { departureOr404 } from '../departures/send-command.ts';
import { simulateDeparture } from '../departures/simulate-departure.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { pageOf } from '../http/pages.ts';
import { parse } from '../http/parse.ts';
import { routesOf, type Route } from '../http/route.ts';
import { legalHoldView } from '../people/person-view.ts';
import { departureOperations } from './departure-operations.ts';

export function departureRoutes(context: ApiContext): readonly Route[] {
  return routesOf(departureOperations, {
    simulateDeparture: (call) => simulateDeparture(context, call),
    requestDeparture: (call) => createDeparture(context, call),
    listDepartures: (call) => list(context, call),
    getDeparture: (call) => show(context, call),
  });
}

async function list(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(departureFilter, call.query, 'query');
  const { limit, after, state, needsAttention, personId, dueUntil } = wanted;
  const read = (count: number) =>
    context.repositories.cases.list(call.actor.orgId, {
      limit: count,
      ...(after === undefined ? {} : { after }),
      ...(state === undefined ? {} : { state }),
      ...(needsAttention === undefined ? {} : { needsAttention: needsAttention === 'true' }),
      ...(personId === undefined ? {} : { personId }),
      ...(dueUntil === undefined ? {} : { dueUntilMs: Date.parse(dueUntil) }),
    });
  const found = await pageOf(limit, read, (record) => record.id);
  const people = await context.repositories.people.getMany(call.actor.orgId, [
    ...new Set(found.items.map((record) => record.personId)),
  ]);
  const onHold = new Set(people.filter((one) => one.legalHold !== undefined).map((one) => one.id));
  const items = found.items.map((record) => ({
    ...departureSummary(record, context.calendar),
    ...(onHold.has(record.personId) ? { onLegalHold: true } : {}),
  }));
  return { status: 200, body: { ...found, items } };
}

async function show(context: ApiContext, call: Call): Promise<Answer> {
  const { orgId } = call.actor;
  const record = await departureOr404(context, orgId, paramOf(call, 'id'));
  const evidence = await context.repositories.evidence.listByCase(orgId, record.id);
  const person = await context.repositories.people.get(orgId, record.personId);
  const hold = person?.legalHold;
  const view = departureView(record, evidence, context.calendar);
  return {
    status: 200,
    body: { ...view, ...(hold === undefined ? {} : { legalHold: legalHoldView(hold) }) },
  };
}
