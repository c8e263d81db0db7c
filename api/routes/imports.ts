import type { ApiContext } from '../api-context.ts';
import type { TakePlace } from '../events/stream-places.ts';
import { tagged } from '../http/etag.ts';
import { routesOf, type Route } from '../http/route.ts';
import { changeSettings } from '../imports/change-settings.ts';
import { correctMapping } from '../imports/correct-mapping.ts';
import { createImport } from '../imports/create-import.ts';
import { errorFile } from '../imports/error-file.ts';
import { followImport } from '../imports/follow-import.ts';
import { giveSetupLinks } from '../imports/give-setup-links.ts';
import { ABORT, commandImport, DRY_RUN, LAUNCH, PAUSE, RESUME } from '../imports/import-commands.ts';
import { importOr404 } from '../imports/import-or-404.ts';
import { importView } from '../imports/import-view.ts';
import { listImports } from '../imports/list-imports.ts';
import { listRows } from '../imports/list-rows.ts';
import { importCommandOperations } from './import-command-operations.ts';
import { importOperations } from './import-operations.ts';
import { importResultOperations } from './import-result-operations.ts';

export function importRoutes(context: ApiContext, takePlace: TakePlace): readonly Route[] {
  return [
    ...routesOf(importOperations, {
      createImport: (call) => createImport(context, call),
      listImports: (call) => listImports(context, call),
      async getImport(call) {
        const theImport = await importOr404(context, call);
        // The time that is left comes and goes without a change of the import.
        return tagged(theImport.rev, importView(theImport, context.now()), 'mixed');
      },
      changeImport: (call) => changeSettings(context, call),
      correctMapping: (call) => correctMapping(context, call),
    }),
    ...routesOf(importCommandOperations, {
      tryImport: (call) => commandImport(context, call, DRY_RUN),
      launchImport: (call) => commandImport(context, call, LAUNCH),
      pauseImport: (call) => commandImport(context, call, PAUSE),
      resumeImport: (call) => commandImport(context, call, RESUME),
      abortImport: (call) => commandImport(context, call, ABORT),
    }),
    ...routesOf(importResultOperations, {
      listImportRows: (call) => listRows(context, call),
      downloadImportErrors: (call) => errorFile(context, call),
      followImport: followImport(context, takePlace),
      giveImportSetupLinks: (call) => giveSetupLinks(context, call),
    }),
  ];
}
