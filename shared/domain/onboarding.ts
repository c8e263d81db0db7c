/** How somebody new comes to a password. */
export type Credentials =
  /** By a link that works once. `to`: where it is sent; absent: as everything that is for the person. */
  | { readonly kind: 'setup_link'; readonly to?: string }
  /** A link within a letter of welcome in the language of the person. */
  | { readonly kind: 'welcome_mail'; readonly to?: string; readonly locale: string };

/** What was asked for, after it was checked. Kept on the case; no part of it enters a workflow. */
export interface OnboardingRequest {
  readonly personId: string;
  /** Local date `YYYY-MM-DD`. */
  readonly firstDay: string;
  /** Local time at which the account opens on that day, `HH:MM`. */
  readonly startTime: string;
  readonly timeZone: string;
  /** The account is made this many days before, and stays closed until the first day. */
  readonly createDaysBefore: number;
  /** What groups, lists, quota and role were taken from. */
  readonly template?: string;
  readonly groups: readonly string[];
  readonly lists: readonly string[];
  readonly credentials: Credentials;
  /** Local date of the last day of somebody who is here for a time; a departure follows by itself. */
  readonly endsOn?: string;
  readonly note?: string;
}
