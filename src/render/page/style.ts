/** The look of an HTML page: for screens, dark and light, and for paper. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --line: #d0d7de; --soft: #f6f8fa; --text: #1f2328; --good: #1a7f37; --warn: #9a6700; --bad: #cf222e; --paper: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --line: #3d444d; --soft: #161b22; --text: #e6edf3; --good: #3fb950; --warn: #d29922; --bad: #f85149; --paper: #0d1117; }
}
body { margin: 0; background: var(--paper); color: var(--text); font: 16px/1.55 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.3; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.4rem 0 .4rem; overflow-wrap: anywhere; }
code, pre { font: .87em/1.5 ui-monospace, SFMono-Regular, Consolas, monospace; }
code { background: var(--soft); padding: .1em .3em; border-radius: 4px; overflow-wrap: anywhere; }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: 6px; padding: .5rem .7rem; margin: .4rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; font-size: .92rem; }
th, td { border: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; overflow-wrap: break-word; }
th { background: var(--soft); }
li { margin: .35rem 0; }
.verdict { border-left: 5px solid var(--line); background: var(--soft); padding: .3rem 1rem; border-radius: 4px; }
.verdict.good { border-color: var(--good); }
.verdict.warn { border-color: var(--warn); }
.verdict.bad { border-color: var(--bad); }
figure { margin: 1rem 0; overflow-x: auto; }
svg { max-width: 100%; height: auto; font: 13px system-ui, "Noto Sans CJK SC", sans-serif; }
svg text { fill: var(--text); }
svg .box { fill: var(--soft); stroke: var(--line); }
svg .life, svg .frame { fill: none; stroke: var(--line); }
svg .life { stroke-dasharray: 3 4; }
svg .request { stroke: var(--text); }
svg .answer { stroke: var(--text); stroke-dasharray: 6 4; }
svg .cut { stroke: var(--bad); stroke-dasharray: 6 4; }
svg .head { fill: var(--text); }
svg .cross { stroke: var(--bad); stroke-width: 2; }
@media print { main { max-width: none; padding: 0; } h2 { break-after: avoid; } table, pre, figure { break-inside: avoid; } }
`;
