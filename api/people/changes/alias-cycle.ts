import type { AccountView } from '../../../directory/account-view.ts';
import type { Person } from '../../../shared/domain/person.ts';
import type { ApiContext } from '../../api-context.ts';
import { Problem } from '../../http/problem.ts';
import { directoryOf } from '../../open-directories.ts';
import { readAccount } from './on-targets.ts';

/** More than mail ever passes: the directory ends a trail long before. */
const MOST_ACCOUNTS = 50;

/**
 * An address that the person's own mail is forwarded to, straight or through others, cannot become an alias of the person: it would
 * come back to where it began.
 */
export async function assertNoCycle(context: ApiContext, person: Person, alias: string): Promise<void> {
  for (const ref of person.accounts) {
    const account = await readAccount(context, person.orgId, ref);
    if (account !== undefined && (await leadsTo(context, ref.target, account, alias)))
      throw new Problem('ALIAS_CYCLE', { field: '/alias', members: { target: ref.target } });
  }
}

async function leadsTo(
  context: ApiContext,
  target: string,
  from: AccountView,
  alias: string,
): Promise<boolean> {
  const reading = directoryOf({ directories: context.readings }, target);
  const seen = new Set([from.id]);
  const waiting = [from];
  for (let account = waiting.pop(); account !== undefined; account = waiting.pop()) {
    for (const to of onwardFrom(account, context.now())) {
      if (to === alias) return true;
      const next = await reading.findByAddress(from.orgId, to);
      if (next === undefined || seen.has(next.id) || seen.size >= MOST_ACCOUNTS) continue;
      seen.add(next.id);
      waiting.push(next);
    }
  }
  return false;
}

/** Where mail of an account goes on to: its owner's forwards, and a redirect that is not over. */
function onwardFrom({ forwards, redirect }: AccountView, nowMs: number): readonly string[] {
  const redirected = redirect !== undefined && (redirect.untilMs ?? Infinity) > nowMs ? [redirect.to] : [];
  return [...redirected, ...forwards.map(({ to }) => to)];
}
