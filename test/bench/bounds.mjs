// What a benchmark holds its figures to.
let missed = 0;

export function hold(name, unit, value, { atMost, atLeast }) {
  const met = atMost === undefined ? value >= atLeast : value <= atMost;
  if (!met) missed += 1;
  const bound = atMost === undefined ? `>= ${atLeast}` : `<= ${atMost}`;
  console.log(
    `${met ? 'ok    ' : 'MISSED'} ${name.padEnd(56)} ${`${bound} ${unit}`.padEnd(14)} ${value.toFixed(2).padStart(10)}`,
  );
}

export const allHeld = () => missed === 0;
