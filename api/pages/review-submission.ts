import { confirmDecision, decide, rejectDecision } from '../../shared/domain/reviews/decide.ts';
import type { WantedDecision } from '../../shared/domain/reviews/decide.ts';
import { UNDECIDED_STATES, type Finding } from '../../shared/domain/reviews/finding.ts';
import type { ApiContext } from '../api-context.ts';
import { Problem, problemKindOf } from '../http/problem.ts';
import { decisionFields } from '../reviews/findings/decision-fields.ts';
import { judgeFinding, type Judgement } from '../reviews/findings/judge-finding.ts';
import { noteDecision } from '../reviews/findings/note-decision.ts';
import type { ReviewAccess } from './review-access.ts';
import type { EnteredDecision } from './review-form.ts';

const FIELD = /^(?<id>fnd_[0-9A-Za-z]{1,40})\.(?<name>[a-zA-Z]{1,20})$/u;

/** What each decision takes of the fields that stand beside it; the others were left over from another choice. */
const FIELDS_OF: Readonly<Record<string, readonly string[]>> = {
  keep: ['until'],
  attest: ['proof'],
  start_departure: ['lastDay'],
  change_role: ['role'],
  start_deletion: ['typedName'],
};

/** What was sent, by finding; those for which nothing was chosen are left out. */
export function enteredDecisions(
  fields: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, EnteredDecision['values']> {
  const byFinding = new Map<string, Record<string, string>>();
  for (const [field, value] of Object.entries(fields)) {
    const { id, name } = FIELD.exec(field)?.groups ?? {};
    if (id === undefined || name === undefined || typeof value !== 'string') continue;
    const values = byFinding.get(id) ?? {};
    byFinding.set(id, { ...values, [name]: value.trim() });
  }
  return new Map([...byFinding].filter(([, { kind = '', verdict = '' }]) => kind !== '' || verdict !== ''));
}

/** Decides as it was entered. Gives the finding, or the sentence that says what is wrong. */
export async function decideAsEntered(
  context: ApiContext,
  access: ReviewAccess,
  findingId: string,
  values: EnteredDecision['values'],
): Promise<Finding | string> {
  const { review, by } = access;
  const wanted = values['kind'] === undefined ? undefined : wantedOf(values);
  if (typeof wanted === 'string') return wanted;
  const verdict = values['verdict'] === 'reject' ? 'finding.rejected' : 'finding.confirmed';
  const action = wanted === undefined ? verdict : 'finding.decided';
  const judgement = wanted === undefined ? secondOf(access, verdict) : firstOf(access, wanted);
  try {
    const finding = await judgeFinding(context, review, findingId, judgement);
    await noteDecision(context, finding, { action, by, of: `${finding.id}:${finding.rev}` });
    return finding;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return sentenceOf(error);
  }
}

function firstOf({ by }: ReviewAccess, wanted: WantedDecision): Judgement {
  return {
    judge(scene) {
      // A link is for what this reviewer is asked.
      if (scene.finding.reviewerId !== by.personId) throw new Problem('FINDING_NOT_FOUND');
      return decide(scene, wanted, by);
    },
    // The button was pressed twice.
    wasDone: ({ state, decision }) =>
      decision?.by.ownerId === by.ownerId && decision.kind === wanted.kind && isDecided(state),
  };
}

function secondOf({ by }: ReviewAccess, verdict: 'finding.rejected' | 'finding.confirmed'): Judgement {
  return {
    judge: (scene) => (verdict === 'finding.rejected' ? rejectDecision : confirmDecision)(scene, by),
    wasDone: ({ decision }) => verdict === 'finding.confirmed' && decision?.second?.ownerId === by.ownerId,
  };
}

/** By the first person at least. */
function isDecided(state: Finding['state']): boolean {
  return state === 'awaiting_second' || !(UNDECIDED_STATES as readonly string[]).includes(state);
}

function wantedOf(values: EnteredDecision['values']): WantedDecision | string {
  const { kind = '', reason = '' } = values;
  const members = (FIELDS_OF[kind] ?? []).flatMap((name) => {
    const value = values[name] ?? '';
    return value === '' ? [] : [[name, value]];
  });
  const parsed = decisionFields.safeParse({ kind, reason, ...Object.fromEntries(members) });
  if (parsed.success) return parsed.data;
  return SAY[String(parsed.error.issues[0]?.path[0])] ?? 'This is not complete.';
}

const SAY: Readonly<Record<string, string>> = {
  reason: 'Say why, in 5,000 characters at most.',
  until: 'Say until when it is kept.',
  proof: 'Say how it can be seen.',
  typedName: 'Type the full name of the person.',
  lastDay: 'This is no date.',
};

function sentenceOf({ code, options }: Problem): string {
  const { earliest, latest } = (options.members ?? {}) as {
    readonly earliest?: string;
    readonly latest?: string;
  };
  if (earliest !== undefined && latest !== undefined) return `Choose a day from ${earliest} to ${latest}.`;
  return problemKindOf(code).sentence;
}
