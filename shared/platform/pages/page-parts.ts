import { html, type Html } from './html.ts';

type Fact = readonly [name: string, value: string | Html | undefined];
export type Row = readonly (string | Html)[];

export function section(title: string, content: Html): Html {
  return html`<section>
    <h2>${title}</h2>
    ${content}
  </section>`;
}

export function facts(title: string, of: readonly Fact[]): Html {
  const known = of.filter((fact) => fact[1] !== undefined);
  const rows = known.map(
    ([name, value]) =>
      html`<tr>
        <th scope="row">${name}</th>
        <td>${value}</td>
      </tr>`,
  );
  return section(
    title,
    html`<table class="facts">
      <tbody>
        ${rows}
      </tbody>
    </table>`,
  );
}

export function table(columns: readonly string[], rows: readonly Row[]): Html {
  const head = columns.map((column) => html`<th scope="col">${column}</th>`);
  const body = rows.map(([first, ...rest]) => {
    const cells = rest.map((cell) => html`<td>${cell}</td>`);
    return html`<tr>
      <th scope="row">${first}</th>
      ${cells}
    </tr>`;
  });
  return html`<table>
    <thead>
      <tr>
        ${head}
      </tr>
    </thead>
    <tbody>
      ${body}
    </tbody>
  </table>`;
}
