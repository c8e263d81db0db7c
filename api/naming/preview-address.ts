import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { parse } from '../http/parse.ts';
import { organisationOf } from '../organisation/organisation-of.ts';
import { addressServed } from '../people/address-served.ts';
import { assertDomain } from '../people/check-addresses.ts';
import { assertTargets } from '../people/check-targets.ts';
import { madeAddressView } from './address-view.ts';
import { chooseAddress } from './choose-address.ts';
import { previewFields } from './naming-fields.ts';

/** The address somebody with these names would get now, and why. Claims nothing: somebody else may have it a moment later. */
export async function previewAddress(context: ApiContext, call: Call): Promise<Answer> {
  const wish = parse(previewFields, call.body);
  const organisation = await organisationOf(context, call.actor.orgId);
  assertDomain(organisation, wish.domain, '/domain');
  assertTargets(context, wish.targets);
  const chosen = await chooseAddress(context, organisation, wish, async (address) =>
    (await addressServed(context, organisation.id, wish.targets, address)) ? { code: 'SERVED' } : undefined,
  );
  return { status: 200, body: madeAddressView(organisation, chosen) };
}
