import { isOver, type PeopleImport } from '../../shared/domain/imports/people-import.ts';
import type { ApiContext } from '../api-context.ts';
import { followRecord, type EventMessage, type Telling } from '../events/event-stream.ts';
import { createRecordWatch } from '../events/record-watch.ts';
import type { TakePlace } from '../events/stream-places.ts';
import type { Answer, Call } from '../http/call.ts';
import { noQuery } from '../http/pages.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { importOr404 } from './import-or-404.ts';
import { importView } from './import-view.ts';

/** The revision somebody was told of, and whether they know that it rests there. */
interface ImportPosition {
  readonly rev: number;
  readonly ended: boolean;
}

const ID = /^(?<rev>\d{1,15})(?<ended>\.end)?$/u;

/** The progress of an import as server-sent events, until it waits for somebody or is over. */
export function followImport(context: ApiContext, takePlace: TakePlace): (call: Call) => Promise<Answer> {
  const telling: Telling<PeopleImport, ImportPosition> = {
    newsSince: (theImport, known) => newsSince(theImport, known, context.now()),
    idOf: ({ rev, ended }) => `${rev}${ended ? '.end' : ''}`,
    isOver: rests,
    watch: createRecordWatch(context, (orgId, id) => context.repositories.imports.get(orgId, id)),
    takePlace,
  };
  return async (call) => {
    parse(noQuery, call.query, 'query');
    const position = positionOf(call.header('last-event-id'));
    return followRecord(context, call, telling, await importOr404(context, call), position);
  };
}

function rests(theImport: PeopleImport): boolean {
  return theImport.state === 'ready' || isOver(theImport);
}

function newsSince(
  theImport: PeopleImport,
  known: ImportPosition,
  nowMs: number,
): readonly EventMessage<ImportPosition>[] {
  const { rev, state } = theImport;
  const isNew = known.rev !== rev;
  const news = isNew
    ? [{ name: 'import', position: { rev, ended: false }, data: importView(theImport, nowMs) }]
    : [];
  if (!rests(theImport) || (known.ended && !isNew)) return news;
  return [...news, { name: 'end', position: { rev, ended: true }, data: { state } }];
}

function positionOf(lastEventId: string | undefined): ImportPosition {
  if (lastEventId === undefined || lastEventId === '') return { rev: -1, ended: false };
  const { rev, ended } = ID.exec(lastEventId)?.groups ?? {};
  if (rev === undefined) throw new Problem('EVENT_ID_INVALID', { field: 'Last-Event-ID' });
  return { rev: Number(rev), ended: ended !== undefined };
}
