import { z } from 'zod';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { gives } from '../openapi/operation.ts';
import { caseState } from './summary-members.ts';
import type { CaseDoor } from './case-door.ts';
import { stepKind, stepSummarySchema } from './step-schema.ts';

/** Headers of the answer to every command. */
export const COMMANDED = ['ETag', 'Preference-Applied'] as const;

/** What every command on a case answers, besides its id. */
const common = {
  effect: z
    .enum(['applied', 'awaiting_second'])
    .describe('`awaiting_second`: recorded, and a second person must confirm it.'),
  sequence: z.int().describe('Counts up with every change of the case.'),
  state: caseState,
  needsAttention: z.boolean(),
};

const wayBack = {
  endsAs: z.literal('undone'),
  wayBack: z
    .array(z.strictObject({ key: z.string(), kind: stepKind, undoes: z.string().optional() }))
    .describe('The steps that put things back, in their order.'),
  cannotComeBack: z.array(z.strictObject({ what: z.string(), sentence: z.string() })),
};

const stays = {
  endsAs: z.literal('cancelled'),
  staysInEffect: z.array(z.string()).describe('The steps that were done and stay as they are.'),
};

const told = { effect: 'applied', sequence: 4, state: 'scheduled', needsAttention: false } as const;
const toldStays = {
  ...told,
  ...({ state: 'cancelled', endsAs: 'cancelled', staysInEffect: ['notify-manager'] } as const),
};
const toldBack = {
  ...told,
  ...({ state: 'running', endsAs: 'undone' } as const),
  wayBack: [
    { key: 'undo-disable-account', kind: 'enableAccount' as const, undoes: 'disable-account' },
    { key: 'give-setup-link', kind: 'giveSetupLink' as const },
  ],
  cannotComeBack: [
    { what: 'password', sentence: 'The old password is gone; the setup link lets the person set a new one.' },
  ],
};

/** Of a command on a departure. */
export const commandMembers = { departureId: z.string(), ...common };

interface Names {
  readonly told: string;
  readonly stepTold: string;
  readonly cancelled: string;
  readonly undone: string;
}

/** What commands answer under one part of the API: there a case is named by `idMember`. */
function answersOf(idMember: CaseDoor['idMember'], exampleId: string, names: Names) {
  const members: Readonly<Record<string, z.ZodType>> = { [idMember]: z.string(), ...common };
  const step = stepSummarySchema.optional().describe('With `Prefer: wait`: what became of it.');
  const endsAs = (end: Readonly<Record<string, z.ZodType>>, id: string) =>
    z.strictObject({ ...members, ...end }).meta({ id });
  const schemas = {
    told: z.strictObject(members).meta({ id: names.told }),
    stepTold: z.strictObject({ ...members, step }).meta({ id: names.stepTold }),
    cancelled: endsAs(stays, names.cancelled),
    undone: endsAs(wayBack, names.undone),
  };
  const calledBack = z.union([schemas.cancelled, schemas.undone]);
  const id = { [idMember]: exampleId };
  const examples = {
    told: { ...id, ...told },
    cancelled: { ...id, ...toldStays },
    undone: { ...id, ...toldBack },
  };
  const command = (description: string, schema: z.ZodType, example: unknown) =>
    gives(description, schema, example, ...COMMANDED);
  return {
    schemas: { ...schemas, calledBack },
    examples,
    told: command('The case was told.', schemas.told, examples.told),
    stepTold: command('The case was told.', schemas.stepTold, examples.told),
    calledBack: command('How it ends.', calledBack, examples.cancelled),
    cancelled: command('What stays.', schemas.cancelled, examples.cancelled),
    undone: command('The way back.', schemas.undone, examples.undone),
  };
}
export type CommandAnswers = ReturnType<typeof answersOf>;

/** Under `/v1/departures`. */
export const DEPARTURE_ANSWERS = answersOf('departureId', EXAMPLE.departure, {
  told: 'CommandResult',
  stepTold: 'StepCommandResult',
  cancelled: 'CancelledDeparture',
  undone: 'UndoneDeparture',
});

/** Under `/v1/cases`. */
export const CASE_ANSWERS = answersOf('caseId', EXAMPLE.onboarding, {
  told: 'CaseCommandResult',
  stepTold: 'CaseStepCommandResult',
  cancelled: 'CancelledCase',
  undone: 'UndoneCase',
});
