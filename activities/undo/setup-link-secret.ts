/** Where the vault keeps the token of a case's setup link until the case closes: a second try mails the same link. */
export function setupLinkSecretKey(caseId: string): string {
  return `setup-link:${caseId}`;
}
