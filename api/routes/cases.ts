import type { ApiContext } from '../api-context.ts';
import { approveStep } from '../cases/approve-step.ts';
import { abortCase, cancelCase } from '../cases/cancel-case.ts';
import { ANY_CASE, caseBehind } from '../cases/case-door.ts';
import { caseSummary, caseView } from '../cases/case-view.ts';
import { completeItem } from '../cases/complete-item.ts';
import { pause, release, resume, retryStep, skipStep } from '../cases/plain-commands.ts';
import { sendCommand } from '../cases/send-command.ts';
import { undo } from '../cases/undo.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { tagged } from '../http/etag.ts';
import { answerPage } from '../http/pages.ts';
import { parse } from '../http/parse.ts';
import { routesOf, type Route } from '../http/route.ts';
import { caseFilter, caseOperations } from './case-operations.ts';
import { showChecklist } from './checklist.ts';

/** Cases of every kind: lists, what became of them, and what people say to them. */
export function caseRoutes(context: ApiContext): readonly Route[] {
  return routesOf(caseOperations, {
    listCases: (call) => list(context, call),
    getCase: (call) => show(context, call),
    pauseCase: (call) => sendCommand(context, call, ANY_CASE, pause),
    resumeCase: (call) => sendCommand(context, call, ANY_CASE, resume),
    cancelCase: (call) => cancelCase(context, call, ANY_CASE),
    abortCase: (call) => abortCase(context, call),
    undoCase: (call) => sendCommand(context, call, ANY_CASE, undo),
    releaseCase: (call) => sendCommand(context, call, ANY_CASE, release),
    retryCaseStep: (call) => sendCommand(context, call, ANY_CASE, retryStep),
    skipCaseStep: (call) => sendCommand(context, call, ANY_CASE, skipStep),
    approveCaseStep: (call) => sendCommand(context, call, ANY_CASE, approveStep),
    getCaseChecklist: (call) => showChecklist(context, call, ANY_CASE),
    completeCaseChecklistItem: (call) => sendCommand(context, call, ANY_CASE, completeItem),
  });
}

async function list(context: ApiContext, call: Call): Promise<Answer> {
  const { limit, after, kind, state, needsAttention, personId, requestedBy } = parse(
    caseFilter,
    call.query,
    'query',
  );
  const given = {
    ...(kind === undefined ? {} : { kind }),
    ...(state === undefined ? {} : { states: state }),
    ...(needsAttention === undefined ? {} : { needsAttention: needsAttention === 'true' }),
    ...(personId === undefined ? {} : { personId }),
    ...(requestedBy === undefined ? {} : { requestedBy }),
  };
  return answerPage(
    call,
    { limit, after },
    {
      name: 'cases',
      key: /^cas_\w{1,40}$/u,
      read: (range) => context.repositories.cases.listBriefly(call.actor.orgId, { ...range, ...given }),
      keyOf: (record) => record.id,
      show: (records) => records.map((record) => caseSummary(record, context.calendar)),
    },
  );
}

async function show(context: ApiContext, call: Call): Promise<Answer> {
  const { orgId } = call.actor;
  const record = await caseBehind(ANY_CASE, context, orgId, paramOf(call, 'id'));
  const evidence = await context.repositories.evidence.listByCase(orgId, record.id);
  // Evidence has documents of its own.
  return tagged(record.rev, caseView(record, evidence, context.calendar), 'mixed');
}
