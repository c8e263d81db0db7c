/** Keeps the secrets we rotated in, encrypted at rest, for the proofs that need them. Never logged, never in a payload. */
export interface SecretVault {
  /** The secret under this key; made once, at random (256 bit, base64url), and the same on every later call. */
  getOrCreate(orgId: string, key: string): Promise<string>;
  read(orgId: string, key: string): Promise<string | undefined>;
  destroy(orgId: string, key: string): Promise<void>;
}
