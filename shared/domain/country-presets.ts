/** What an employer may do with a leaver's mailbox, by country. A departure that goes beyond it is refused. */
export interface CountryPreset {
  readonly autoReplyDays: number;
  readonly autoReplyMaxDays: number;
}

const usual: CountryPreset = { autoReplyDays: 30, autoReplyMaxDays: 90 };

const PRESETS: Readonly<Record<string, CountryPreset>> = {
  BE: { autoReplyDays: 30, autoReplyMaxDays: 90 },
};

/** The preset of an ISO 3166-1 alpha-2 country; the usual one where a country has none of its own. */
export function presetOf(country: string): CountryPreset {
  return PRESETS[country] ?? usual;
}
