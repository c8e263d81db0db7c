import { escapeHtml } from '../../shared/domain/escape-html.ts';

export interface Page {
  readonly status: number;
  readonly title: string;
  /** HTML; every text in it is escaped. */
  readonly content: string;
}

/** A page that needs nothing but itself: no script, no picture, no font from anywhere. */
export function renderPage({ title, content }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>
body { font: 1.0625rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff; }
label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
input, select { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem; border: 1px solid #595959; border-radius: .25rem; }
input[type=radio] { width: auto; }
fieldset { margin: 1.5rem 0; padding: .5rem 1rem 1rem; border: 1px solid #595959; border-radius: .25rem; }
fieldset fieldset { margin: 1rem 0 0; border-color: #c4c4c4; }
legend { padding: 0 .25rem; font-weight: 600; }
.choice { margin: .75rem 0 0; font-weight: 400; }
.detail { margin-left: 1.75rem; }
.detail label { margin-top: .25rem; font-weight: 400; }
dt { font-weight: 600; }
dd { margin: 0 0 .5rem; overflow-wrap: anywhere; }
button { font: inherit; margin-top: 1.25rem; padding: .5rem 1.25rem; border: 0; border-radius: .25rem; background: #0b5cad; color: #fff; }
:focus-visible { outline: 3px solid #f0a000; outline-offset: 2px; }
.error { border-left: .25rem solid #b00020; padding: .25rem .75rem; color: #8a0019; }
</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${content}
</main>
</body>
</html>
`;
}

export function paragraph(text: string): string {
  return `<p>${escapeHtml(text)}</p>`;
}

/** Read out at once by a screen reader. */
export function errorParagraph(text: string): string {
  return `<p class="error" role="alert">${escapeHtml(text)}</p>`;
}
