import { escapeHtml, type Language } from '#libs/sign-up-intake';
import { randomBytes } from 'node:crypto';

/** A page, and the policy that browsers load it by: a style of its own, and nothing else. */
export interface Page {
  readonly html: string;
  readonly policy: string;
}

/** `body` is HTML. */
export interface PageContent {
  readonly language: Language;
  readonly title: string;
  readonly body: string;
  /** Where a form on the page may lead in the end: browsers hold redirects to it, too. */
  readonly leadsTo?: string | undefined;
}

/** System fonts, one column, targets of 44 px and more, contrasts of 7 to 1 for text; dark where the reader has it so. */
const style = `
:root{color-scheme:light dark;--back:#f5f5f4;--paper:#fff;--ink:#1c1917;--soft:#57534e;--line:#8a827c;--accent:#14532d;--on-accent:#fff;--wrong:#991b1b;--wrong-back:#fef2f2}
@media(prefers-color-scheme:dark){:root{--back:#0c0a09;--paper:#1c1917;--ink:#f5f5f4;--soft:#c6c1bd;--line:#8f8781;--accent:#86efac;--on-accent:#052e16;--wrong:#fca5a5;--wrong-back:#2a1414}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
main{max-width:36rem;margin:0 auto;padding:1.5rem 1.25rem 2rem;background:var(--paper);min-height:100vh}
@media(min-width:40rem){body{padding:3rem 1rem}main{padding:2.5rem 3rem;min-height:0;border-radius:.75rem;box-shadow:0 1px 3px #0003}}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 1.5rem;overflow-wrap:anywhere}
p{margin:0 0 1rem}ul{margin:0 0 1.5rem;padding-left:1.25rem}p:has(+ul){margin-bottom:.25rem}.summary ul{margin:0}
.field,fieldset{margin:0 0 1.5rem;padding:0;border:0;min-width:0}
label,legend{font-weight:600;padding:0}
.field label{display:block;margin-bottom:.375rem}
.hint{font-weight:400;color:var(--soft)}
input[type=email],input[type=text]{width:100%;min-height:2.75rem;padding:.5rem .75rem;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:.375rem}
.choice{display:flex;gap:.75rem;align-items:flex-start;min-height:2.75rem;padding:.625rem 0;font-weight:400;overflow-wrap:anywhere}
.choice input{flex:none;width:1.25rem;height:1.25rem;margin:.125rem 0 0;accent-color:var(--accent)}
.wording{margin:.5rem 0 1.5rem;padding:.75rem 1rem;border-left:3px solid var(--accent);background:var(--back);white-space:pre-line;overflow-wrap:anywhere}
button{min-height:3rem;padding:.625rem 2rem;font:inherit;font-weight:600;color:var(--on-accent);background:var(--accent);border:0;border-radius:.375rem;cursor:pointer}
@media(max-width:30rem){button{width:100%}}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.summary{margin:0 0 1.5rem;padding:.75rem 1rem;border-left:3px solid var(--wrong);background:var(--wrong-back)}
.wrong{display:block;margin:.375rem 0 0;color:var(--wrong)}
[aria-invalid=true]{border-color:var(--wrong)!important}
.unseen{position:absolute;left:-99rem;width:1px;height:1px;overflow:hidden}
footer{margin-top:1.5rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--soft)}
`;

const originOf = (url: string | undefined): string =>
  url !== undefined && URL.canParse(url) ? ` ${new URL(url).origin}` : '';

/**
 * Works without scripts and loads nothing. Its referrer policy takes the place of the header's `no-referrer`, by which browsers
 * say that a form was sent from `null`: then our own page couldn't be told from another's. Others still get no referrer.
 */
export const pageOf = ({ language, title, body, leadsTo }: PageContent): Page => {
  const nonce = randomBytes(16).toString('base64');
  return {
    policy:
      `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'${originOf(leadsTo)}; ` +
      "base-uri 'none'; frame-ancestors 'none'",
    html: `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="same-origin">
<title>${escapeHtml(title)}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`,
  };
};
