/** Where the vault keeps the secret a departure rotated in: one per case, so that a proof months later finds it. */
export function rotatedSecretKey(caseId: string): string {
  return `rotated:${caseId}`;
}
