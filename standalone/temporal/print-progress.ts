import type { BuildProgress } from './build-temporal.ts';

const LINE_EVERY_SECONDS = 15;

export interface ProgressOutput {
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
}

/** On a terminal one line that counts the seconds; elsewhere a line at each new step and every 15 s. */
export function createProgressPrinter(output: ProgressOutput): (progress: BuildProgress) => void {
  let step: BuildProgress['step'] | undefined;
  let nextLineAtSecond = 0;
  return (progress) => {
    const packages = progress.packages > 0 ? `, packages: ${progress.packages}` : '';
    const text = `Temporal (once, about 4 minutes): ${progress.step}, ${progress.elapsedSeconds} s${packages}`;
    const newStep = progress.step !== step;
    step = progress.step;
    if (output.isTTY === true) {
      output.write(`\r${text.padEnd(100)}${progress.step === 'done' ? '\n' : ''}`);
    } else if (newStep || progress.elapsedSeconds >= nextLineAtSecond) {
      nextLineAtSecond = progress.elapsedSeconds + LINE_EVERY_SECONDS;
      output.write(`${text}\n`);
    }
  };
}
