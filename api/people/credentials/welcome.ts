import { welcomeIdOf } from '../../../shared/domain/welcome/welcome.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import type { ApiContext } from '../../api-context.ts';
import { paramOf, type Answer, type Call } from '../../http/call.ts';
import { idempotently } from '../../http/idempotency.ts';
import { parse } from '../../http/parse.ts';
import { Problem } from '../../http/problem.ts';
import { assertMay } from '../assert-may.ts';
import { factsOfOne } from '../person-facts.ts';
import { personOr404 } from '../person-or-404.ts';
import { askForWelcome, welcomeAddress } from './ask-for-welcome.ts';
import { welcomeRequest } from './credentials-fields.ts';
import { welcomeView } from './welcome-view.ts';

export async function showWelcome(context: ApiContext, call: Call): Promise<Answer> {
  const { orgId } = call.actor;
  const { id } = await personOr404(context, orgId, paramOf(call, 'id'));
  const welcome = await context.repositories.welcomes.get(orgId, welcomeIdOf(id));
  if (welcome === undefined) throw new Problem('WELCOME_NOT_FOUND');
  return { status: 200, body: welcomeView(welcome) };
}

/** Sends a welcome, or sends it again: what was asked for before counts no more. */
export async function requestWelcome(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(welcomeRequest, call.body);
  const { orgId, ownerId } = call.actor;
  const personId = paramOf(call, 'id');
  return idempotently(context, call, { required: false, subjectId: newId('per') }, async () => {
    const person = await personOr404(context, orgId, personId);
    assertMay(call, 'requestWelcome', await factsOfOne(context, person));
    const to = welcomeAddress(wanted.to, person, '/to');
    const welcome = await askForWelcome(context, person, { ...wanted, to }, ownerId);
    return { status: 202, body: welcomeView(welcome) };
  });
}
