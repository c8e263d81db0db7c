import { html, type Html } from '../../../shared/platform/pages/html.ts';
import { facts, section } from '../../../shared/platform/pages/page-parts.ts';
import { printedPage } from '../../../shared/platform/pages/printed-page.ts';
import type { WrittenProcedure, WrittenStep } from './written-procedure.ts';

/** The written procedure as one page to read and to print. */
export function procedurePage(procedure: WrittenProcedure): Html {
  const { title, purpose, reading, phases, failure, numbers } = procedure;
  const parts = phases
    .filter(({ steps }) => steps.length > 0)
    .map((phase) =>
      section(
        phase.title,
        html`<p class="lead">${phase.intro}</p>
          ${phase.steps.map(stepPart)}`,
      ),
    );
  return printedPage(
    title,
    html`<main>
      <h1>${title}</h1>
      <p class="lead">${purpose}</p>
      ${facts('This version', procedure.facts)} ${section('How to read it', list(reading))} ${parts}
      ${section('When something fails', list(failure))} ${facts('The numbers', numbers)}
    </main>`,
  );
}

function list(sentences: readonly string[]): Html {
  return html`<ul>
    ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
  </ul>`;
}

function stepPart(step: WrittenStep): Html {
  const rows = step.facts.map(
    ([name, text]) =>
      html`<tr>
        <th scope="row">${name}</th>
        <td>${text}</td>
      </tr>`,
  );
  return html`<h3>${step.title}</h3>
    <p>${step.does}</p>
    <table class="facts">
      <tbody>
        ${rows}
      </tbody>
    </table>`;
}
