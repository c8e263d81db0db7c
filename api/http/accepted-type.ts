import type { Call } from './call.ts';

/**
 * The first of the offered types that the caller names; without one, the first that is offered. A browser names HTML; a
 * program that takes anything gets what programs read.
 */
export function acceptedType<T extends string>(call: Call, offered: readonly [T, ...T[]]): T {
  const named = (call.header('accept') ?? '').split(',').map((type) => type.split(';')[0]?.trim());
  const known = named.map((type) => offered.find((one) => one === type));
  return known.find((type) => type !== undefined) ?? offered[0];
}
