import { isDeepStrictEqual } from 'node:util';
import type { AccountTemplate } from '../../shared/domain/template.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { assertMeant, conditionOf, etagOf, tagged } from '../http/etag.ts';
import { answerPage, pageQuery } from '../http/pages.ts';
import { idempotently, type Attempt } from '../http/idempotency.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { routesOf, type Route } from '../http/route.ts';
import { isTemplateName, templateFields } from '../templates/template-fields.ts';
import { templateOperations } from './template-operations.ts';

const MAX_ATTEMPTS = 5;
const DELETED = 'template.deleted';
/** No revision: whoever names one in `If-Match` means another template than one that is made now. */
const NONE = -1;

/** What everybody in one role of the organisation gets. */
export function templateRoutes(context: ApiContext): readonly Route[] {
  return routesOf(templateOperations, {
    listTemplates: (call) => list(context, call),
    async getTemplate(call) {
      const template = await templateOr404(context, call);
      return tagged(template.rev, templateView(template));
    },
    putTemplate: (call) => put(context, call),
    deleteTemplate: (call) => remove(context, call),
  });
}

async function list(context: ApiContext, call: Call): Promise<Answer> {
  const { templates } = context.repositories;
  return answerPage(call, parse(pageQuery, call.query, 'query'), {
    name: 'templates',
    key: /^[a-z][a-z0-9-]*$/u,
    read: (range) => templates.list(call.actor.orgId, range),
    keyOf: (template) => template.name,
    show: (found) => found.map(templateView),
  });
}

/** The same again changes nothing. */
async function put(context: ApiContext, call: Call): Promise<Answer> {
  const fields = parse(templateFields, call.body);
  const condition = conditionOf(call);
  const name = paramOf(call, 'name');
  if (!isTemplateName(name)) throw new Problem('TEMPLATE_NAME_INVALID', { field: 'name' });
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const wanted = { orgId: call.actor.orgId, name, ...given } as Omit<AccountTemplate, 'rev'>;
  const { templates } = context.repositories;
  return inAttempts(context, call, async (attempt) => {
    const known = await templates.get(wanted.orgId, name);
    const isSo = known !== undefined && isDeepStrictEqual(known, { ...wanted, rev: known.rev });
    // Repeated, it may have been carried out by an attempt that died before it was entered.
    const isOurs = isSo && attempt.earlierSinceMs !== undefined;
    if (!isOurs) assertMeant(condition, known?.rev ?? NONE);
    if (known === undefined) {
      const made = { ...wanted, rev: 0 };
      if ((await templates.insert(made)) === 'exists') return undefined;
      await noteChanged(context, call, attempt, made);
      const answer = tagged(0, templateView(made));
      return { ...answer, status: 201, headers: { ...answer.headers, Location: `/v1/templates/${name}` } };
    }
    const changed = isSo ? known : await templates.replace({ ...wanted, rev: known.rev });
    if (changed === undefined) return undefined;
    if (!isSo || isOurs) await noteChanged(context, call, attempt, changed);
    return { status: 200, headers: { ETag: etagOf(changed.rev) }, body: templateView(changed) };
  });
}

async function remove(context: ApiContext, call: Call): Promise<Answer> {
  const condition = conditionOf(call);
  const { orgId } = call.actor;
  const { audit, templates } = context.repositories;
  return inAttempts(context, call, async (attempt) => {
    const known = await templates.get(orgId, paramOf(call, 'name'));
    if (known === undefined && (await audit.has(orgId, entryId(call, attempt, DELETED))))
      return { status: 204 };
    if (known === undefined) throw new Problem('TEMPLATE_NOT_FOUND');
    const { name, rev } = known;
    assertMeant(condition, rev);
    // Entered first: once it is gone a repeated request finds nothing of it.
    await note(context, call, attempt, { action: DELETED, detail: { name, rev } });
    return (await templates.delete(orgId, name, rev)) ? { status: 204 } : undefined;
  });
}

/** Whoever comes between two looks has it looked at again. */
function inAttempts(
  context: ApiContext,
  call: Call,
  tryOnce: (attempt: Attempt) => Promise<Answer | undefined>,
): Promise<Answer> {
  return idempotently(context, call, { required: false, subjectId: newId('key') }, async (attempt) => {
    for (let nth = 1; nth <= MAX_ATTEMPTS; nth += 1) {
      const answer = await tryOnce(attempt);
      if (answer !== undefined) return answer;
    }
    throw new Problem('CONCURRENT_CHANGE');
  });
}

async function templateOr404(context: ApiContext, call: Call): Promise<AccountTemplate> {
  const found = await context.repositories.templates.get(call.actor.orgId, paramOf(call, 'name'));
  if (found === undefined) throw new Problem('TEMPLATE_NOT_FOUND');
  return found;
}

/** The whole of it: what somebody was given by it can be told years later. */
function noteChanged(
  context: ApiContext,
  call: Call,
  attempt: Attempt,
  template: AccountTemplate,
): Promise<void> {
  return note(context, call, attempt, { action: 'template.changed', detail: { ...templateView(template) } });
}

async function note(
  context: ApiContext,
  call: Call,
  attempt: Attempt,
  entry: { readonly action: string; readonly detail: Readonly<Record<string, unknown>> },
): Promise<void> {
  const { orgId, ownerId: actorId } = call.actor;
  const id = entryId(call, attempt, entry.action);
  await context.repositories.audit.append({ ...entry, id, orgId, actorId, atMs: context.now() });
}

const entryId = ({ actor }: Call, { updateId }: Attempt, action: string): string =>
  auditId(actor.orgId, action, updateId);

function templateView({ orgId: _org, ...template }: AccountTemplate) {
  return template;
}
