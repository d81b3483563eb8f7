import { describe, expect, it } from 'vitest';
import { LeftOutLog } from '../../../../src/ingest/canonical/left-out-log';
import { LEFT_OUT_REASONS } from '../../../../src/ingest/file-preview';
import { DelimitedScanner } from '../../../../src/ingest/readers/delimited';
import type { RecordView } from '../../../../src/ingest/readers/record';

function eachRecord(text: string, take: (record: RecordView) => void): void {
  const scanner = new DelimitedScanner(',', take);
  scanner.push(new TextEncoder().encode(text));
  scanner.end();
}

const textAt = ({ bytes, starts }: { bytes: Uint8Array; starts: Int32Array }, i: number): string =>
  new TextDecoder().decode(bytes.subarray(starts[i], starts[i + 1]));

describe('LeftOutLog', () => {
  it('keeps the line, reason, column, value and raw row', () => {
    const log = new LeftOutLog(LEFT_OUT_REASONS);
    eachRecord('a,b\n\n"x ""y""",2\n', (record) => log.add(record, 'bad-time', 0));
    const rows = log.rows();
    expect([...rows.lines]).toEqual([1, 3]);
    expect([textAt(rows.values, 1), textAt(rows.raws, 1)]).toEqual(['x "y"', '"x ""y""",2']);
    expect([...rows.columns]).toEqual([0, 0]);
    expect(log.counts()).toEqual([{ reason: 'bad-time', rows: 2 }]);
  });

  it('has no value where no cell is to blame', () => {
    const log = new LeftOutLog(LEFT_OUT_REASONS);
    eachRecord('a,b\n', (record) => log.add(record, 'too-few-cells', -1));
    expect([textAt(log.rows().values, 0), textAt(log.rows().raws, 0)]).toEqual(['', 'a,b']);
  });

  it('counts without keeping past the cap of rows', () => {
    const log = new LeftOutLog(LEFT_OUT_REASONS, 2);
    eachRecord('1,a\n2,b\n3,c\n4,d\n', (record) => log.add(record, record.line < 4 ? 'no-time' : 'no-amount', 1));
    expect([...log.rows().lines]).toEqual([1, 2]);
    expect(log.notKept).toBe(2);
    expect(log.counts()).toEqual([
      { reason: 'no-time', rows: 3 },
      { reason: 'no-amount', rows: 1 },
    ]);
  });

  it('counts without keeping past the cap of bytes, and holds no more than it', () => {
    // Each row costs 1 byte of value and 103 of raw text.
    const log = new LeftOutLog(LEFT_OUT_REASONS, 1000, 350);
    eachRecord(`${'a'.repeat(101)},b\n`.repeat(10), (record) => log.add(record, 'bad-amount', 1));
    expect(log.rows().lines.length).toBe(3);
    expect(log.rows().raws.starts.at(-1)).toBe(309);
    expect(log.notKept).toBe(7);
  });
});
