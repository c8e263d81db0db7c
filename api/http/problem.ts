import { COMMAND_REJECTIONS, type CommandRejectionCode } from '../../shared/errors/failure-types.ts';
import { ACCOUNT_PROBLEMS } from './account-problems.ts';
import type { ProblemKind } from './problem-kind.ts';
import { CASE_PROBLEMS } from './case-problems.ts';
import { DELETION_PROBLEMS } from './deletion-problems.ts';
import { DEPARTURE_PROBLEMS } from './departure-problems.ts';
import { IMPORT_PROBLEMS } from './import-problems.ts';
import { LEAVE_PROBLEMS } from './leave-problems.ts';
import { NAMING_PROBLEMS } from './naming-problems.ts';
import { CREDENTIALS_PROBLEMS } from './credentials-problems.ts';
import { ONBOARDING_PROBLEMS } from './onboarding-problems.ts';
import { PROCEDURE_PROBLEMS } from './procedure-problems.ts';
import { PROTOCOL_PROBLEMS } from './protocol-problems.ts';
import { REVIEW_PROBLEMS } from './review-problems.ts';
import { ROLE_CHANGE_PROBLEMS } from './role-change-problems.ts';
import { TEMPLATE_PROBLEMS } from './template-problems.ts';

/** Every code a caller can meet besides the rejections of commands. Codes are stable; sentences may be improved. */
const OWN_PROBLEMS = {
  ...CASE_PROBLEMS,
  ...ONBOARDING_PROBLEMS,
  ...PROTOCOL_PROBLEMS,
  ...ROLE_CHANGE_PROBLEMS,
  ...TEMPLATE_PROBLEMS,
  ...LEAVE_PROBLEMS,
  ...IMPORT_PROBLEMS,
  ...REVIEW_PROBLEMS,
  INVALID_REQUEST: { status: 400, sentence: 'The request does not have the expected form.' },
  UNKNOWN_FIELD: { status: 400, sentence: 'The request has a field that is not known here.' },
  NOT_JSON: { status: 400, sentence: 'The body is not valid JSON.' },
  TOO_DEEP: { status: 400, sentence: 'The body is nested too deeply.' },
  OPERATOR_REFUSED: {
    status: 400,
    sentence: 'Field names that start with $ or belong to the language are refused.',
  },
  IDEMPOTENCY_KEY_REQUIRED: { status: 400, sentence: 'This command needs an Idempotency-Key header.' },
  IDEMPOTENCY_KEY_INVALID: {
    status: 400,
    sentence: 'An Idempotency-Key has 1 to 200 printable ASCII characters.',
  },
  KEY_REQUIRED: { status: 401, sentence: 'Send an API key: Authorization: Bearer gw_….' },
  KEY_INVALID: { status: 401, sentence: 'The API key is not known, was revoked, or is not written in full.' },
  KEY_EXPIRED: { status: 401, sentence: 'The API key has expired.' },
  METRICS_TOKEN_REQUIRED: { status: 401, sentence: 'Metrics need the token in GANGWAY_METRICS_TOKEN.' },
  INVALID_CREDENTIALS: { status: 401, sentence: 'Nobody can sign in with this address and secret.' },
  SESSION_UNKNOWN: { status: 401, sentence: 'There is no such session, or it has ended.' },
  ACCOUNT_DISABLED: { status: 403, sentence: 'The secret is right, but the account is disabled.' },
  PROTOCOL_OFF: {
    status: 403,
    sentence: 'The secret is right, but this protocol is switched off for the account.',
  },
  NO_MAILBOX_ACCESS: {
    status: 403,
    sentence: 'This person may not read the mailbox, or no longer.',
  },
  SCOPE_MISSING: { status: 403, sentence: 'The API key does not have the scope this needs.' },
  SCOPE_EXCEEDED: { status: 403, sentence: 'A key cannot give scopes it does not have.' },
  SELF_APPROVAL: {
    status: 403,
    sentence: 'The approval must come from another owner than the one who asked for the departure.',
  },
  ROUTE_UNKNOWN: { status: 404, sentence: 'There is nothing at this address.' },
  PERSON_NOT_FOUND: { status: 404, sentence: 'There is no such person.' },
  ARCHIVE_NOT_FOUND: { status: 404, sentence: 'There is no such archive, part or message.' },
  ARCHIVE_DESTROYED: { status: 410, sentence: 'The archive was destroyed when its retention was over.' },
  ARCHIVE_DAMAGED: {
    status: 500,
    sentence: 'A file of the archive is missing or does not have the recorded hash.',
  },
  KEY_NOT_FOUND: { status: 404, sentence: 'There is no such API key.' },
  ACCOUNT_NOT_FOUND: { status: 404, sentence: 'The person has no account in the directory.' },
  LINK_UNKNOWN: { status: 404, sentence: 'There is no such link.' },
  NO_SUCH_ADDRESS: { status: 404, sentence: 'Nobody receives mail at this address.' },
  METHOD_NOT_ALLOWED: { status: 405, sentence: 'This address does not take this method.' },
  PERSON_KNOWN: {
    status: 409,
    sentence:
      'The person with this external id is leaving or has left: undo the departure, or rehire the person.',
  },
  NOTHING_TO_COME_BACK_FROM: { status: 409, sentence: 'The person neither leaves nor has left.' },
  DEPARTURE_UNFINISHED: {
    status: 409,
    sentence: 'The deletion has begun and the departure is not finished yet: rehire the person when it is.',
  },
  NOTHING_TO_HAND_OVER: { status: 409, sentence: 'Nothing is handed over in this departure.' },
  PERSON_DEPARTED: { status: 409, sentence: 'The person has departed already.' },
  EXTERNAL_ID_TAKEN: { status: 409, sentence: 'Another person has this external id.' },
  PLAN_CHANGED: {
    status: 409,
    sentence: 'Something changed since the simulation; simulate again and look at the plan.',
  },
  GUARD_SECOND_PERSON_NEEDED: {
    status: 409,
    sentence: 'Somebody else must ask for the same limits before they are raised.',
  },
  DOMAIN_IN_USE: { status: 409, sentence: 'Somebody has an address in a domain that would be removed.' },
  LAST_ADMINISTRATION_KEY: {
    status: 409,
    sentence: 'This is the last valid key that can make keys; make another one first.',
  },
  REDIRECT_FAILED: {
    status: 503,
    sentence: 'Only a redirect is left of this address, and it could not pass the message on; send it again.',
  },
  LOCKING_STARTED: {
    status: 409,
    sentence: 'The account is being locked, or is locked already; there is nothing to hasten.',
  },
  CONCURRENT_CHANGE: { status: 409, sentence: 'Somebody else changed it at the same moment; try again.' },
  LINK_VOID: { status: 410, sentence: 'The link was made void.' },
  LINK_USED: { status: 410, sentence: 'The link was used already.' },
  LINK_EXPIRED: { status: 410, sentence: 'The link has expired.' },
  BODY_TOO_LARGE: { status: 413, sentence: 'The body is larger than 1 MB.' },
  MESSAGE_TOO_LARGE: { status: 413, sentence: 'The message is larger than the directory takes.' },
  CONTENT_TYPE_UNSUPPORTED: {
    status: 415,
    sentence: 'This Content-Type is not taken here: a JSON body is application/json in UTF-8.',
  },
  IDEMPOTENCY_MISMATCH: { status: 422, sentence: 'This Idempotency-Key was used with another request.' },
  PERSON_UNKNOWN: { status: 422, sentence: 'There is no such person.' },
  PERSON_PROTECTED: {
    status: 422,
    sentence: 'The person is protected: no procedure may disable the account.',
  },
  MANAGER_UNKNOWN: { status: 422, sentence: 'There is no such manager.' },
  MANAGER_IS_SELF: { status: 422, sentence: 'Nobody is their own manager.' },
  DOMAIN_UNKNOWN: { status: 422, sentence: 'The organisation does not have this domain.' },
  ...PROCEDURE_PROBLEMS,
  ...ACCOUNT_PROBLEMS,
  ...NAMING_PROBLEMS,
  TARGET_UNKNOWN: { status: 422, sentence: 'There is no such target.' },
  ZONE_UNKNOWN: { status: 422, sentence: 'This is not the IANA name of a time zone.' },
  TIME_INVALID: { status: 422, sentence: 'This is not a time of day, HH:MM.' },
  DATE_INVALID: { status: 422, sentence: 'This is not a date that exists, YYYY-MM-DD.' },
  DATE_OUT_OF_RANGE: {
    status: 422,
    sentence: 'This day is too long ago or too far ahead: `earliest` and `latest` say what is allowed.',
  },
  ...DEPARTURE_PROBLEMS,
  ...DELETION_PROBLEMS,
  NAME_MISMATCH: { status: 422, sentence: 'The typed name is not the full name of the person who leaves.' },
  ...CREDENTIALS_PROBLEMS,
  MAILBOX_FULL: { status: 422, sentence: 'The mailbox has reached its quota; the message was refused.' },
  SCOPE_UNKNOWN: { status: 422, sentence: 'There is no such scope.' },
  OWNER_IS_ANOTHER: {
    status: 422,
    sentence: 'The owner is known to be another person, or the person to be another owner.',
  },
  EXPIRY_PAST: { status: 422, sentence: 'A key expires in the future.' },
  RATE_LIMITED: { status: 429, sentence: 'Too many requests; wait for the time in Retry-After.' },
  UNEXPECTED: {
    status: 500,
    sentence: 'Something unexpected happened; the log has the details under the request id.',
  },
  ENGINE_UNAVAILABLE: {
    status: 503,
    sentence: 'The engine does not answer. Send the same request again; it has one effect.',
  },
  STORE_UNAVAILABLE: { status: 503, sentence: 'The database does not answer. Send the same request again.' },
} as const satisfies Readonly<Record<string, ProblemKind>>;

