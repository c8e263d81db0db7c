/** The `code` of a system error (`ENOENT`, `EADDRINUSE`, …). Does not ask for the class: an error may come from another realm. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** `EACCES` and its like, for the end of a sentence. */
export function systemReason(error: unknown): string {
  return errorCode(error) ?? (error instanceof Error ? error.message : String(error));
}
