// Writes docs/review-rules.md from the rules in shared/domain/reviews/rules/, compiled; with --check it only says whether they agree.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeRules } from '../dist/shared/domain/reviews/rules/describe-rules.js';

const file = join(import.meta.dirname, '..', 'docs', 'review-rules.md');

const INTRODUCTION = `# What reviews look for

Made from \`shared/domain/reviews/rules/\` by \`npm run docs:review-rules\`. \`GET /v1/reviews/rules\` says the same.

A definition of reviews may switch each rule on or off, and set its threshold within the bounds; a value on the threshold is found. What a
rule proposes is no more than that: somebody decides, and may decide anything that is listed. \`keep\` (right as it is, until a day) and
\`attest\` (seen to by hand) can always be decided. Of what Gangway does not know a rule says nothing.
`;

const UNITS = { days: 'days', percent: 'per cent' };
const code = (word) => `\`${word}\``;
const listed = (words) => words.map(code).join(', ');

function section({ name, title, description, threshold, takesPlaces, usuallyOn, ...rule }) {
  const facts = [
    ...(threshold === undefined
      ? []
      : [
          `Threshold: ${threshold.usual} ${UNITS[threshold.unit]} where a definition does not say; from ${threshold.least} to ${threshold.most}.`,
        ]),
    ...(takesPlaces ? [`Takes ${listed(['departments', 'templates'])}.`] : []),
    `${usuallyOn ? 'On' : 'Off'} where a definition does not say.`,
    `Proposes ${code(rule.proposes)}; can be decided: ${listed(rule.allows)}.`,
    ...(rule.answeredBySignIn ? ['Whoever signs in again has answered it: nothing is disabled then.'] : []),
  ];
  return [`## ${title}`, `${code(name)}: ${description}`, facts.map((fact) => `- ${fact}`).join('\n')].join(
    '\n\n',
  );
}

const text = `${[INTRODUCTION.trimEnd(), ...describeRules().map(section)].join('\n\n')}\n`;

if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  console.error('docs/review-rules.md does not say what the rules say: run npm run docs:review-rules.');
  process.exitCode = 1;
}