/** A case says no: a conflict with its state, except where somebody else, or something else, is meant. */
const REJECTION_STATUS: Readonly<Partial<Record<CommandRejectionCode, number>>> = {
  APPROVER_IS_REQUESTER: 403,
  RELEASER_IS_REQUESTER: 403,
  STEP_UNKNOWN: 404,
  PRECONDITION_FAILED: 412,
};

export type ProblemCode = keyof typeof OWN_PROBLEMS | CommandRejectionCode;
export const PROBLEM_CODES = Object.keys({
  ...OWN_PROBLEMS,
  ...COMMAND_REJECTIONS,
}) as readonly ProblemCode[];

export function problemKindOf(code: ProblemCode): ProblemKind {
  if (isRejection(code)) return { status: REJECTION_STATUS[code] ?? 409, sentence: COMMAND_REJECTIONS[code] };
  return OWN_PROBLEMS[code];
}

function isRejection(code: ProblemCode): code is CommandRejectionCode {
  return Object.hasOwn(COMMAND_REJECTIONS, code);
}

export interface ProblemOptions {
  /** JSON pointer into the body, or the name of a query parameter or header. */
  readonly field?: string;
  /** What exactly, after the sentence of the code. Never a text of a library or of a target. */
  readonly detail?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Members of their own, e.g. the id of what is in the way. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly FieldError[];
}

/** One of several wrong fields. */
export interface FieldError {
  readonly field: string;
  readonly code: ProblemCode;
  readonly detail: string;
}

/** A refusal that the caller is told. Anything else that is thrown becomes `UNEXPECTED`. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly options: ProblemOptions;

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    super(problemKindOf(code).sentence);
    this.code = code;
    this.options = options;
  }
}

/** RFC 9457. `code` and `field` are ours. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly field?: string;
  readonly errors?: readonly FieldError[];
  readonly requestId: string;
}

export function problemBodyOf(problem: Problem, requestId: string): ProblemBody {
  const { status, sentence } = problemKindOf(problem.code);
  const { field, detail, members, errors } = problem.options;
  return {
    type: `urn:gangway:problem:${problem.code.toLowerCase().replaceAll('_', '-')}`,
    title: sentence,
    status,
    code: problem.code,
    detail: detail ?? sentence,
    ...(field === undefined ? {} : { field }),
    ...(errors === undefined ? {} : { errors }),
    requestId,
    ...members,
  };
}
