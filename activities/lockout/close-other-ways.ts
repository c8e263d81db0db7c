import { accountStep } from '../steps/account-step.ts';
import { accountCallsStep } from '../steps/account-calls.ts';
import type { StepDefinition } from '../steps/step-definition.ts';

/** Applications that were let in, links with which a password could be set, second factors and ways of recovery. */
export const revokeOtherCredentials: StepDefinition = accountCallsStep('revokeOtherCredentials', [
  {
    operation: 'revokeOauthGrants',
    perform: ({ connector, ref, call }) => connector.revokeOauthGrants(ref, call),
    isProven: (after) => after.oauthGrantCount === 0,
    count: (before) => before.oauthGrantCount ?? 0,
  },
  {
    operation: 'voidLinks',
    perform: ({ connector, ref, call }) => connector.voidLinks(ref, call),
    isProven: (after) => after.openLinkCount === 0,
    count: (before) => before.openLinkCount ?? 0,
  },
  {
    operation: 'removeRecoveryMeans',
    perform: ({ connector, ref, call }) => connector.removeRecoveryMeans(ref, call),
    isProven: (after) => after.recoveryMeansCount === 0,
    count: (before) => before.recoveryMeansCount ?? 0,
  },
]);

const OFF = { imap: false, pop: false, smtp: false } as const;

/** The ways in for mail programs. Mail still arrives. */
export const switchOffProtocols = accountStep({
  kind: 'switchOffProtocols',
  operation: 'setProtocols',
  perform: ({ connector, ref, call }) => connector.setProtocols(ref, OFF, call),
  isProven: ({ protocols }) => protocols !== undefined && !Object.values(protocols).includes(true),
});

/** Groups, lists, and rights on the mailboxes and calendars of others. What they were is in the before-state. */
export const removeMemberships: StepDefinition = accountCallsStep('removeMemberships', [
  {
    operation: 'setMemberships',
    perform: ({ connector, ref, call }) => connector.setMemberships(ref, { groups: [], lists: [] }, call),
    isProven: ({ groups, lists = [] }) => groups.length === 0 && lists.length === 0,
    count: ({ groups, lists = [] }) => groups.length + lists.length,
  },
  {
    operation: 'setDelegations',
    perform: ({ connector, ref, call }) => connector.setDelegations(ref, [], call),
    isProven: ({ delegations }) => delegations?.length === 0,
    count: ({ delegations = [] }) => delegations.length,
  },
]);
