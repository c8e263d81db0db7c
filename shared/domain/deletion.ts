/** What must be decided before an account is deleted: the checklist of a deletion, in its order. */
export const DELETION_ITEMS = ['mail', 'files', 'calendars', 'contacts', 'redirect'] as const;
export type DeletionItem = (typeof DELETION_ITEMS)[number];

/** Whoever is away for two weeks comes back in time to stop a deletion; a year is as good as a departure. */
export const GRACE_LIMITS = { minDays: 14, maxDays: 365 } as const;
