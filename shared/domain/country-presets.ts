/**
 * What an employer may do with a leaver's mailbox, by country, and who says so. A departure that goes beyond it is refused.
 * A preset is our reading of the source, not legal advice.
 */
export interface CountryPreset {
  /** ISO 3166-1 alpha-2; `default` for every country without one of its own. */
  readonly country: string;
  readonly autoReply: { readonly days: number; readonly maxDays: number };
  /** `maxDays` 0: no redirect at all. */
  readonly redirect: { readonly days: number; readonly maxDays: number };
  /** How long an archive is kept, from the deletion. */
  readonly archiveRetentionYears: number;
  readonly source: string;
}

const NO_REDIRECT = { days: 0, maxDays: 0 } as const;

const usual: CountryPreset = {
  country: 'default',
  autoReply: { days: 30, maxDays: 90 },
  redirect: { days: 30, maxDays: 485 },
  archiveRetentionYears: 10,
  source:
    'Gangway: data minimisation and storage limitation (GDPR Article 5), as far as a country says nothing more exact',
};

/** In the order they are listed; the last one is everybody else's. */
export const COUNTRY_PRESETS: readonly CountryPreset[] = [
  {
    country: 'BE',
    autoReply: { days: 30, maxDays: 90 },
    redirect: { days: 30, maxDays: 90 },
    archiveRetentionYears: 10,
    source:
      'Belgian Data Protection Authority (APD-GBA), decision 64/2020 on the mailbox of a leaver: blocked on the last day, an automatic answer for one month and at most three, then removed',
  },
  {
    country: 'CH',
    autoReply: { days: 30, maxDays: 90 },
    redirect: NO_REDIRECT,
    archiveRetentionYears: 10,
    source:
      'Swiss Federal Data Protection and Information Commissioner (FDPIC), guide on monitoring internet and e-mail at the workplace: the account is blocked on leaving and deleted, senders are told of another address; Code of Obligations Article 958f for the ten years',
  },
  {
    country: 'MT',
    autoReply: { days: 30, maxDays: 90 },
    redirect: NO_REDIRECT,
    archiveRetentionYears: 10,
    source:
      'Maltese Information and Data Protection Commissioner (IDPC), position on the e-mail accounts of former employees: no forwarding to a colleague, an automatic answer in its place',
  },
  usual,
];

/** The preset of a country; the usual one where a country has none of its own. */
export function presetOf(country: string): CountryPreset {
  return COUNTRY_PRESETS.find((preset) => preset.country === country) ?? usual;
}
