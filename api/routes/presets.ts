import { COUNTRY_PRESETS } from '../../shared/domain/country-presets.ts';
import { noQuery } from '../http/pages.ts';
import { parse } from '../http/parse.ts';
import { routesOf, type Route } from '../http/route.ts';
import { presetOperations } from './preset-operations.ts';

/** What each country allows, and who says so. Part of the program, a dozen at most: no pages. */
export function presetRoutes(): readonly Route[] {
  return routesOf(presetOperations, {
    listPresets(call) {
      parse(noQuery, call.query, 'query');
      return Promise.resolve({ status: 200, body: { items: COUNTRY_PRESETS } });
    },
  });
}
