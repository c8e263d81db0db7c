import type { LatinNames } from './latin-names.ts';
import type { Convention } from './naming-rule.ts';

interface ConventionKind {
  readonly says: string;
  /** Of names that have what it needs. `second`: the initial of a second first name, where it is asked for. */
  readonly localPart: (names: LatinNames, second?: string) => string;
  readonly needs: readonly ('first' | 'last')[];
}

const initial = (name: string): string => name.slice(0, 1);
const dotted = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('.');

export const CONVENTION_KINDS: Readonly<Record<Convention, ConventionKind>> = {
  'first.last': {
    says: 'The first name, a dot, the last name.',
    localPart: ({ first, last }, second = '') => dotted(first, second, last),
    needs: ['first', 'last'],
  },
  'f.last': {
    says: 'The first letter of the first name, a dot, the last name.',
    localPart: ({ first, last }, second = '') => dotted(initial(first), second, last),
    needs: ['first', 'last'],
  },
  first: {
    says: 'The first name.',
    localPart: ({ first }, second = '') => dotted(first, second),
    needs: ['first'],
  },
  'last.first': {
    says: 'The last name, a dot, the first name.',
    localPart: ({ first, last }, second = '') => dotted(last, first, second),
    needs: ['first', 'last'],
  },
  firstlast: {
    says: 'The first name and the last name, written together.',
    localPart: ({ first, last }, second = '') => `${first}${second}${last}`,
    needs: ['first', 'last'],
  },
};

/** Which name the convention needs and has nothing of. */
export function missingName(names: LatinNames, convention: Convention): 'first' | 'last' | undefined {
  return CONVENTION_KINDS[convention].needs.find((need) => names[need] === '');
}
