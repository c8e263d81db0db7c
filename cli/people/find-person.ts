import type { ApiClient } from '../../shared/platform/api-client/api-client.ts';
import { expectOk, misused } from '../command-failure.ts';

/** A person as the API shows it: the members that are read here. */
export interface ShownPerson {
  readonly id: string;
  readonly fullName: string;
  readonly address: string;
  readonly status: string;
}

const MOST_CANDIDATES = 10;

/**
 * The person with this id or exactly this address. Never a guess: whoever is only similar is named in the failure, and it is
 * for the caller to say who is meant.
 */
export async function findPerson(api: ApiClient, idOrAddress: string): Promise<ShownPerson> {
  if (/^per_[0-9A-Za-z]+$/u.test(idOrAddress))
    return expectOk(await api.get(`/v1/people/${idOrAddress}`)) as unknown as ShownPerson;
  const query = new URLSearchParams({ search: idOrAddress, limit: '200' });
  const { items } = expectOk(await api.get(`/v1/people?${query.toString()}`));
  const found = items as readonly ShownPerson[];
  const meant = found.filter((one) => one.address.toLowerCase() === idOrAddress.toLowerCase());
  const [person] = meant;
  if (person !== undefined && meant.length === 1) return person;
  throw notClear(idOrAddress, meant.length > 0 ? meant : found);
}

function notClear(text: string, candidates: readonly ShownPerson[]): Error {
  const shown = candidates.slice(0, MOST_CANDIDATES);
  const names = shown.map(({ id, fullName, address }) => `  ${id}  ${fullName} <${address}>`);
  const sentence =
    shown.length === 0
      ? `Nobody has the id or the address "${text}".`
      : `"${text}" is nobody's id or address. Did you mean one of these?\n${names.join('\n')}`;
  return misused(shown.length === 0 ? 'PERSON_NOT_FOUND' : 'PERSON_NOT_CLEAR', sentence, {
    candidates: shown,
  });
}
