/** Fields of a person by their names; `null`: there is none. */
export type FieldValues = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/**
 * A change of a person that was begun and has not come to its end: written before anything else happens, so that whoever
 * finds it knows what is to be done. `forward` until a target refuses it or reading back does not prove it, `back` from then on.
 */
export interface OpenChange {
  /** Of the request that asked for it: a repetition finds its own. */
  readonly id: string;
  readonly actorId: string;
  readonly atMs: number;
  readonly direction: 'forward' | 'back';
  readonly before: FieldValues;
  readonly after: FieldValues;
  /** What is changed and stored nowhere: nobody but the request itself can carry it out. */
  readonly secret?: 'password';
  /** What becomes of addresses that the person no longer has. */
  readonly dropped?: 'free' | 'quarantine';
  /** New addresses that were the person's before, and in quarantine until then. */
  readonly resting?: readonly { readonly address: string; readonly untilMs: number }[];
}
