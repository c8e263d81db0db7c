import type { Review } from '../../../shared/domain/reviews/review.ts';
import { localMinute, type NoticeText } from '../../notices/notice-texts.ts';

type Titled = Pick<Review, 'terms' | 'closesAtMs' | 'id'>;

function endOf({ terms, closesAtMs = 0 }: Titled): string {
  return localMinute(closesAtMs, terms.timeZone);
}

function silenceOf({ terms }: Titled): string {
  return terms.onSilence === 'no_change'
    ? 'Where nobody decides until then nothing is changed, and the report says so.'
    : 'Where nobody decides until then Gangway carries out what it proposes, as far as that can be taken back.';
}

const things = (count: number): string => (count === 1 ? '1 finding' : `${count} findings`);

/** To a reviewer: the first time, and again before the end. */
export function invitation(review: Titled, open: number, link: string, isReminder: boolean): NoticeText {
  const { name } = review.terms;
  return {
    subject: `${isReminder ? 'Reminder: ' : ''}${things(open)} to decide, review "${name}"`,
    text: [
      `The review "${name}" has ${things(open)} that you are asked to decide until ${endOf(review)}:`,
      '',
      link,
      '',
      `The link is yours alone and for this review only; do not pass it on. ${silenceOf(review)}`,
    ].join('\n'),
  };
}

/** To the organisation: what is to be decided with a key, as nobody in particular is asked. */
export function unassigned(review: Titled, open: number): NoticeText {
  const { name } = review.terms;
  return {
    subject: `${things(open)} without a reviewer, review "${name}"`,
    text: [
      `The review "${name}" (${review.id}) has ${things(open)} of which nobody could be asked: there is no manager, no reviewer and no fallback who is here.`,
      '',
      `Decide them over the API until ${endOf(review)}, or name a fallback in the definition. ${silenceOf(review)}`,
    ].join('\n'),
  };
}

/** To the organisation: mail of a review that no server took. */
export function unreached(review: Titled, mails: number): NoticeText {
  const { name } = review.terms;
  const who = mails === 1 ? '1 reviewer' : `${mails} reviewers`;
  return {
    subject: `${who} could not be written to, review "${name}"`,
    text: `No mail server took a mail of the review "${name}" (${review.id}) to ${who}. Please see whether the addresses are right; what they are asked can be decided over the API until ${endOf(review)}.`,
  };
}

/** To the organisation: the end is near. */
export function escalation(review: Titled, open: number): NoticeText {
  const { name } = review.terms;
  return {
    subject: `${things(open)} still open, review "${name}" ends on ${endOf(review)}`,
    text: `The review "${name}" (${review.id}) ends on ${endOf(review)}, and ${things(open)} are not decided. ${silenceOf(review)}`,
  };
}

/** To the organisation, every day until somebody sees to it. */
export function attention(review: Titled, refused: number, halfDecided: number): NoticeText {
  const { name } = review.terms;
  const all = things(refused + halfDecided);
  return {
    subject: `Needs attention: ${all} to decide, review "${name}"`,
    text: [
      `The review "${name}" (${review.id}) is not completed before somebody has seen to ${all}:`,
      '',
      ...(refused === 0 ? [] : [`  could not be carried out, and says why: ${refused}`]),
      ...(halfDecided === 0 ? [] : [`  waits for a second person to agree: ${halfDecided}`]),
    ].join('\n'),
  };
}

/** To the organisation, at the end. */
export function completion(review: Titled & Pick<Review, 'found' | 'ended'>): NoticeText {
  const { terms, id, found = {}, ended = {} } = review;
  const total = Object.values(found).reduce((sum, count) => sum + count, 0);
  const lines = Object.entries(ended).map(([state, count]) => `  ${state}: ${count}`);
  return {
    subject: `Completed: review "${terms.name}"`,
    text: [
      `The review "${terms.name}" (${id}) is completed: ${things(total)}.`,
      ...(lines.length === 0 ? [] : ['', ...lines]),
      '',
      'Its report can be downloaded over the API.',
    ].join('\n'),
  };
}
