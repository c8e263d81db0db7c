// Writes docs/start-errors.md from the catalogue in shared/errors/start/, compiled; with --check it only says whether they agree.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { START_FAILURES } from '../dist/shared/errors/start/start-error.js';

const file = join(import.meta.dirname, '..', 'docs', 'start-errors.md');
const placeholders = new Proxy({}, { get: (_, name) => `{${String(name)}}` });

const INTRODUCTION = `# Why a start gives up

Made from \`shared/errors/start/\` by \`npm run docs:start-errors\`; each code has a test that makes it happen.

\`npm start\`, the worker and the API say in one sentence why they give up, with the code in brackets, and leave with an exit code:
70 a fault of the package or of this machine, 75 may pass by itself, so that trying again is reasonable, 78 somebody must change something
first, 130 interrupted. Anything else is unforeseen: exit code 1, with a stack.

`;

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (cells, fill = ' ') =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column], fill)).join(' | ')} |`;
  const [head, ...body] = rows;
  return [
    line(head),
    line(
      head.map(() => ''),
      '-',
    ),
    ...body.map((row) => line(row)),
  ].join('\n');
}

const rows = Object.entries(START_FAILURES)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([code, { exitCode, problem, remedy }]) => [
    `\`${code}\``,
    String(exitCode),
    problem(placeholders),
    remedy?.(placeholders) ?? 'as it says',
  ]);
const text = `${INTRODUCTION}${table([['code', 'exit', 'what is wrong', 'what to do'], ...rows])}\n`;

if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  console.error('docs/start-errors.md does not say what the catalogue says: run npm run docs:start-errors.');
  process.exitCode = 1;
}
