import pLimit from 'p-limit';
import type { BriefCaseOf } from '../../shared/domain/case-record.ts';
import { CASE_STATES, OPEN_CASE_STATES, type CaseState } from '../../shared/domain/case-states.ts';
import type { ApiContext } from '../api-context.ts';
import { createDeparture } from '../departures/create-departure.ts';
import { departureFilter } from '../departures/departure-fields.ts';
import { departureSummary, departureView } from '../departures/departure-view.ts';
import { caseBehind, DEPARTURES } from '../cases/case-door.ts';
import { simulateDeparture } from '../departures/simulate-departure.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { tagged } from '../http/etag.ts';
import { answerPage } from '../http/pages.ts';
import { parse } from '../http/parse.ts';
import { routesOf, type Route } from '../http/route.ts';
import { legalHoldView } from '../people/person-view.ts';
import { departureOperations } from './departure-operations.ts';

/** Departures that are checked and written at the same time. More would be no faster on one thread. */
const WRITTEN_AT_ONCE = 3;

export function departureRoutes(context: ApiContext): readonly Route[] {
  const inTurn = pLimit(WRITTEN_AT_ONCE);
  return routesOf(departureOperations, {
    simulateDeparture: (call) => simulateDeparture(context, call),
    requestDeparture: (call) => createDeparture(context, call, inTurn),
    listDepartures: (call) => list(context, call),
    getDeparture: (call) => show(context, call),
  });
}

async function list(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(departureFilter, call.query, 'query');
  const { limit, after, state, closed, needsAttention, personId, requestedBy, dueFrom, dueUntil } = wanted;
  const isDue = dueFrom !== undefined || dueUntil !== undefined;
  const states = statesOf(state, isDue ? (closed ?? 'false') : closed);
  const { cases } = context.repositories;
  const given = {
    ...(states === undefined ? {} : { states }),
    ...(needsAttention === undefined ? {} : { needsAttention: needsAttention === 'true' }),
    ...(personId === undefined ? {} : { personId }),
    ...(requestedBy === undefined ? {} : { requestedBy }),
    ...(dueFrom === undefined ? {} : { dueFromMs: Date.parse(dueFrom) }),
    ...(dueUntil === undefined ? {} : { dueUntilMs: Date.parse(dueUntil) }),
  };
  return answerPage(
    call,
    { limit, after },
    {
      name: 'departures',
      key: /^cas_\w{1,40}$/u,
      read: (range) => cases.listBriefly(call.actor.orgId, { ...range, ...given, kind: 'departure' }),
      keyOf: (record) => record.id,
      show: (records) => summariesOf(context, call.actor.orgId, records),
    },
  );
}

/** A departure is open or closed by its state. Only an open one has something due. */
function statesOf(
  states: readonly CaseState[] | undefined,
  closed: 'true' | 'false' | undefined,
): readonly CaseState[] | undefined {
  if (closed === undefined) return states;
  return (states ?? CASE_STATES).filter((state) => OPEN_CASE_STATES.includes(state) === (closed === 'false'));
}

async function summariesOf(context: ApiContext, orgId: string, records: readonly BriefCaseOf<'departure'>[]) {
  const ids = [...new Set(records.map((record) => record.personId))];
  const people = await context.repositories.people.getMany(orgId, ids);
  const onHold = new Set(people.filter((one) => one.legalHold !== undefined).map((one) => one.id));
  return records.map((record) => ({
    ...departureSummary(record, context.calendar),
    ...(onHold.has(record.personId) ? { onLegalHold: true } : {}),
  }));
}

async function show(context: ApiContext, call: Call): Promise<Answer> {
  const { orgId } = call.actor;
  const record = await caseBehind(DEPARTURES, context, orgId, paramOf(call, 'id'));
  const evidence = await context.repositories.evidence.listByCase(orgId, record.id);
  const person = await context.repositories.people.get(orgId, record.personId);
  const hold = person?.legalHold;
  const view = departureView(record, evidence, context.calendar);
  const body = { ...view, ...(hold === undefined ? {} : { legalHold: legalHoldView(hold) }) };
  // Evidence and hold have documents of their own.
  return tagged(record.rev, body, 'mixed');
}
