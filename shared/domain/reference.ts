import type { CaseRequest } from './case-record.ts';
import type { DepartureRequest } from './departure.ts';

/** What may point at a person. */
export const REFERENCE_KINDS = [
  /** Somebody whose manager the person is. */
  'report',
  /** An open departure whose successor, auto-reply contact or redirect the person is. */
  'successor',
  'contact',
  'redirect',
  /** An open departure in which the person was named to receive what is not handed over yet. */
  'recipient',
  /** The organisation, where the person receives what nobody else can. */
  'fallback',
  /** The organisation, which sends its notices to the person's address. */
  'notification',
  /** A definition of reviews, whose reviewer or fallback the person is. */
  'reviewer',
] as const;
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

/** Something that points at a person. */
export interface Reference {
  readonly kind: ReferenceKind;
  /** A person, a case, the organisation, or a definition of reviews. */
  readonly holderId: string;
}

/** A reference that was given to somebody else. Written before it is changed. */
export interface Reassignment extends Reference {
  readonly id: string;
  readonly orgId: string;
  readonly caseId: string;
  readonly fromId: string;
  readonly toId: string;
  readonly atMs: number;
}

type Roles = Pick<
  DepartureRequest,
  'successorId' | 'contactPersonId' | 'autoReply' | 'redirect' | 'handover'
>;

/** What a request says of others than the one it is about. Which of it there is depends on the kind of the case. */
export function rolesOf(request: CaseRequest): Partial<Roles> {
  return request as Partial<Roles>;
}

/** The people a request names besides the one it is about. */
export function peopleNamedBy(request: CaseRequest): readonly string[] {
  const { successorId, contactPersonId, redirect, handover } = rolesOf(request);
  const ids = [successorId, contactPersonId, redirect?.toPersonId, handover?.recipientId].filter(
    (id) => id !== undefined,
  );
  return [...new Set(ids)];
}
