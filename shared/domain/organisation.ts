import type { CaseKind } from './case-states.ts';
import { DEFAULT_NAMING, type NamingRule } from './naming/naming-rule.ts';
import type { MailText } from './welcome/welcome-texts.ts';

/** A file of everybody, every day. */
export interface PeopleExport {
  /** Local time of day from which it is written, `HH:MM`. */
  readonly time: string;
  readonly format: 'csv' | 'xlsx';
  /** Older ones are removed. */
  readonly keepDays: number;
}

/** So many new addresses a provider takes in any so many hours. */
export interface TargetQuota {
  readonly addresses: number;
  readonly perHours: number;
}

/** An organisation whose people come and go. One per tenant; every document carries its id. */
export interface Organisation {
  readonly id: string;
  readonly rev: number;
  readonly name: string;
  readonly domains: readonly string[];
  readonly timeZone: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** BCP 47, e.g. `en`, `fr-CH`. */
  readonly locale: string;
  /** Local time of day at which a last day ends, `HH:MM`. */
  readonly leaveTime: string;
  readonly guardLimits: { readonly floor: number; readonly sharePercent: number; readonly ceiling: number };
  readonly quarantineMonths: number;
  /** How new accounts are named; absent: `DEFAULT_NAMING`. */
  readonly naming?: NamingRule;
  /** While it is there, no procedure takes anything away or deletes anything. */
  readonly frozen?: { readonly by: string; readonly atMs: number; readonly reason: string };
  /** Local time of day from which the daily digest goes out, `HH:MM`; absent: none is sent. */
  readonly digestTime?: string;
  /** Absent: nobody is exported but by hand. */
  readonly peopleExport?: PeopleExport;
  /** By target: what an import keeps to. Targets without one take as many as come. */
  readonly targetQuotas?: Readonly<Record<string, TargetQuota>>;
  /** Receives what a leaver without successor and manager had. */
  readonly fallbackRecipientId?: string;
  /** Its own texts for welcome mails, by language; where a language has none the usual one is sent. */
  readonly welcomeTexts?: Readonly<Record<string, MailText>>;
  /** The version of the procedure that new departures are planned with. Absent: the newest that ships with the release. */
  readonly departureProcedure?: string;
  /** The same of the other kinds of case. */
  readonly procedures?: Readonly<Partial<Record<CaseKind, string>>>;
  /** Where loud failures, approval requests, escalations and the daily digest go. */
  readonly notificationAddresses: readonly string[];
}

export function namingOf({ naming = DEFAULT_NAMING }: Pick<Organisation, 'naming'>): NamingRule {
  return naming;
}

/** Where the address of a new account is made, where nobody says so. */
export function namingDomainOf(organisation: Pick<Organisation, 'naming' | 'domains'>): string {
  const domain = namingOf(organisation).domain ?? organisation.domains[0];
  if (domain === undefined) throw new Error('an organisation has a domain');
  return domain;
}
