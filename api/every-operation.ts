import { documentOperations } from './docs/document-operations.ts';
import type { Operation } from './openapi/operation.ts';
import { confirmOperations } from './pages/confirm-operations.ts';
import { reviewPageOperations } from './pages/review-operations.ts';
import { setupOperations } from './pages/setup-operations.ts';
import { apiKeyOperations } from './routes/api-key-operations.ts';
import { archiveOperations } from './routes/archive-operations.ts';
import { belongingsOperations } from './routes/belongings-operations.ts';
import { checklistOperations } from './routes/checklist-operations.ts';
import { departureCommandOperations, stepCommandOperations } from './routes/departure-command-operations.ts';
import { caseEventOperations, departureEventOperations } from './routes/case-event-operations.ts';
import { caseOperations } from './routes/case-operations.ts';
import { departureOperations } from './routes/departure-operations.ts';
import { deletionOperations } from './routes/deletion-operations.ts';
import { directoryAccessOperations } from './routes/directory-access-operations.ts';
import { directoryOperations } from './routes/directory-operations.ts';
import { caseEvidenceOperations, evidenceOperations } from './routes/evidence-operations.ts';
import { healthOperations } from './routes/health-operations.ts';
import { legalHoldOperations } from './routes/legal-hold-operations.ts';
import { importCommandOperations } from './routes/import-command-operations.ts';
import { importOperations } from './routes/import-operations.ts';
import { importResultOperations } from './routes/import-result-operations.ts';
import { leaveOperations } from './routes/leave-operations.ts';
import { metricsOperations } from './routes/metrics-operations.ts';
import { namingOperations } from './routes/naming-operations.ts';
import { onboardingOperations } from './routes/onboarding-operations.ts';
import { organisationOperations } from './routes/organisation-operations.ts';
import { peopleOperations } from './routes/people-operations.ts';
import { personChangeOperations } from './routes/person-change-operations.ts';
import { procedureOperations } from './routes/procedure-operations.ts';
import { presetOperations } from './routes/preset-operations.ts';
import { reviewDecisionOperations } from './routes/review-decision-operations.ts';
import { reviewDefinitionOperations } from './routes/review-definition-operations.ts';
import { reviewOperations } from './routes/review-operations.ts';
import { roleChangeOperations } from './routes/role-change-operations.ts';
import { templateOperations } from './routes/template-operations.ts';

/** Everything the API can be asked, by name, in the order in which the document shows it. */
export const EVERY_OPERATION: Readonly<Record<string, Operation>> = {
  ...departureOperations,
  ...departureEventOperations,
  ...departureCommandOperations,
  ...legalHoldOperations,
  ...evidenceOperations,
  ...caseOperations,
  ...caseEvidenceOperations,
  ...roleChangeOperations,
  ...onboardingOperations,
  ...caseEventOperations,
  ...leaveOperations,
  ...deletionOperations,
  ...procedureOperations,
  ...presetOperations,
  ...stepCommandOperations,
  ...checklistOperations,
  ...peopleOperations,
  ...personChangeOperations,
  ...importOperations,
  ...importCommandOperations,
  ...importResultOperations,
  ...reviewDefinitionOperations,
  ...reviewOperations,
  ...reviewDecisionOperations,
  ...namingOperations,
  ...organisationOperations,
  ...templateOperations,
  ...apiKeyOperations,
  ...archiveOperations,
  ...directoryOperations,
  ...belongingsOperations,
  ...directoryAccessOperations,
  ...setupOperations,
  ...confirmOperations,
  ...reviewPageOperations,
  ...healthOperations,
  ...metricsOperations,
  ...documentOperations,
};
