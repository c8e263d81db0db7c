import type { ApiContext } from '../api-context.ts';
import { noQuery } from '../http/pages.ts';
import { parse } from '../http/parse.ts';
import { routesOf, type Route } from '../http/route.ts';
import { namingGuide } from '../naming/naming-guide.ts';
import { previewAddress } from '../naming/preview-address.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { namingOperations } from './naming-operations.ts';

export function namingRoutes(context: ApiContext): readonly Route[] {
  return routesOf(namingOperations, {
    async explainNaming({ actor, query }) {
      parse(noQuery, query, 'query');
      const organisation = await organisationOf(context, actor.orgId);
      return { status: 200, body: namingGuide(organisation, context.transliteration) };
    },
    previewAddress: (call) => previewAddress(context, call),
  });
}
