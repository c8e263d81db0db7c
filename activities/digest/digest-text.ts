import type { CaseRecord } from '../../shared/domain/case-record.ts';
import type { Awaited, DigestEntry } from '../../shared/domain/digest.ts';
import { STEP_FAILURES, type StepFailureCode } from '../../shared/errors/failure-types.ts';
import { localMinute, type NoticeText } from '../notices/notice-texts.ts';

export interface DigestLine {
  readonly theCase: CaseRecord;
  /** Full name of the person who leaves. */
  readonly name: string;
  readonly entry: DigestEntry;
}

const MOST_LINES = 100;

const AWAITED: Readonly<Record<Awaited, string>> = {
  release: 'held by the limit of departures a day; somebody else releases it',
  resumption: 'the departure is paused',
  unfreezing: 'the organisation is frozen',
  approval: 'waits for an approval',
  somebody: 'waits for somebody to do it by hand',
  another_try: 'is being tried again',
  its_turn: 'waits for something before it',
};

const SECTIONS = [
  { kind: 'red', title: 'Red: cannot go on by itself' },
  { kind: 'late', title: 'Late' },
  { kind: 'due', title: 'Due within a day' },
] as const;

/** `more`: there are more open cases than were looked at. */
export function digestText(date: string, lines: readonly DigestLine[], more: boolean): NoticeText {
  const counts = SECTIONS.map(({ kind }) => lines.filter(({ entry }) => entry.kind === kind).length);
  const [red, late, due] = counts;
  return {
    subject: `Departures on ${date}: ${red} red, ${late} late, ${due} due`,
    text: [
      ...SECTIONS.flatMap(({ kind, title }) =>
        section(
          title,
          lines.filter(({ entry }) => entry.kind === kind),
        ),
      ),
      ...(more ? ['There are more open departures than are listed here: see GET /v1/departures.'] : []),
    ]
      .join('\n')
      .trimEnd(),
  };
}

function section(title: string, lines: readonly DigestLine[]): readonly string[] {
  const shown = lines.slice(0, MOST_LINES).map(lineOf);
  const rest = lines.length - shown.length;
  const body = shown.length === 0 ? ['- nothing'] : shown;
  return [`${title}:`, ...body, ...(rest > 0 ? [`- and ${rest} more`] : []), ''];
}

function lineOf({ theCase, name, entry }: DigestLine): string {
  const when = localMinute(entry.dueAtMs, theCase.plan.timeZone);
  const head = `- ${name}, ${entry.stepKey}, ${when}`;
  const tail = `(case ${theCase.id})`;
  switch (entry.kind) {
    case 'red': {
      const code = entry.errorCode as StepFailureCode | undefined;
      return `${head}: ${code === undefined ? 'overdue' : `${code}. ${STEP_FAILURES[code].sentence}`} ${tail}`;
    }
    case 'late':
      return `${head}: ${AWAITED[entry.awaits]} ${tail}`;
    case 'due':
      return `${head}${entry.alsoDue === 0 ? '' : ` and ${entry.alsoDue} more`} ${tail}`;
  }
}
