import pLimit from 'p-limit';
import type { DecisionDesk, DecisionOutcome } from '../../../shared/contract/decision-desk.ts';
import type { Finding } from '../../../shared/domain/reviews/finding.ts';
import type { ApiContext } from '../../api-context.ts';
import { createDeletion } from '../../deletions/create-deletion.ts';
import { createDeparture } from '../../departures/create-departure.ts';
import type { Answer, Call } from '../../http/call.ts';
import { Problem, problemKindOf } from '../../http/problem.ts';
import { disablePerson } from '../../leaves/create-leave.ts';
import { removeAlias } from '../../people/changes/change-aliases.ts';
import { changeRole } from '../../people/changes/change-role.ts';
import { assertAllowed } from './assert-allowed.ts';
import { endAutoReply, removeRedirect } from './change-mail.ts';
import { requestOfFinding, type Decided } from './request-of-finding.ts';

/** Somebody else changed the same at the same moment: asked again so often at once. */
const MOST_TRIES = 3;
const inTurn = pLimit(1);

/** Decisions of reviews are carried out with what requests are carried out with. */
export function createDecisionDesk(context: ApiContext): DecisionDesk {
  return {
    async carryOut(finding) {
      for (let tried = 1; ; tried += 1)
        try {
          return await carryOut(context, asDecided(finding));
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          if (!passes(error)) return { kind: 'refused', code: error.code };
          if (tried === MOST_TRIES) return { kind: 'later' };
        }
    },
  };
}

function asDecided(finding: Finding): Decided {
  const { id, decision } = finding;
  if (decision === undefined) throw new Error(`nothing was decided about ${id}`);
  return { ...finding, decision };
}

/** Whether the same may be possible in a moment. */
function passes({ code }: Problem): boolean {
  return code === 'CONCURRENT_CHANGE' || problemKindOf(code).status === 503;
}

async function carryOut(context: ApiContext, finding: Decided): Promise<DecisionOutcome> {
  const { decision } = finding;
  switch (decision.kind) {
    case 'disable':
      return started(await disable(context, finding));
    case 'start_departure':
      return started(await startDeparture(context, finding, decision.lastDay));
    case 'start_deletion':
      return started(await startDeletion(context, finding, decision.typedName));
    case 'change_role':
      await giveRole(context, finding, decision.role);
      return { kind: 'proven' };
    case 'remove_alias':
      await takeAlias(context, finding);
      return { kind: 'proven' };
    case 'remove_redirect':
      await removeRedirect(context, finding);
      return { kind: 'proven' };
    case 'end_auto_reply':
      await endAutoReply(context, finding);
      return { kind: 'proven' };
    case 'keep':
    case 'attest':
      throw new Error(`there is nothing to carry out of ${finding.id}`);
  }
}

/** Locked until somebody opens it again. Nobody is away: senders are told nothing. */
function disable(context: ApiContext, finding: Decided): Promise<Answer> {
  const body = { reason: 'leave', autoReply: { enabled: false }, note: noteOf(finding) };
  return disablePerson(context, ofPerson(context, finding, 'POST', 'disable', body));
}

function startDeparture(context: ApiContext, finding: Decided, lastDay: string | undefined): Promise<Answer> {
  const when = lastDay === undefined ? { urgent: true } : { lastDay };
  const reason = shortReason(finding.decision.reason);
  const body = { personId: personOf(finding), ...when, reason, note: noteOf(finding) };
  return createDeparture(context, toCollection(context, finding, '/v1/departures', body), inTurn);
}

function startDeletion(context: ApiContext, finding: Decided, typedName: string): Promise<Answer> {
  const reason = shortReason(finding.decision.reason);
  const body = { personId: personOf(finding), typedName, reason, note: noteOf(finding) };
  return createDeletion(context, toCollection(context, finding, '/v1/deletions', body));
}

/** Whoever decided has confirmed it by that; of an administrator two people did. */
async function giveRole(context: ApiContext, finding: Decided, role: string): Promise<void> {
  assertAllowed(finding, 'people:write');
  await changeRole(context, ofPerson(context, finding, 'PUT', 'role', { role, confirm: true }));
}

async function takeAlias(context: ApiContext, finding: Decided): Promise<void> {
  assertAllowed(finding, 'people:write');
  const { about: alias } = finding;
  if (alias === undefined) throw new Problem('ALIAS_NOT_FOUND');
  const call = ofPerson(context, finding, 'DELETE', `aliases/${alias}`, undefined);
  await removeAlias(context, { ...call, params: { ...call.params, alias } });
}

function ofPerson(
  { stopping }: ApiContext,
  finding: Decided,
  method: string,
  what: string,
  body: unknown,
): Call {
  const id = personOf(finding);
  const request = { method, path: `/v1/people/${id}/${what}`, params: { id }, body };
  return requestOfFinding(finding, request, stopping);
}

function toCollection({ stopping }: ApiContext, finding: Decided, path: string, body: unknown): Call {
  return requestOfFinding(finding, { method: 'POST', path, params: {}, body }, stopping);
}

/** An account without a person is no procedure's. */
function personOf({ personId }: Finding): string {
  if (personId === undefined) throw new Problem('PERSON_UNKNOWN');
  return personId;
}

function noteOf({ reviewId, id }: Finding): string {
  return `Decided in review ${reviewId} about finding ${id}.`;
}

const LONGEST_REASON = 200;

/** In one line, as cases have it. The finding, which the note names, has all of it. */
function shortReason(reason: string): string {
  const line = reason.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  if (line.length <= LONGEST_REASON) return line;
  return `${line.slice(0, LONGEST_REASON - 1).replace(/\p{Cs}$/u, '')}…`;
}

/** The answer to whoever asked for a case names it, the first time and every time after. */
function started({ body }: Answer): DecisionOutcome {
  return { kind: 'started', caseId: (body as { readonly id: string }).id };
}
