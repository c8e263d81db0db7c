import type { PeopleImport } from '../../shared/domain/imports/people-import.ts';
import type { ImportChanges } from '../../shared/platform/persistence/import-repository.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { parse } from '../http/parse.ts';
import { answerImport } from './answer-import.ts';
import { auditImport } from './audit-import.ts';
import { assertPossible, changeImport } from './change-import.ts';
import { settingsFields, type SettingsFields } from './import-fields.ts';
import { tellEngine } from './tell-engine.ts';

/** Changes how the rows are carried out; how fast also while they are. */
export async function changeSettings(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(settingsFields, call.body);
  const theImport = await changeImport(context, call, (known) => changesOf(known, wanted));
  await auditImport(context, call, {
    ...{ action: 'import.changed', theImport, of: `${theImport.id}:${theImport.rev}`, detail: wanted },
  });
  if (theImport.unheard) await tellEngine(context, theImport);
  return answerImport(context, theImport);
}

function changesOf(theImport: PeopleImport, wanted: SettingsFields): ImportChanges | undefined {
  const { onTaken, mostInvalidPercent, welcomeMail, rate } = wanted;
  const { settings, state } = theImport;
  const changesRows = onTaken !== undefined || mostInvalidPercent !== undefined;
  if (changesRows) assertPossible(theImport, 'settings');
  if (welcomeMail !== undefined) assertNotLaunched(theImport);
  if (rate !== undefined) assertPossible(theImport, 'rate');
  if (Object.values(wanted).every((value) => value === undefined)) return undefined;
  return {
    settings: {
      onTaken: onTaken ?? settings.onTaken,
      mostInvalidPercent: mostInvalidPercent ?? settings.mostInvalidPercent,
      welcomeMail: welcomeMail ?? settings.welcomeMail,
    },
    // What the dry run showed would not be what happens.
    ...(changesRows && state === 'ready' ? { state: 'mapped' } : {}),
    ...(rate === undefined ? {} : { rate: rate ?? undefined }),
    ...(rate !== undefined && state === 'running' ? { unheard: true } : {}),
  };
}

/** Mails go out while it runs. */
function assertNotLaunched(theImport: PeopleImport): void {
  if (theImport.state !== 'dry_run') assertPossible(theImport, 'settings');
}
