import type { ProblemKind } from './problem-kind.ts';

/** Whatever is wrong with what somebody would be called. */
export const NAMING_PROBLEMS = {
  NAME_LEAVES_NOTHING: {
    status: 422,
    sentence: 'Nothing of this name can stand in an address: give the address, or a name in letters.',
  },
  NO_ADDRESS_LEFT: {
    status: 409,
    sentence: 'Every address that these names could get in this domain is taken: give one.',
  },
  ADDRESS_RESERVED: {
    status: 422,
    sentence: 'This address means a duty and no person. As an alias, an administrator may have it.',
  },
  ALIAS_IS_ADDRESS: { status: 422, sentence: "This alias is the person's own address." },
} as const satisfies Readonly<Record<string, ProblemKind>>;
