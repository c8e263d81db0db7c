import type { z } from 'zod';
import type { CaseOf } from '../../shared/domain/case-record.ts';
import type { RoleChangeRequest } from '../../shared/domain/role-change.ts';
import { assertNotSelf } from '../cases/not-self.ts';
import type { CaseCommand } from '../cases/send-command.ts';
import { startedKeysOf } from '../cases/started-keys.ts';
import { Problem } from '../http/problem.ts';
import { nextPlan, storeRequest } from './change-open-role-change.ts';
import { checkChangeDate } from './check-change-date.ts';
import { roleRescheduleFields } from './role-change-fields.ts';

type Fields = z.output<typeof roleRescheduleFields>;

/** Moves a role change that has not begun to another date; the overlap counts from there. */
export const rescheduleRoleChange: CaseCommand<'reschedule', Fields, CaseOf<'role_change'>> = {
  name: 'reschedule',
  body: roleRescheduleFields,
  async prepare({ context, call, record, body: wanted }) {
    assertNotSelf(call, record.personId, 'OWN_ROLE');
    const request = moved(record.request, wanted);
    checkChangeDate(context, request);
    const startedKeys = await startedKeysOf(context, record);
    if (startedKeys.size > 0) throw new Problem('ROLE_CHANGE_BEGAN');
    return { actorId: call.actor.ownerId, plan: await nextPlan(context, record, request, startedKeys) };
  },
  afterwards: ({ context, record, body: wanted }) =>
    storeRequest(context, record, (request) => moved(request, wanted)),
  detail: ({ body: wanted }) => ({ ...wanted }),
};

function moved(request: RoleChangeRequest, { date, time, timeZone }: Fields): RoleChangeRequest {
  return {
    ...request,
    ...(date === undefined ? {} : { date }),
    ...(time === undefined ? {} : { time }),
    ...(timeZone === undefined ? {} : { timeZone }),
  };
}
