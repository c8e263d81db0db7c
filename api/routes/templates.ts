import { isDeepStrictEqual } from 'node:util';
import type { AccountTemplate } from '../../shared/domain/template.ts';
import { auditId } from '../../shared/platform/persistence/audit-repository.ts';
import type { ApiContext } from '../api-context.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { assertMeant, conditionOf, etagOf, tagged } from '../http/etag.ts';
import { answerPage, pageQuery } from '../http/pages.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { routesOf, type Route } from '../http/route.ts';
import { isTemplateName, templateFields } from '../templates/template-fields.ts';
import { templateOperations } from './template-operations.ts';

const MAX_ATTEMPTS = 5;
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
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const known = await templates.get(wanted.orgId, name);
    assertMeant(condition, known?.rev ?? NONE);
    if (known === undefined) {
      const made = { ...wanted, rev: 0 };
      if ((await templates.insert(made)) === 'exists') continue;
      await note(context, call, made);
      const answer = tagged(0, templateView(made));
      return { ...answer, status: 201, headers: { ...answer.headers, Location: `/v1/templates/${name}` } };
    }
    const { rev, ...before } = known;
    const unchanged = isDeepStrictEqual(before, wanted);
    const changed = unchanged ? known : await templates.replace({ ...wanted, rev });
    if (changed === undefined) continue;
    if (!unchanged) await note(context, call, changed);
    return { status: 200, headers: { ETag: etagOf(changed.rev) }, body: templateView(changed) };
  }
  throw new Problem('CONCURRENT_CHANGE');
}

async function remove(context: ApiContext, call: Call): Promise<Answer> {
  const condition = conditionOf(call);
  const { orgId } = call.actor;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const { name, rev } = await templateOr404(context, call);
    assertMeant(condition, rev);
    if (!(await context.repositories.templates.delete(orgId, name, rev))) continue;
    await noteAs(context, call, 'template.deleted', { name, rev });
    return { status: 204 };
  }
  throw new Problem('CONCURRENT_CHANGE');
}

async function templateOr404(context: ApiContext, call: Call): Promise<AccountTemplate> {
  const found = await context.repositories.templates.get(call.actor.orgId, paramOf(call, 'name'));
  if (found === undefined) throw new Problem('TEMPLATE_NOT_FOUND');
  return found;
}

/** The whole of it: what somebody was given by it can be told years later. */
function note(context: ApiContext, call: Call, template: AccountTemplate): Promise<void> {
  return noteAs(context, call, 'template.changed', { ...templateView(template) });
}

async function noteAs(
  context: ApiContext,
  { actor: { orgId, ownerId: actorId } }: Call,
  action: string,
  detail: { readonly name: string; readonly rev: number },
): Promise<void> {
  const atMs = context.now();
  const id = auditId(orgId, action, `${detail.name}:${detail.rev}:${atMs}`);
  await context.repositories.audit.append({ id, orgId, actorId, action, atMs, detail });
}

function templateView({ orgId: _org, ...template }: AccountTemplate) {
  return template;
}
