import type { CaseRecord } from '../../shared/domain/case-record.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { LocalCalendar } from '../../shared/domain/local-calendar.ts';
import type { PlannedStep } from '../../shared/domain/plan.ts';
import { simulatedInstants } from '../../shared/domain/planner/simulated-instants.ts';
import type { CaseDoor } from './case-door.ts';
import { shownInstant, utc } from '../http/instants.ts';

/** What people have to do by hand: whose it is, until when, and what was said of it. */
export function checklistView(
  door: CaseDoor,
  record: CaseRecord,
  evidence: readonly Evidence[],
  calendar: LocalCalendar,
) {
  const expected = simulatedInstants(record.plan);
  const items = record.plan.steps.filter((step) => step.manual === true);
  return {
    [door.idMember]: record.id,
    items: items.map((step) => {
      const view = record.steps.find(({ key }) => key === step.key);
      const word = evidence.find((one) => one.stepKey === step.key && one.status === 'attested');
      const dueAtMs = view?.dueAtMs ?? expected.get(step.key);
      return {
        key: step.key,
        kind: step.kind,
        ...ownerOf(step),
        ...(dueAtMs === undefined ? {} : { dueAt: shownInstant(dueAtMs, record.plan.timeZone, calendar) }),
        status: view?.status ?? 'waiting',
        ...(view?.attestedBy === undefined ? {} : { attestedBy: view.attestedBy }),
        ...(view?.settledAtMs === undefined ? {} : { settledAt: utc(view.settledAtMs) }),
        ...(word?.proof === undefined ? {} : { proof: word.proof }),
      };
    }),
  };
}

/** The person an item belongs to; without one it is the organisation's. */
export function ownerOf(step: PlannedStep): { readonly manual?: true; readonly ownerId?: string } {
  if (step.manual !== true) return {};
  const ownerId = step.params['ownerId'];
  return { manual: true, ...(ownerId === undefined ? {} : { ownerId: String(ownerId) }) };
}
