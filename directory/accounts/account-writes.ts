import type {
  Account,
  AutoReplySetting,
  DirectoryRole,
  DisabledReason,
  FilingRule,
  MailForward,
  RedirectSetting,
} from '../account.ts';
import { normalAddress } from '../account.ts';
import { hashPassword, verifyPassword } from '../sign-in/secrets.ts';
import type { Write } from './write-account.ts';

/** Blocks signing in at once; mail still arrives, whatever the reason. */
export function disabling(reason: DisabledReason): Write {
  return {
    operation: 'disable',
    isSo: (account) => account.status === 'disabled' && account.disabledReason === reason,
    change: (account) => ({ ...account, status: 'disabled', disabledReason: reason }),
  };
}

export function enabling(): Write {
  return {
    operation: 'enable',
    isSo: (account) => account.status === 'active',
    change: ({ disabledReason: _, ...account }) => ({ ...account, status: 'active' }),
  };
}

/** The password is compared by its hash; the outcome is remembered, as a busy account is compared several times. */
export async function settingPassword(secret: string): Promise<Write> {
  const passwordHash = await hashPassword(secret);
  let compared: { readonly hash: string; readonly same: boolean } | undefined;
  return {
    operation: 'setPassword',
    isSo: async (account) => {
      if (compared?.hash !== account.passwordHash) {
        compared = { hash: account.passwordHash, same: await verifyPassword(account.passwordHash, secret) };
      }
      return compared.same;
    },
    change: (account) => ({ ...account, passwordHash }),
  };
}

export function revokingAppPasswords(): Write {
  return {
    operation: 'revokeAppPasswords',
    isSo: (account) => account.appPasswords.length === 0,
    change: (account) => ({ ...account, appPasswords: [] }),
  };
}

export function revokingSessions(): Write {
  return {
    operation: 'revokeSessions',
    isSo: (account) => account.sessions.length === 0,
    change: (account) => ({ ...account, sessions: [] }),
  };
}

/** The redirect stays: it was set by an administrator, not by the owner. */
export function removingOwnRules(): Write {
  return {
    operation: 'removeOwnRules',
    isSo: (account) => account.forwards.length === 0 && account.rules.length === 0,
    change: (account) => ({ ...account, forwards: [], rules: [] }),
  };
}

export function settingOwnRules(wanted: Pick<Account, 'forwards' | 'rules'>): Write {
  const { forwards, rules } = wanted;
  return {
    operation: 'setOwnRules',
    isSo: (account) =>
      JSON.stringify([account.forwards, account.rules]) === JSON.stringify([forwards, rules]),
    change: (account) => ({ ...account, forwards, rules }),
  };
}

export function settingRole(role: DirectoryRole): Write {
  return {
    operation: 'setRole',
    isSo: (account) => account.role === role,
    change: (account) => ({ ...account, role }),
  };
}

export function settingAutoReply({ subject, text, internal, fromMs, untilMs }: AutoReplySetting): Write {
  const wanted: AutoReplySetting = {
    ...{ subject, text, fromMs, untilMs },
    ...(internal === undefined ? {} : { internal: { subject: internal.subject, text: internal.text } }),
  };
  return {
    operation: 'setAutoReply',
    isSo: ({ autoReply }) =>
      autoReply?.subject === subject &&
      autoReply.text === text &&
      autoReply.internal?.subject === internal?.subject &&
      autoReply.internal?.text === internal?.text &&
      autoReply.fromMs === fromMs &&
      autoReply.untilMs === untilMs,
    change: (account) => ({ ...account, autoReply: wanted }),
  };
}

/** Also removes an auto-reply whose time is over. */
export function endingAutoReply(): Write {
  return {
    operation: 'endAutoReply',
    isSo: (account) => account.autoReply === undefined,
    change: ({ autoReply: _, ...account }) => account,
  };
}

/** One that still runs and led there before leads there since then. */
export function settingRedirect(redirect: RedirectSetting, atMs: number): Write {
  const { keepCopy, untilMs } = redirect;
  const wanted: RedirectSetting = {
    to: normalAddress(redirect.to),
    keepCopy,
    ...(untilMs === undefined ? {} : { untilMs }),
  };
  return {
    operation: 'setRedirect',
    isSo: ({ redirect: set }) =>
      set?.to === wanted.to && set.keepCopy === keepCopy && set.untilMs === wanted.untilMs,
    change: ({ redirectSinceMs, ...account }) => {
      const { to, untilMs: endsAtMs = Infinity } = account.redirect ?? {};
      const since = to === wanted.to && atMs < endsAtMs ? redirectSinceMs : atMs;
      return {
        ...account,
        redirect: wanted,
        ...(since === undefined ? {} : { redirectSinceMs: since }),
      };
    },
  };
}

/** Also removes a redirect whose time is over. */
export function endingRedirect(): Write {
  return {
    operation: 'endRedirect',
    isSo: (account) => account.redirect === undefined,
    change: ({ redirect: _, redirectSinceMs: __, ...account }) => account,
  };
}

export function addingForward({ to, keepCopy }: MailForward): Write {
  const forward: MailForward = { to: normalAddress(to), keepCopy };
  return {
    isSo: (account) => account.forwards.some((own) => own.to === forward.to && own.keepCopy === keepCopy),
    change: (account) => ({
      ...account,
      forwards: [...account.forwards.filter((own) => own.to !== forward.to), forward],
    }),
  };
}

export function addingRule({ name, action }: FilingRule): Write {
  return {
    isSo: (account) => account.rules.some((own) => own.name === name && own.action === action),
    change: (account) => ({
      ...account,
      rules: [...account.rules.filter((own) => own.name !== name), { name, action }],
    }),
  };
}
