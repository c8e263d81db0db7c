import type { CountryPreset } from '../../shared/domain/country-presets.ts';
import { DELETION_ITEMS, type DeletionItem } from '../../shared/domain/deletion.ts';
import type { Handover } from '../../shared/domain/handover.ts';
import type { LeavingFields } from './departure-fields.ts';

/**
 * What a deletion does not decide although there is something to decide: the person has some of it on a target that can hand
 * it over, and mail may arrive wherever the country allows a redirect. What a target cannot do is an item of the checklist anyway.
 */
export function undecidedOf(
  { handover: wanted, redirect }: LeavingFields,
  handover: Handover | undefined,
  preset: CountryPreset,
): readonly DeletionItem[] {
  const ways = Object.values(handover?.targets ?? {});
  return DELETION_ITEMS.filter((item) =>
    item === 'redirect'
      ? redirect === undefined && preset.redirect.maxDays > 0
      : wanted?.[item] === undefined && ways.some((way) => way[item] === 'yes'),
  );
}
