import { expect, test } from '@jest/globals';
import { chooseReviewer } from '../../../shared/domain/reviews/choose-reviewer.ts';

const person = { id: 'per_lea', managerId: 'per_mona' };
const everybody = () => true;
const butNot = (gone: string) => (id: string) => id !== gone;

test('asks the manager, else the fallback, else nobody in particular', () => {
  const reviewers = { kind: 'managers', fallbackId: 'per_fay' } as const;
  expect(chooseReviewer(reviewers, person, everybody)).toBe('per_mona');
  expect(chooseReviewer(reviewers, person, butNot('per_mona'))).toBe('per_fay');
  expect(chooseReviewer(reviewers, { id: 'per_lea' }, everybody)).toBe('per_fay');
  expect(chooseReviewer({ kind: 'managers' }, { id: 'per_lea' }, everybody)).toBeUndefined();
  expect(chooseReviewer(reviewers, person, () => false)).toBeUndefined();
});

test('asks nobody about themselves', () => {
  expect(chooseReviewer({ kind: 'person', personId: 'per_lea' }, person, everybody)).toBeUndefined();
  const reviewers = { kind: 'person', personId: 'per_lea', fallbackId: 'per_fay' } as const;
  expect(chooseReviewer(reviewers, person, everybody)).toBe('per_fay');
  expect(chooseReviewer(reviewers, { id: 'per_bob' }, everybody)).toBe('per_lea');
  expect(chooseReviewer({ kind: 'managers', fallbackId: 'per_fay' }, { id: 'per_fay' }, everybody)).toBe(
    undefined,
  );
});

test('asks the fallback about an account of nobody', () => {
  expect(chooseReviewer({ kind: 'managers', fallbackId: 'per_fay' }, undefined, everybody)).toBe('per_fay');
  expect(chooseReviewer({ kind: 'person', personId: 'per_lea' }, undefined, everybody)).toBe('per_lea');
});
