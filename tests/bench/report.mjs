/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The results as a Markdown table, as README shows them. */
export function formatTable(results) {
  const head = ['what', 'ours', 'compared with', 'ratio'];
  const lines = results.map(({ name, ours, peer, peerName, ratio, unit }) => [
    name,
    `${print(ours)} ${unit}`,
    peer === null ? '' : `${print(peer)} ${unit} (${peerName})`,
    ratio === null ? '' : ratio.toFixed(2),
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column].length)));
  const draw = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [draw(head), draw(widths.map((width) => '-'.repeat(width))), ...lines.map(draw)].join('\n');
}

function print(value) {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toFixed(1);
}
