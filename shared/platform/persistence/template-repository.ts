import type { Connection } from 'mongoose';
import type { AccountTemplate } from '../../domain/template.ts';
import { above, openCollection, type StoredDocument } from './collection.ts';

/** The templates of organisations, by their names. */
export interface TemplateRepository {
  get(orgId: string, name: string): Promise<AccountTemplate | undefined>;
  /** `exists`: somebody made one of this name before. */
  insert(template: AccountTemplate): Promise<'inserted' | 'exists'>;
  /** Puts this in the place of revision `template.rev`; `undefined` when it is another by now, or gone. */
  replace(template: AccountTemplate): Promise<AccountTemplate | undefined>;
  /** Whether revision `rev` was there to be deleted. */
  delete(orgId: string, name: string, rev: number): Promise<boolean>;
  /** By name, after `after`. */
  list(
    orgId: string,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<readonly AccountTemplate[]>;
  ensureIndexes(): Promise<void>;
}

type TemplateDocument = StoredDocument & AccountTemplate;

const idOf = (orgId: string, name: string): string => `template:${orgId}:${name}`;
const OPTIONAL = ['quotaBytes', 'accountRole', 'department'] as const;

function restore({ _id: _, ...template }: TemplateDocument): AccountTemplate {
  return template;
}

export function createTemplateRepository(connection: Connection): TemplateRepository {
  const collection = openCollection<TemplateDocument>(connection, {
    name: 'templates',
    fields: {
      rev: 'number',
      name: 'string',
      groups: 'strings',
      lists: 'strings',
      aliasConventions: 'strings',
      quotaBytes: 'number?',
      accountRole: 'string?',
      department: 'string?',
    },
    indexes: [{ orgId: 1, name: 1 }],
  });
  return {
    async get(orgId, name) {
      const found = await collection.findOne({ _id: idOf(orgId, name), orgId });
      return found && restore(found);
    },
    insert: (template) => collection.insert({ ...template, _id: idOf(template.orgId, template.name) }),
    async replace({ rev, ...template }) {
      const { orgId, name, ...fields } = template;
      const changed = await collection.changeOne(
        { _id: idOf(orgId, name), orgId, rev },
        { set: fields, unset: OPTIONAL.filter((field) => !(field in fields)), increment: { rev: 1 } },
      );
      return changed && restore(changed);
    },
    delete: (orgId, name, rev) => collection.deleteOne({ _id: idOf(orgId, name), orgId, rev }),
    async list(orgId, { after, limit }) {
      const range = after === undefined ? {} : { name: above(after) };
      return (await collection.find({ orgId, ...range }, { name: 1 }, limit)).map(restore);
    },
    ensureIndexes: () => collection.ensureIndexes(),
  };
}
