import type { Finding } from '../../shared/domain/reviews/finding.ts';
import type { ApiContext } from '../api-context.ts';
import { openRoutesOf, type OpenRoute } from '../http/route.ts';
import { haveCarriedOut } from '../reviews/findings/note-decision.ts';
import { html, type Html } from '../../shared/platform/pages/html.ts';
import type { Page } from './page.ts';
import { pageHandlers, type LinkPage } from './page-handlers.ts';
import { openReview, type ReviewAccess } from './review-access.ts';
import { findingsOfPage } from './review-findings.ts';
import { askedFieldset, secondFieldset, type EnteredDecision } from './review-form.ts';
import { reviewPageOperations } from './review-operations.ts';
import { decideAsEntered, enteredDecisions } from './review-submission.ts';

/** Fifty findings, each with a reason. */
const MAX_FORM_BYTES = 500_000;

export function reviewPageRoutes(context: ApiContext): readonly OpenRoute[] {
  const { show, submit } = pageHandlers(context, reviewPage(context), MAX_FORM_BYTES);
  return openRoutesOf(reviewPageOperations, { showReviewPage: show, submitReviewPage: submit });
}

/** Where a reviewer decides. Opening it decides nothing: mail filters open links. */
function reviewPage(context: ApiContext): LinkPage {
  return {
    async show(token, query) {
      const access = await openReview(context, token);
      return 'page' in access ? access.page : page(context, access, { from: fromOf(query) });
    },
    async submit(token, fields, query) {
      const access = await openReview(context, token);
      if ('page' in access) return access.page;
      const decided: Finding[] = [];
      const entered = new Map<string, EnteredDecision>();
      for (const [id, values] of enteredDecisions(fields)) {
        const outcome = await decideAsEntered(context, access, id, values);
        if (typeof outcome === 'string') entered.set(id, { values, error: outcome });
        else decided.push(outcome);
      }
      await haveCarriedOut(context, access.review, decided);
      return page(context, access, { from: fromOf(query), saved: decided.length, entered });
    },
  };
}

interface Shown {
  readonly from: string | undefined;
  /** Decisions that were just taken. */
  readonly saved?: number;
  readonly entered?: ReadonlyMap<string, EnteredDecision>;
}

async function page(
  context: ApiContext,
  access: ReviewAccess,
  { from, saved, entered = new Map() }: Shown,
): Promise<Page> {
  const { asked, toSecond, next, people } = await findingsOfPage(context, access, from);
  const shown = (finding: Finding) => ({ finding, people, entered: entered.get(finding.id) });
  const ids = new Set([...asked, ...toSecond].map(({ id }) => id));
  // What somebody else decided meanwhile has no form any more.
  const elsewhere = [...entered].flatMap(([id, { error }]) => (ids.has(id) ? [] : (error ?? [])));
  const content = html`${savedText(saved)}
  ${elsewhere.map((error) => html`<p class="error" role="alert">${error}</p>`)} ${untilText(context, access)}
  ${
    ids.size === 0
      ? html`<p>There is nothing${from === undefined ? '' : ' more'} for you to decide here. Thank you.</p>`
      : html`<form method="post">
          ${asked.map((finding) => askedFieldset(shown(finding)))} ${secondsOf(toSecond.map(shown))}
          <button type="submit">Save these decisions</button>
        </form>`
  }
  ${next === undefined ? undefined : html`<p><a href="?from=${next}" rel="next">The next ones</a></p>`}
  ${from === undefined ? undefined : html`<p><a href="?">To the first ones</a></p>`}`;
  return {
    status: entered.size === 0 ? 200 : 422,
    title: access.review.terms.name,
    content: content.markup,
  };
}

function secondsOf(shown: readonly Parameters<typeof secondFieldset>[0][]): Html | undefined {
  if (shown.length === 0) return undefined;
  return html`<h2>Decided by somebody else</h2>
    <p>About an administrator two people decide. You may be the second one.</p>
    ${shown.map(secondFieldset)}`;
}

function savedText(saved: number | undefined): Html | undefined {
  if (saved === undefined) return undefined;
  const sentence =
    saved === 1 ? '1 decision was saved.' : `${saved === 0 ? 'No' : saved} decisions were saved.`;
  return html`<p role="status">${sentence}</p>`;
}

function untilText({ calendar }: ApiContext, { review }: ReviewAccess): Html {
  const { closesAtMs, terms, state } = review;
  if (state !== 'open' || closesAtMs === undefined)
    return html`<p>The review is closed. Only what could not be started is decided again.</p>`;
  const { date, time } = calendar.localOf(closesAtMs, terms.timeZone);
  return html`<p>Decide until ${date} at ${time} (${terms.timeZone}). You can come back to this page.</p>`;
}

const FROM = /^fnd_[0-9A-Za-z]{1,40}$/u;

function fromOf(query: Readonly<Record<string, unknown>>): string | undefined {
  const { from } = query as { readonly from?: unknown };
  return typeof from === 'string' && FROM.test(from) ? from : undefined;
}
