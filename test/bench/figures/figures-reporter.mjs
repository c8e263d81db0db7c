import { mkdirSync, readFileSync, rmSync, existsSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', '..', '..', '.gangway', 'bench');
const lines = join(folder, 'figures.ndjson');

/** Shows why a figure could not be taken, and keeps all of a run in one file: `.gangway/bench/figures.json`. */
export default class FiguresReporter {
  onRunStart() {
    mkdirSync(folder, { recursive: true });
    rmSync(lines, { force: true });
  }

  onTestResult(_test, { failureMessage }) {
    if (failureMessage) process.stderr.write(`${failureMessage}\n`);
  }

  onRunComplete() {
    const figures = existsSync(lines) ? readFileSync(lines, 'utf8').trim().split('\n').map(JSON.parse) : [];
    const machine = { cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30) };
    const takenAt = new Date().toISOString();
    writeFileSync(
      join(folder, 'figures.json'),
      `${JSON.stringify({ takenAt, machine, figures }, null, 2)}\n`,
    );
    rmSync(lines, { force: true });
  }
}
