/** Where the vault keeps the token of a leaver's confirmation until the case closes: every notice mails the same link. */
export function leaverLinkSecretKey(caseId: string): string {
  return `leaver-link:${caseId}`;
}
