import { createHash } from 'node:crypto';

/** For screen and paper; nothing is loaded from anywhere. */
export const PAGE_STYLE = `
:root { color-scheme: light; }
body { font: 10.5pt/1.45 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 62rem; margin: 2rem auto; padding: 0 1.5rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .3rem; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; border-bottom: 2px solid #1f4e79; padding-bottom: .2rem; color: #1f4e79; }
h3 { font-size: 1rem; margin: 1.4rem 0 .4rem; }
p { margin: .4rem 0; }
.lead { color: #444; margin-bottom: 1rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; color: #333; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #d5d9de; overflow-wrap: anywhere; }
thead th { border-bottom: 1.5px solid #777; font-size: .88em; color: #333; }
tbody th { font-weight: 600; }
table.facts th { width: 13rem; }
.mono, code { font: .88em/1.4 ui-monospace, monospace; }
.done { color: #14612c; font-weight: 600; }
.red { color: #a4161a; font-weight: 600; }
.changed td { background: #fff6d6; }
section.round { break-inside: avoid-page; }
footer { margin-top: 2.5rem; border-top: 1px solid #999; padding-top: .6rem; color: #444; font-size: .9em; }
@page { size: A4; margin: 18mm 15mm; }
@media print {
  body { max-width: none; margin: 0; padding: 0; font-size: 9pt; }
  h2, h3, caption { break-after: avoid-page; }
  tr { break-inside: avoid; }
  thead { display: table-header-group; }
}
`;

/** Nothing but this style sheet: no script, no image, no frame, no form. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
