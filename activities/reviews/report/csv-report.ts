import type { ExportCell } from '../../../shared/platform/exports/export-cell.ts';
import { writeCsv } from '../../../shared/platform/exports/write-csv.ts';
import type { NamedDecider, ReportedFinding } from './reported-finding.ts';

type Column = (finding: ReportedFinding) => ExportCell;

const COLUMNS: Readonly<Record<string, Column>> = {
  finding: ({ id }) => id,
  rule: ({ rule }) => rule,
  person_id: ({ person }) => person?.id,
  name: ({ person }) => person?.name,
  address: ({ person }) => person?.address,
  target: ({ account }) => account?.target,
  account_id: ({ account }) => account?.accountId,
  about: ({ about }) => about,
  value: ({ value }) => value,
  threshold: ({ threshold }) => threshold,
  explanation: ({ explanation }) => explanation,
  found_at: ({ foundAt }) => foundAt,
  proposed: ({ proposes }) => proposes,
  reviewer_id: ({ reviewer }) => reviewer?.id,
  reviewer: ({ reviewer }) => reviewer?.name,
  state: ({ state }) => state,
  open_risk: ({ openRisk }) => openRisk,
  decision: ({ decision }) => decision?.kind,
  decision_detail: ({ decision }) => decision?.detail,
  reason: ({ decision }) => decision?.reason,
  decided_by: ({ decision }) => decision && deciderText(decision.by),
  decided_via: ({ decision }) => decision?.by.via,
  decided_at: ({ decision }) => decision?.at,
  seconded_by: ({ decision }) => decision?.second && deciderText(decision.second),
  seconded_at: ({ decision }) => decision?.second?.at,
  case_id: ({ caseId }) => caseId,
  proven_at: ({ provenAt }) => provenAt,
  withdrawn_for: ({ withdrawnFor }) => withdrawnFor,
  fault: ({ fault }) => fault,
};

/** A finding on each row, for a spreadsheet; written as findings are read. */
export function csvReport(findings: AsyncIterable<ReportedFinding>): AsyncGenerator<string> {
  return writeCsv({ headers: Object.keys(COLUMNS), rows: rowsOf(findings) }, { withMark: true });
}

async function* rowsOf(findings: AsyncIterable<ReportedFinding>) {
  const columns = Object.values(COLUMNS);
  for await (const finding of findings) yield columns.map((column) => column(finding));
}

/** As a name and an id: names are not unique. */
export function deciderText({ ownerId, personId, name }: NamedDecider): string {
  const id = personId ?? ownerId;
  return name === undefined ? id : `${name} (${id})`;
}
