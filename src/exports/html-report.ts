import { ifGiven, joined, markup, NOTHING, type Markup } from './markup';
import { REPORT_STYLE } from './report-style';

/** A table as it may leave the page and as it is read: what is withheld is withheld already. */
export interface ReportTable {
  readonly columns: readonly { readonly label: string; readonly numeric: boolean }[];
  readonly rows: readonly (readonly string[])[];
  /** What was withheld; '' where nothing was. */
  readonly withheld: string;
}

export interface ReportChart {
  readonly title: string;
  readonly subtitle: string | undefined;
  /** The person's own words; may have several lines. */
  readonly note: string;
  readonly width: 'half' | 'full';
  /** What the chart says, in words: read aloud, and shown where there is no drawing. */
  readonly summary: string;
  /** null where the chart could not be drawn. */
  readonly drawing: Markup | null;
  /** null where the report goes without data. */
  readonly table: ReportTable | null;
}

export interface Report {
  /** A tag of BCP 47, e.g. "zh-CN". */
  readonly language: string;
  readonly title: string;
  /** What the figures are of, in the order in which it is read: dataset, days, audience, population. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly charts: readonly ReportChart[];
  /** Stands under everything: by what it was made, and when. */
  readonly foot: string;
}

/** The page may show what is in it, and nothing else. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/**
 * The report as one HTML file, UTF-8, that needs nothing beside it: no script, no address, its own light style that
 * prints on A4 with no chart torn in two. Cost: once through the charts.
 */
export function htmlReport(report: Report): Blob {
  const { language, title, facts, charts, foot } = report;
  const page = markup`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<dl>${joined(facts.map(({ label, value }) => markup`<div><dt>${label}</dt><dd>${value}</dd></div>`))}</dl>
</header>
<main>
${joined(charts.map(chartSection))}</main>
<footer><p>${foot}</p></footer>
</body>
</html>
`;
  return new Blob([page.text], { type: 'text/html;charset=utf-8' });
}

function chartSection({ title, subtitle, note, width, summary, drawing, table }: ReportChart): Markup {
  return markup`<section class="${width}">
<figure>
<figcaption><h2>${title}</h2>${ifGiven(subtitle, (text) => markup`<p class="sub">${text}</p>`)}</figcaption>
${drawing ?? markup`<p>${summary}</p>`}
</figure>
${ifGiven(note, (text) => markup`<p class="note">${text}</p>`)}
${table === null ? NOTHING : numbers(title, table)}
</section>
`;
}

function numbers(title: string, { columns, rows, withheld }: ReportTable): Markup {
  const kind = (place: number): Markup => (columns[place]?.numeric === true ? markup` class="number"` : NOTHING);
  const heads = columns.map(({ label }, place) => markup`<th scope="col"${kind(place)}>${label}</th>`);
  const cells = (row: readonly string[]): Markup =>
    joined(row.map((value, place) => markup`<td${kind(place)}>${value}</td>`));
  return markup`<table aria-label="${title}">
<thead><tr>${joined(heads)}</tr></thead>
<tbody>
${joined(rows.map((row) => markup`<tr>${cells(row)}</tr>\n`))}</tbody>
</table>
${ifGiven(withheld, (text) => markup`<p class="sub">${text}</p>`)}`;
}
