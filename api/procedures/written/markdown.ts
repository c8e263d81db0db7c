import type { Fact, WrittenPhase, WrittenProcedure } from './written-procedure.ts';

/** Characters that mean something in Markdown stand for themselves. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|~#&]/gu, '\\$&');
}

const fact = ([name, text]: Fact): string => `- **${escaped(name)}:** ${escaped(text)}`;

const list = (sentences: readonly string[]): string =>
  sentences.map((sentence) => `- ${escaped(sentence)}`).join('\n');

function phase({ title, intro, steps }: WrittenPhase): string {
  const written = steps.flatMap((step) => [
    `### ${escaped(step.title)}`,
    escaped(step.does),
    step.facts.map(fact).join('\n'),
  ]);
  return [`## ${escaped(title)}`, escaped(intro), ...written].join('\n\n');
}

/** A written procedure in Markdown (CommonMark), to keep beside other documents. */
export function procedureMarkdown(procedure: WrittenProcedure): string {
  const { title, purpose, facts, reading, phases, failure, numbers } = procedure;
  return [
    `# ${escaped(title)}`,
    escaped(purpose),
    facts.map(fact).join('\n'),
    '## How to read it',
    list(reading),
    ...phases.filter(({ steps }) => steps.length > 0).map(phase),
    '## When something fails',
    list(failure),
    '## The numbers',
    numbers.map(fact).join('\n'),
    '',
  ].join('\n\n');
}
