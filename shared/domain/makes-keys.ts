/** Whether a key with these scopes can make other keys. An organisation without such a key is locked out of its own. */
export function makesKeys(scopes: readonly string[]): boolean {
  return scopes.includes('organisation:write') || scopes.includes('organisation:*');
}
