// How much of the machine other programs took: a missed bound on a busy machine says little about the store.
import { readFileSync } from 'node:fs';

function machineTicks() {
  const [, ...ticks] = readFileSync('/proc/stat', 'utf8').split('\n')[0].split(/\s+/);
  const numbers = ticks.slice(0, 8).map(Number);
  return { all: numbers.reduce((sum, one) => sum + one), idle: numbers[3] + numbers[4] };
}

function processTicks(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ');
  return Number(fields[13]) + Number(fields[14]);
}

/** Returns a function that tells the share since its last call, in percent, without the given processes. */
export function watchOtherLoad(pids) {
  const read = () => ({ ...machineTicks(), own: pids.reduce((sum, pid) => sum + processTicks(pid), 0) });
  let last = read();
  return () => {
    const now = read();
    const all = now.all - last.all;
    const others = all - (now.idle - last.idle) - (now.own - last.own);
    last = now;
    return all === 0 ? 0 : Math.max(0, Math.round((100 * others) / all));
  };
}
