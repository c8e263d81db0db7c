import type { ProblemKind } from './problem-kind.ts';

/** What is wrong with how something is asked for, whatever it is: tags, pages, streams. */
export const PROTOCOL_PROBLEMS = {
  ETAG_MALFORMED: {
    status: 400,
    sentence: 'If-Match and If-None-Match take * or a list of entity tags, each in double quotes.',
  },
  IF_MATCH_NOT_TAKEN: {
    status: 400,
    sentence: 'What is changed here has no revision, so that If-Match cannot be decided; nothing was done.',
  },
  CURSOR_INVALID: { status: 400, sentence: 'Give as after what the page before of this list named as next.' },
  EVENT_ID_INVALID: { status: 400, sentence: 'This is not the id of an event of this stream.' },
  STREAMS_EXHAUSTED: {
    status: 429,
    sentence: 'This key follows as much at once as it may; end one of its streams first.',
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;
