import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { START_FAILURES } from '../../../shared/errors/start/start-error.ts';
import type { StartErrorCode } from '../../../shared/errors/start/start-error.ts';
import { DATABASE_PROVOCATIONS } from '../../support/provocations/database.ts';
import { HOST_PROVOCATIONS } from '../../support/provocations/host.ts';
import { PACKAGE_PROVOCATIONS } from '../../support/provocations/package.ts';
import type { Provocation } from '../../support/provocations/provocation.ts';
import { TEMPORAL_PROVOCATIONS } from '../../support/provocations/temporal.ts';

/** The compiler refuses this when a code is without one. */
const provocations: Readonly<Record<StartErrorCode, Provocation>> = {
  ...PACKAGE_PROVOCATIONS,
  ...HOST_PROVOCATIONS,
  ...TEMPORAL_PROVOCATIONS,
  ...DATABASE_PROVOCATIONS,
};
test('every code has a test that provokes it', () => {
  expect(Object.keys(provocations).sort()).toEqual(Object.keys(START_FAILURES).sort());
  const files = readdirSync(import.meta.dirname).filter((name) => name !== 'every-code.test.ts');
  expect(files.sort()).toEqual(
    ['database', 'host', 'package', 'temporal'].map((group) => `${group}.test.ts`),
  );
});
