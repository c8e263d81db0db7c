import { dictionary } from '@zxcvbn-ts/language-common';
import type { CommonPasswords } from '../../domain/password/password-policy.ts';

/** About fifty thousand, of those that were found most often in what was stolen elsewhere. */
export const commonPasswords: CommonPasswords = new Set(dictionary['passwords-common']);
