import { PAGE_STYLE } from './page-style.ts';
import { html, type Html } from './html.ts';

/** A page to read and to print. Stands alone: no script, no image, no font, no link. */
export function printedPage(title: string, body: Html): Html {
  const head = html`<meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>`;
  // The style sheet is ours and has no texts in it; a template would escape its quotes.
  const style: Html = { markup: `<style>${PAGE_STYLE}</style>` };
  return html`<!doctype html>
    <html lang="en">
      <head>
        ${head}${style}
      </head>
      <body>
        ${body}
      </body>
    </html> `;
}
