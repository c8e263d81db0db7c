/**
 * The custom search attributes of a case and their types in Temporal. Values are opaque ids, states and instants, never
 * names or addresses. Registered at start-up; an operator of an outside server registers exactly these.
 */
export const SEARCH_ATTRIBUTES = {
  OrgId: 'KEYWORD',
  CaseKind: 'KEYWORD',
  Phase: 'KEYWORD',
  PersonRef: 'KEYWORD',
  NeedsAttention: 'BOOL',
  DueAt: 'DATETIME',
} as const;
