import type { FindingState } from '../../../shared/domain/reviews/finding.ts';
import type { ReviewScope, ReviewTerms } from '../../../shared/domain/reviews/review-definition.ts';
import { localCalendar } from '../../../shared/platform/local-calendar.ts';
import { html, type Html } from '../../../shared/platform/pages/html.ts';
import { facts, section, table, type Row } from '../../../shared/platform/pages/page-parts.ts';
import { printedPage } from '../../../shared/platform/pages/printed-page.ts';
import { deciderText } from './csv-report.ts';
import type { ListedFindings } from './listed-findings.ts';
import { DECISION_WORDS, SILENCE_WORDS, STATE_WORDS, WITHDRAWN_WORDS } from './page-words.ts';
import type { ReportedDecision, ReportedFinding } from './reported-finding.ts';
import type { ReviewSummary, RuleSummary } from './summary.ts';

/** One page to read and to print. Stands alone: nothing is loaded, and nothing on it runs. */
export function htmlReport(summary: ReviewSummary, listed: ListedFindings): string {
  const { terms, organisation } = summary;
  const title = `Review of accounts: ${terms.name}`;
  const body = html`<main>
    <h1>${title}</h1>
    <p class="lead">
      What was found at ${organisation}, who decided what, and what became of it. Times are those of
      ${terms.timeZone}.
    </p>
    ${overview(summary)} ${states(summary)} ${rules(summary)} ${left(summary, listed)}
    ${findings('Open risks', listed.risks, terms, 'There is none.')}
    ${findings('Everything else', listed.others, terms, 'There is nothing else.')}
  </main>`;
  return printedPage(title, body).markup;
}

function overview(summary: ReviewSummary): Html {
  const { terms, reviewed, startedAt, openedAt, closedAt, endedAt } = summary;
  const local = (at: string | undefined) => at && minuteOf(at, terms);
  return facts('The review', [
    ['Review', summary.reviewId],
    ['Looked at', `${reviewed.people} people, ${reviewed.accounts} accounts`],
    ['Whom it concerned', scopeText(terms.scope)],
    ['Began', local(startedAt)],
    ['Open for decisions', openedAt && `from ${local(openedAt)}${closedAt ? ` to ${local(closedAt)}` : ''}`],
    ['Ended', local(endedAt)],
    ['Without a decision', SILENCE_WORDS[terms.onSilence]],
    ['Findings', String(summary.findings)],
    ['Open risks', html`<span class="${summary.openRisks > 0 ? 'red' : 'done'}">${summary.openRisks}</span>`],
    ['Compared with', summary.previousReviewId ?? 'nothing: it is the first one that was completed'],
  ]);
}

function scopeText(scope: ReviewScope): string {
  if (scope.kind === 'department') return `the department ${scope.department}`;
  return scope.kind === 'all' ? 'everybody' : 'administrators';
}

function states({ byState }: ReviewSummary): Html {
  const rows = Object.entries(byState).map(([state, count]): Row => [
    STATE_WORDS[state as FindingState],
    String(count),
  ]);
  return section('What became of the findings', tableOr(['State', 'Findings'], rows, NOTHING_FOUND));
}

function rules({ byRule }: ReviewSummary): Html {
  const rows = byRule.map((rule): Row => [
    rule.title,
    String(rule.found),
    rule.foundBefore === undefined ? 'none' : String(rule.foundBefore),
    changeOf(rule),
    String(rule.openRisks),
  ]);
  const columns = ['What is looked for', 'Found', 'In the review before', 'Change', 'Open risks'];
  return section('What was found, and the trend', tableOr(columns, rows, NOTHING_FOUND));
}

function changeOf({ found, foundBefore }: RuleSummary): string {
  if (foundBefore === undefined) return '';
  const change = found - foundBefore;
  return change > 0 ? `+${change}` : change === 0 ? 'the same' : `\u2212${-change}`;
}

/** Nobody takes a page for the whole that is not. */
function left({ findings: all }: ReviewSummary, { risks, others }: ListedFindings): Html | undefined {
  const listed = risks.length + others.length;
  if (listed === all) return undefined;
  return html`<p class="red">
    This page lists ${listed} of ${all} findings, open risks first. The CSV and JSON reports have all of them.
  </p>`;
}

function findings(title: string, listed: readonly ReportedFinding[], terms: ReviewTerms, none: string): Html {
  const rows = listed.map((finding): Row => [
    whoOf(finding),
    foundOf(finding),
    finding.decision === undefined ? 'nobody decided' : decisionOf(finding.decision, terms),
    outcomeOf(finding, terms),
  ]);
  const columns = ['About', 'What was found', 'What was decided, and by whom', 'What became of it'];
  return section(`${title} (${listed.length})`, tableOr(columns, rows, none));
}

const NOTHING_FOUND = 'Nothing was found.';

function tableOr(columns: readonly string[], rows: readonly Row[], none: string): Html {
  return rows.length === 0 ? html`<p>${none}</p>` : table(columns, rows);
}

function whoOf({ person, account }: ReportedFinding): Html {
  if (person === undefined)
    return html`Nobody's account${account && html`<br /><span class="mono">${account.accountId}</span>`}`;
  return html`${person.name ?? person.id}${person.address && html`<br />${person.address}`}`;
}

function foundOf({ title, explanation, about }: ReportedFinding): Html {
  return html`<strong>${title}</strong>${about && html` (${about})`}<br />${explanation}`;
}

function decisionOf(decision: ReportedDecision, terms: ReviewTerms): Html {
  const { kind, detail, reason, by, at, second } = decision;
  const seconded = second && html`<br />Agreed: ${deciderText(second)}, ${minuteOf(second.at, terms)}`;
  const what = detail === undefined ? DECISION_WORDS[kind] : `${DECISION_WORDS[kind]}: ${detail}`;
  return html`<strong>${what}</strong><br />${reason}<br />${deciderText(by)},
    ${minuteOf(at, terms)}${seconded}`;
}

function outcomeOf(
  { state, openRisk, withdrawnFor, fault, caseId, provenAt }: ReportedFinding,
  terms: ReviewTerms,
) {
  const why = fault ?? (withdrawnFor && WITHDRAWN_WORDS[withdrawnFor]);
  return html`<span class="${openRisk ? 'red' : 'done'}">${STATE_WORDS[state]}</span
    >${why && html`<br />${why}`}${
      provenAt && html`<br />proven ${minuteOf(provenAt, terms)}`
    }${caseId && html`<br /><span class="mono">${caseId}</span>`}`;
}

function minuteOf(at: string, { timeZone }: ReviewTerms): string {
  const { date, time } = localCalendar.localOf(Date.parse(at), timeZone);
  return `${date} ${time}`;
}
