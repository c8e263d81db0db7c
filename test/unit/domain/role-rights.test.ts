import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  commonRights,
  countRights,
  rightsDifference,
  sameRights,
  withoutRights,
  withRights,
  type RoleRights,
} from '../../../shared/domain/role-rights.ts';

const names = fc.subarray(['staff', 'board', 'crm', 'orders', 'news', 'wiki']);
const rights: fc.Arbitrary<RoleRights> = fc.record({ groups: names, lists: names });
const has = (all: RoleRights, some: RoleRights): boolean => countRights(withoutRights(some, all)) === 0;

/** As the steps do it: what ends is what the account had when the role changed. */
function afterwards(held: RoleRights, from: RoleRights, to: RoleRights, since: RoleRights) {
  const { adds, removes } = rightsDifference(from, to);
  const during = withRights(withRights(held, adds), since);
  return { during, after: withoutRights(during, commonRights(removes, held)), adds, removes };
}

test('adding and then removing takes nothing that the old template did not give, and everything the new one gives stays', () => {
  fc.assert(
    fc.property(rights, rights, rights, rights, (held, from, to, since) => {
      const { during, after } = afterwards(held, from, to, since);
      expect(has(during, held)).toBe(true);
      expect(has(after, withoutRights(held, from))).toBe(true);
      expect(has(after, commonRights(held, to))).toBe(true);
      expect(has(after, withoutRights(to, from))).toBe(true);
      expect(has(withRights(from, to), withoutRights(during, after))).toBe(true);
    }),
  );
});

test('what somebody got during the overlap stays, whatever it is', () => {
  fc.assert(
    fc.property(rights, rights, rights, rights, (held, from, to, since) => {
      const { after } = afterwards(held, from, to, since);
      expect(has(after, withoutRights(since, held))).toBe(true);
    }),
  );
});

test('what only the old template gave is gone in the end', () => {
  fc.assert(
    fc.property(rights, rights, rights, (held, from, to) => {
      const { after } = afterwards(held, from, to, { groups: [], lists: [] });
      expect(countRights(commonRights(after, withoutRights(commonRights(held, from), to)))).toBe(0);
    }),
  );
});

test('the way back gives exactly what there was, whatever others added', () => {
  fc.assert(
    fc.property(rights, rights, rights, rights, (held, from, to, since) => {
      const { during, after, adds, removes } = afterwards(held, from, to, since);
      const given = withRights(after, commonRights(commonRights(removes, held), during));
      const back = withoutRights(given, withoutRights(adds, held));
      const others = withoutRights(since, withoutRights(adds, held));
      expect(sameRights(back, withRights(held, others))).toBe(true);
    }),
  );
});

test('from a template to itself nothing comes and nothing goes', () => {
  fc.assert(
    fc.property(rights, (one) => {
      const { adds, removes } = rightsDifference(one, one);
      expect(countRights(adds) + countRights(removes)).toBe(0);
    }),
  );
});
