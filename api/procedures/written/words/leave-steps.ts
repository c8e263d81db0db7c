import type { StepDescriptions } from '../../../../shared/domain/procedure/descriptions/step-description.ts';
import { STEP_DESCRIPTIONS } from '../../../../shared/domain/procedure/step-descriptions.ts';

const { takeSnapshot, disableAccount, notifyManager, startAutoReply, endAutoReply } = STEP_DESCRIPTIONS;

/** Steps that departures have too, as they are in a leave. */
export const LEAVE_STEPS: StepDescriptions = {
  takeSnapshot: {
    ...takeSnapshot,
    does: 'The account is read as it is before anything is taken away, so that it can be put back.',
  },
  disableAccount: {
    ...disableAccount,
    proof: 'Read again over another connection, the account is disabled, with the reason of the leave.',
  },
  notifyManager: {
    ...notifyManager,
    does: 'The manager, or the organisation where there is none, gets a mail that the person is on leave, and until when.',
  },
  startAutoReply: {
    title: startAutoReply.title,
    does: 'Whoever writes gets an answer that names the day of the return, where there is one, and a contact person with an active account.',
    proof: startAutoReply.proof,
    onlyIf: 'there is a contact person and the leave does not switch the reply off',
    varies: 'A leave that is moved has it given once more, with its new end.',
  },
  endAutoReply: {
    title: endAutoReply.title,
    does: 'Who is back answers for themselves.',
    proof: endAutoReply.proof,
    onlyIf: 'an auto-reply was started',
  },
  enableAccount: {
    title: 'Open the account again',
    does: 'The account can be used again, unless it was disabled before.',
    proof: 'It is read again as it was before it was locked.',
  },
  giveSetupLink: {
    title: 'Give a setup link',
    does: STEP_DESCRIPTIONS.giveSetupLink.does,
    proof: STEP_DESCRIPTIONS.giveSetupLink.proof,
  },
};
