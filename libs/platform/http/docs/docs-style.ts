/** The page's style sheet. The page's policy contains its hash, so no other style is applied. */
export const DOCS_STYLE = `
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --quiet: #667; }
@media (prefers-color-scheme: dark) { :root { --quiet: #99a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 60rem;
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
h2 { font-size: 1.05rem; margin: 0; display: flex; flex-wrap: wrap; gap: .25rem .6rem; align-items: baseline; }
h3 { font-size: .8rem; margin: 1rem 0 .25rem; color: var(--quiet); text-transform: uppercase; letter-spacing: .05em; }
p { margin: .25rem 0; }
code { font: .92em ui-monospace, monospace; }
nav ul { list-style: none; padding: 0; margin: 1rem 0 2rem; columns: 22rem; }
nav li { margin: .15rem 0; }
a { color: inherit; text-underline-offset: .2em; }
article { border: 1px solid var(--line); border-radius: .6rem; padding: 1rem; margin: 0 0 1rem; }
.method { font: 700 .75rem ui-monospace, monospace; padding: .15rem .45rem; border-radius: .3rem;
  color: #fff; background: #47566b; min-width: 4.2em; text-align: center; display: inline-block; }
.get { background: #1d6f42; } .post { background: #1f5fae; } .patch { background: #8a5a00; } .delete { background: #a32929; }
.role { font-size: .75rem; border: 1px solid var(--line); border-radius: 1rem; padding: 0 .5rem; color: var(--quiet); }
.kind, em { color: var(--quiet); font-size: .88rem; font-style: normal; }
.fields { list-style: none; margin: .25rem 0; padding: 0 0 0 .75rem; border-left: 2px solid var(--line); }
.fields li { padding: .15rem 0; }
summary { cursor: pointer; padding: .2rem 0; }
details { border-top: 1px solid var(--soft); }
footer { color: var(--quiet); margin-top: 2rem; font-size: .9rem; }
`;
