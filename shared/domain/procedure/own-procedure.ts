/** A version that an organisation made for itself. Never changed: an open case finds again what it was planned with. */
export interface OwnProcedure {
  readonly orgId: string;
  readonly name: string;
  /** What it says, as the kind of its case has it. */
  readonly template: object;
  /** The newest version there was, which its maker had looked at. */
  readonly basedOn: string;
  readonly reason: string;
  /** Owner of the key. */
  readonly madeBy: string;
  readonly madeAtMs: number;
  /** What made it: the same command makes one version, however often it is repeated. */
  readonly commandId: string;
}
