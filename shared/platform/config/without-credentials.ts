/** A connection address that may be shown: what stands between `//` and `@`, and every query parameter, is left out. */
export function withoutCredentials(address: string): string {
  return address.replace(/^([a-z][a-z0-9+.-]*:\/\/)(?:[^/?#]*@)?/i, '$1').replace(/[?#].*$/s, '');
}
