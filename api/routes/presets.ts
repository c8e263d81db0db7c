import { z } from 'zod';
import { COUNTRY_PRESETS } from '../../shared/domain/country-presets.ts';
import type { Route } from '../http/call.ts';
import { parse } from '../http/parse.ts';

const nothing = z.strictObject({});

/** What each country allows, and who says so. */
export function presetRoutes(): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/v1/presets',
      scope: 'departures:read',
      handle(call) {
        parse(nothing, call.query, 'query');
        return Promise.resolve({ status: 200, body: { items: COUNTRY_PRESETS } });
      },
    },
  ];
}
