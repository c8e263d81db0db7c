import type { CaseNotice } from '../../shared/domain/case/case-event.ts';
import type { CaseProjection } from '../../shared/domain/case-record.ts';
import type { CaseState } from '../../shared/domain/case-states.ts';

interface OfCase {
  readonly orgId: string;
  readonly caseId: string;
  /** The workflow's clock. */
  readonly asOfMs: number;
}

/** Run as a local activity: its input, which holds the whole plan, stays out of the history. */
export type ProjectCaseInput = OfCase & { readonly projection: CaseProjection };

export type SendCaseNoticeInput = OfCase & {
  readonly notice: CaseNotice;
  /** Which of this kind of notice since the case turned red, or since the approval is awaited; from 1. */
  readonly count: number;
  /** The instant the case turned red or the approval was asked: with `count` it identifies the mail. */
  readonly sinceMs: number;
  readonly stepKeys: readonly string[];
};

export type CloseCaseInput = OfCase & { readonly state: CaseState };

/** What a case does besides its steps. Each may run twice; the second time changes nothing. */
export interface CaseActivities {
  /** Tells the database where the case stands. A projection older than the stored one changes nothing. */
  projectCase(input: ProjectCaseInput): Promise<void>;
  /** Mails whoever has to act. */
  sendCaseNotice(input: SendCaseNoticeInput): Promise<void>;
  /** Lets go of the person: frees the claim of the one open case, and the rotated secret. */
  closeCase(input: CloseCaseInput): Promise<void>;
}
