import express, { type Express } from 'express';
import helmet from 'helmet';
import { packageVersion } from '../shared/platform/config/package-version.ts';
import type { ApiContext } from './api-context.ts';
import { documentRoutes } from './docs/document-routes.ts';
import { placesOf } from './events/stream-places.ts';
import { EVERY_OPERATION } from './every-operation.ts';
import { authenticate } from './http/auth.ts';
import { Problem } from './http/problem.ts';
import { answerProblems } from './http/problem-handler.ts';
import { observeRequests } from './http/observe-requests.ts';
import { limitPerKey, limitRefusedKeys } from './http/rate-limit.ts';
import { requestId } from './http/request-id.ts';
import { serve, serveOpen } from './http/serve.ts';
import { describeApi } from './openapi/describe-api.ts';
import { confirmRoutes } from './pages/confirm-page.ts';
import { reviewPageRoutes } from './pages/review-page.ts';
import { setupRoutes } from './pages/setup-page.ts';
import { archiveRoutes } from './routes/archives.ts';
import { apiKeyRoutes } from './routes/api-keys.ts';
import { departureCommandRoutes } from './routes/departure-commands.ts';
import { caseEventRoutes } from './routes/case-events.ts';
import { caseRoutes } from './routes/cases.ts';
import { departureRoutes } from './routes/departures.ts';
import { deletionRoutes } from './routes/deletions.ts';
import { directoryAccessRoutes } from './routes/directory-access.ts';
import { directoryRoutes } from './routes/directory.ts';
import { evidenceRoutes } from './routes/evidence.ts';
import { healthRoutes } from './routes/health.ts';
import { belongingsRoutes } from './routes/belongings.ts';
import { checklistRoutes } from './routes/checklist.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { importRoutes } from './routes/imports.ts';
import { leaveRoutes } from './routes/leaves.ts';
import { legalHoldRoutes } from './routes/legal-hold.ts';
import { namingRoutes } from './routes/naming.ts';
import { onboardingRoutes } from './routes/onboardings.ts';
import { organisationRoutes } from './routes/organisation.ts';
import { peopleRoutes } from './routes/people.ts';
import { personChangeRoutes } from './routes/person-changes.ts';
import { presetRoutes } from './routes/presets.ts';
import { procedureRoutes } from './routes/procedures.ts';
import { reviewRoutes } from './routes/reviews.ts';
import { roleChangeRoutes } from './routes/role-changes.ts';
import { templateRoutes } from './routes/templates.ts';

/** The whole HTTP surface. Needs no live engine: reads work and departures are taken without one. */
export function createApp(context: ApiContext): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('case sensitive routing', true);
  app.use(requestId, observeRequests(context), helmet());
  serveOpen(app, [
    ...healthRoutes(context),
    ...metricsRoutes(context),
    ...documentRoutes(context, JSON.stringify(describeApi(EVERY_OPERATION, packageVersion))),
    ...setupRoutes(context),
    ...confirmRoutes(context),
    ...reviewPageRoutes(context),
  ]);
  // The key comes before the body: nothing of a stranger's is read.
  app.use('/v1', limitRefusedKeys(context.requestsPerMinute), authenticate(context));
  app.use('/v1', limitPerKey(context.requestsPerMinute));
  const takePlace = placesOf(context);
  serve(app, [
    ...apiKeyRoutes(context),
    ...organisationRoutes(context),
    ...peopleRoutes(context),
    ...templateRoutes(context),
    ...personChangeRoutes(context),
    ...importRoutes(context, takePlace),
    ...reviewRoutes(context),
    ...namingRoutes(context),
    ...directoryRoutes(context),
    ...directoryAccessRoutes(context),
    ...departureRoutes(context),
    ...caseRoutes(context),
    ...roleChangeRoutes(context),
    ...onboardingRoutes(context),
    ...caseEventRoutes(context, takePlace),
    ...leaveRoutes(context),
    ...deletionRoutes(context),
    ...evidenceRoutes(context),
    ...departureCommandRoutes(context),
    ...legalHoldRoutes(context),
    ...archiveRoutes(context),
    ...checklistRoutes(context),
    ...belongingsRoutes(context),
    ...presetRoutes(),
    ...procedureRoutes(context),
  ]);
  app.use(() => {
    throw new Problem('ROUTE_UNKNOWN');
  });
  app.use(answerProblems(context));
  return app;
}
