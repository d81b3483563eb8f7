import { markup } from './markup';

/** The look of a report on its own, after ui/tokens.css in light: it is read on screens and printed on A4. */
export const REPORT_STYLE = markup`
:root {
  color-scheme: light;
  --sans: system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif;
  --serif: 'Iowan Old Style', 'Palatino Linotype', Palatino, Georgia, 'Songti SC', 'Noto Serif CJK SC', serif;
}
* { box-sizing: border-box; }
body {
  max-width: 1080px; margin: 0 auto; padding: 32px 24px 48px;
  background: #fffdf9; color: #1e1b18; font: 14px/1.5 var(--sans); font-variant-numeric: tabular-nums;
}
h1, h2, p, dl, dd, figure { margin: 0; }
h1 { font: 500 30px/1.3 var(--serif); text-wrap: balance; }
h2 { font: 600 14px/1.45 var(--sans); }
header { padding-bottom: 16px; border-bottom: 1px solid #e5dfd4; }
dl { display: flex; flex-wrap: wrap; gap: 4px 28px; margin-top: 12px; }
dl > div { display: flex; gap: 6px; }
dt, .sub, footer { color: #6e675e; font-size: 12px; }
dd { font-weight: 600; font-size: 12px; }
main { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 36px 32px; margin-block: 28px; }
section { min-width: 0; }
.full { grid-column: 1 / -1; }
figcaption { margin-bottom: 12px; }
svg { display: block; max-width: 100%; height: auto; overflow: visible; }
.note { margin-top: 12px; padding-left: 12px; border-left: 2px solid #b5331b; white-space: pre-line; overflow-wrap: anywhere; }
table { width: 100%; margin-top: 16px; border-collapse: collapse; font-size: 12px; }
th, td { padding: 4px 0 4px 14px; border-bottom: 1px solid #e5dfd4; text-align: left; vertical-align: top; }
th:first-child, td:first-child { padding-left: 0; }
th { color: #6e675e; font-weight: 600; }
th.number, td.number { text-align: right; }
table + .sub { margin-top: 6px; }
footer { padding-top: 12px; border-top: 1px solid #e5dfd4; }
@media (max-width: 760px) { main { grid-template-columns: minmax(0, 1fr); } section { overflow-x: auto; } }
@page { size: A4; margin: 14mm; }
@media print {
  body { max-width: none; padding: 0; background: white; font-size: 10pt; }
  main { gap: 22px 20px; grid-template-columns: repeat(2, minmax(0, 1fr)); }
  section { overflow: visible; }
  figure, tr, .note { break-inside: avoid; }
  h1, h2, figcaption { break-after: avoid; }
  thead { display: table-header-group; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
