import type { StepDescriptions } from './step-description.ts';

export const LEAVE_DESCRIPTIONS = {
  proveDisabled: {
    title: 'Prove that the account is locked and mail still arrives',
    does: 'The account is read once more over another connection, and the target is asked whether it would take mail for it, while a control account signs in. The password is not tried: the person keeps it, and nobody else knows it.',
    proof:
      'The account is disabled, no session is open, mail would be taken, and the control account gets in.',
  },
  investigate: {
    title: 'Look into what happened',
    does: 'Somebody goes through the items of the investigation, each by itself, and says what was found; in the end, somebody decides.',
    proof: 'A person says for each item what was found: attested, who and when.',
  },
  endLeave: {
    title: 'End the leave',
    does: 'The leave goes on until somebody ends it.',
    proof: 'A person said so: attested, who and when.',
    onlyIf: 'there is no day of return, or the account is suspicious',
  },
  proveActive: {
    title: 'Prove that the account is open again',
    does: 'The account is read once more over another connection while a control account signs in; where Gangway set the password itself, it signs in with it.',
    proof: 'The account is active, mail would be taken, and no sign-in that could be tried was refused.',
  },
} as const satisfies StepDescriptions;
