import type { CountryPreset } from '../../shared/domain/country-presets.ts';
import { Problem } from '../http/problem.ts';

/** Throws `PRESET_EXCEEDED` with the country, its limit and who says so. */
export function assertWithinPreset(
  preset: CountryPreset,
  what: 'autoReply' | 'redirect',
  days: number | undefined,
): void {
  const { maxDays } = preset[what];
  if (maxDays > 0 && (days === undefined || days <= maxDays)) return;
  const { country, source } = preset;
  const field = maxDays === 0 ? `/${what}` : `/${what}/days`;
  throw new Problem('PRESET_EXCEEDED', { field, members: { country, limit: { maxDays }, source } });
}
