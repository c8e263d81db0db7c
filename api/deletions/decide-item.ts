import type { CaseOf } from '../../shared/domain/case-record.ts';
import { presetOf } from '../../shared/domain/country-presets.ts';
import { DELETION_ITEMS } from '../../shared/domain/deletion.ts';
import { effectId } from '../../shared/domain/ids.ts';
import { questionKey } from '../../shared/domain/planner/departure/questions.ts';
import type { ApiContext } from '../api-context.ts';
import { caseBehind, DELETIONS } from '../cases/case-door.ts';
import { attest, openItem } from '../cases/complete-item.ts';
import type { CaseCommand } from '../cases/send-command.ts';
import { mailSelection } from '../departures/check-handover.ts';
import { redirectOf } from '../departures/check-redirect.ts';
import { canonical } from '../http/idempotency.ts';
import { Problem } from '../http/problem.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { personOr404 } from '../people/person-or-404.ts';
import { isReceived, withDecision, type Decision } from './apply-decision.ts';
import { decisionFields, type DecisionFields } from './deletion-fields.ts';

const MAX_ATTEMPTS = 5;

type Deletion = CaseOf<'deletion'>;

/**
 * Answers a question of the checklist: what was left open is decided, and carried out. Of two answers at once the first stands,
 * as the evidence has it; the same answer again does no harm.
 */
export const decideItem: CaseCommand<'completeChecklistItem', DecisionFields, Deletion> = {
  name: 'completeChecklistItem',
  writesFirst: true,
  body: decisionFields,
  async prepare({ context, call, record, body }) {
    const actorId = call.actor.ownerId;
    const question = openItem(record, questionKey(itemOf(body)));
    const decision = await decisionOf(context, record, body);
    if (isReceived(decision) && record.request.handover?.recipient === 'ask')
      throw new Problem('RECIPIENT_MISSING', { field: `/${decision.item}` });
    await attest(context, record, question, { actorId, proof: { ...decision } });
    await assertIsTheWord(context, record, question.key, decision);
    await writeDecision(context, record, decision);
    return { actorId, stepKey: question.key };
  },
  detail: ({ body }) => ({ ...body }),
};

function itemOf(body: DecisionFields): Decision['item'] {
  const [item, ...others] = DELETION_ITEMS.filter((one) => body[one] !== undefined);
  if (item === undefined || others.length > 0)
    throw new Problem('ONE_ITEM_AT_A_TIME', { field: item === undefined ? '' : `/${others.join()}` });
  return item;
}

async function decisionOf(
  context: ApiContext,
  record: Deletion,
  { mail, files, calendars, contacts, redirect }: DecisionFields,
): Promise<Decision> {
  const { timeZone } = record.request;
  if (mail !== undefined) {
    const decided = mail === false ? mail : mailSelection(context, mail, { timeZone, field: '/mail' });
    return { item: 'mail', decided };
  }
  if (files !== undefined) return { item: 'files', decided: files };
  if (contacts !== undefined) return { item: 'contacts', decided: contacts };
  if (calendars !== undefined) return { item: 'calendars', decided: calendars };
  if (redirect === undefined || redirect === false) return { item: 'redirect', decided: false };
  const person = await personOr404(context, record.orgId, record.personId);
  const organisation = await organisationOf(context, record.orgId);
  const preset = presetOf(person.country ?? organisation.country);
  const leaveDate = context.calendar.localOf(record.plan.leaveAtMs, timeZone).date;
  const wanted = { ...redirect, outliveAccount: false };
  const of = { person, organisation, preset, leaveDate, deletionDate: leaveDate };
  return { item: 'redirect', decided: (await redirectOf(context, wanted, of)) ?? false };
}

/** Whoever answered or attested first may have said something else: then that counts, and this is refused. */
async function assertIsTheWord(
  context: ApiContext,
  { orgId, id }: Deletion,
  stepKey: string,
  decision: Decision,
): Promise<void> {
  const written = await context.repositories.evidence.get(orgId, effectId(id, stepKey, 1));
  const { attestedBy: _who, ...word } = written?.proof ?? {};
  if (JSON.stringify(canonical(word)) !== JSON.stringify(canonical(decision)))
    throw new Problem('STEP_ALREADY_SETTLED');
}

async function writeDecision(
  context: ApiContext,
  { orgId, id }: Deletion,
  decision: Decision,
): Promise<void> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const { rev, request } = await caseBehind(DELETIONS, context, orgId, id);
    const changed = withDecision(request, decision);
    if ((await context.repositories.cases.setRequest(orgId, id, rev, changed)) !== undefined) return;
  }
  throw new Problem('CONCURRENT_CHANGE');
}
