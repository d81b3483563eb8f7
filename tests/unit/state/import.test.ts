import { describe, expect, it } from 'vitest';
import type { FileMapping } from '../../../src/ingest/file-preview';
import { AppError } from '../../../src/core/errors';
import { column, createSession, mappingSession, opening, result, settled, transactions } from './scripted-import';

describe('opening files', () => {
  it('looks into the first and waits with its guessed roles', async () => {
    const { session, importer } = createSession();
    await opening(session, [new File(['a'], 'a.csv'), new File(['b'], 'b.csv')]);
    expect(session.phase).toBe('previewing');
    await importer.previews[0]?.answer(transactions({ name: 'a.csv' }));
    expect(session.phase).toBe('mapping');
    expect(session.candidate?.draft?.columns[1]).toEqual({ role: 'orderedAt', timeFormat: 'ymd', numberFormat: null });
    expect(session.candidates.map((each) => each.preview?.name ?? 'not looked into')).toEqual([
      'a.csv',
      'not looked into',
    ]);
  });

  it('looks into each once, whichever is on the screen, and keeps the edits of the one before', async () => {
    const { session, importer } = createSession();
    await opening(session, [new File(['a'], 'a.csv'), new File(['b'], 'b.csv')]);
    await importer.previews[0]?.answer(transactions());
    session.setRole(3, 'city');
    void session.choose(1);
    await importer.previews[1]?.answer(transactions({ name: 'b.csv' }));
    expect(session.candidate?.name).toBe('b.csv');
    await session.choose(0);
    expect(importer.previews.map((each) => each.name)).toEqual(['a.csv', 'b.csv']);
    expect(session.candidate?.draft?.columns[3]?.role).toBe('city');
  });

  it('takes pasted text as a file named "pasted"', async () => {
    const { session, importer } = createSession();
    void session.paste('a\tb');
    expect(importer.previews[0]?.name).toBe('pasted');
    expect(await session.candidate?.file.text()).toBe('a\tb');
  });

  it('tells why a file could not be read and still lets another encoding be tried', async () => {
    const { session, importer } = createSession();
    await opening(session, [new File(['a'], 'a.csv')]);
    await importer.previews[0]?.fail(new AppError('file-not-decodable', { line: 3 }));
    expect(session.phase).toBe('failed');
    expect(session.candidate?.error?.code).toBe('file-not-decodable');
    void session.setDialect({ encoding: 'gb18030' });
    await importer.previews[1]?.answer(transactions());
    expect(session.phase).toBe('mapping');
    expect(session.candidate?.error).toBeNull();
  });

  it('goes back to nothing when the first look is cancelled', async () => {
    const { session } = createSession();
    await opening(session, [new File(['a'], 'a.csv')]);
    await settled(() => session.cancel());
    expect(session.phase).toBe('idle');
  });
});

describe('changing how the bytes are read', () => {
  it('looks again with every choice made so far', async () => {
    const { session, importer } = await mappingSession(transactions());
    void session.setDialect({ encoding: 'gb18030' });
    await importer.previews[1]?.answer(transactions());
    void session.setDialect({ hasHeader: false });
    expect(importer.previews[2]?.chosen).toEqual({ encoding: 'gb18030', hasHeader: false });
  });

  it('lets the newest look win when an older one answers late', async () => {
    const { session, importer } = await mappingSession(transactions());
    void session.setDialect({ delimiter: ';' });
    void session.setDialect({ delimiter: '|' });
    expect(importer.previews[1]?.signal?.aborted).toBe(true);
    await importer.previews[2]?.answer(transactions({ estimatedRows: 7 }));
    await importer.previews[1]?.answer(transactions({ estimatedRows: 99 }));
    expect(session.candidate?.preview?.estimatedRows).toBe(7);
    expect(session.phase).toBe('mapping');
  });

  it('keeps the preview, and drops the choice, when it cannot be read that way', async () => {
    const { session, importer } = await mappingSession(transactions({ estimatedRows: 7 }));
    void session.setDialect({ encoding: 'shift_jis' });
    await importer.previews[1]?.fail(new AppError('file-not-decodable'));
    expect(session.candidate?.preview?.estimatedRows).toBe(7);
    expect(session.candidate?.error?.code).toBe('file-not-decodable');
    void session.setDialect({ hasHeader: false });
    expect(importer.previews[2]?.chosen).toEqual({ hasHeader: false });
  });

  it('keeps roles that were set while the look was under way', async () => {
    const { session, importer } = await mappingSession(transactions());
    void session.setDialect({ encoding: 'gb18030' });
    session.setRole(3, 'store');
    await importer.previews[1]?.answer(transactions());
    expect(session.candidate?.draft?.columns[3]?.role).toBe('store');
  });
});

describe('what stands between a file and its import', () => {
  it('is a need that is missing', async () => {
    const { session } = await mappingSession(transactions());
    expect(session.canImport).toBe(true);
    session.setRole(0, 'ignore');
    expect(session.missing).toEqual(['customer']);
    expect(session.canImport).toBe(false);
    expect(await session.import()).toBeNull();
  });

  it('is an order of day and month that has not been answered', async () => {
    const unclear = column(1, 'date', { role: 'orderedAt', type: 'time', timeFormat: 'dmy', timeOrderUnclear: true });
    const [customer, , amount] = transactions().columns;
    if (customer === undefined || amount === undefined) throw new Error('the sample has three columns');
    const { session } = await mappingSession(transactions({ columns: [customer, unclear, amount] }));
    expect(session.orderQuestion?.name).toBe('date');
    expect(session.canImport).toBe(false);
    session.setTimeFormat(1, 'mdy');
    expect(session.orderQuestion).toBeNull();
    expect(session.canImport).toBe(true);
  });
});

describe('importing', () => {
  it('hands over the mapping as it stands, shows how far it is, and remembers it', async () => {
    const { session, importer, mappings } = await mappingSession(transactions());
    session.setZone(60);
    const importing = session.import();
    await settled(() => undefined);
    importer.runs[0]?.options.onProgress?.({ phase: 'reading', share: 0.5, rows: 10 });
    expect(session.progress).toEqual({ phase: 'reading', share: 0.5, rows: 10, file: 0, files: 1 });
    await importer.runs[0]?.answer(result);
    const imported = await importing;
    const mapping = imported?.[0]?.plan.mapping;
    expect(mapping?.zoneOffsetMinutes).toBe(60);
    expect(mapping?.columns.map((each) => each.role)).toEqual(['customerId', 'orderedAt', 'amount', 'ignore']);
    expect(mappings.kept.get('print')).toEqual(mapping);
    expect(session.phase).toBe('done');
    expect(session.progress).toBeNull();
  });

  it('goes back to the mapping with everything kept when it is cancelled', async () => {
    const { session } = await mappingSession(transactions());
    session.setRole(3, 'city');
    const importing = session.import();
    await settled(() => undefined);
    session.cancel();
    expect(await importing).toBeNull();
    expect(session.phase).toBe('mapping');
    expect(session.error).toBeNull();
    expect(session.candidate?.draft?.columns[3]?.role).toBe('city');
  });

  it('says why it failed and leaves the dataset before it in force', async () => {
    const { session, importer } = await mappingSession(transactions());
    void session.import();
    await settled(() => undefined);
    await importer.runs[0]?.answer(result);
    const before = session.imported;
    void session.import();
    await settled(() => undefined);
    await importer.runs[1]?.fail(new AppError('no-usable-rows', { rows: 20 }));
    expect(session.phase).toBe('failed');
    expect(session.error?.code).toBe('no-usable-rows');
    expect(session.imported).toBe(before);
    session.setRole(3, 'city');
    expect(session.phase).toBe('mapping');
    expect(session.error).toBeNull();
  });

  it('gives way to files that are dropped in the middle of it', async () => {
    const { session, importer } = await mappingSession(transactions());
    const importing = session.import();
    await settled(() => undefined);
    await opening(session, [new File(['b'], 'b.csv')]);
    expect(await importing).toBeNull();
    expect(session.phase).toBe('previewing');
    await importer.previews[1]?.answer(transactions({ name: 'b.csv' }));
    expect(session.phase).toBe('mapping');
  });
});

describe('a file of a kind that was mapped before', () => {
  it('is mapped like last time and says so, until it is started over', async () => {
    const { session, importer, mappings } = createSession();
    const remembered = {
      dialect: transactions().dialect,
      columns: [
        { role: 'ignore', timeFormat: null, numberFormat: null },
        { role: 'orderedAt', timeFormat: 'ymd', numberFormat: null },
        { role: 'amount', timeFormat: null, numberFormat: 'comma' },
        { role: 'customerId', timeFormat: null, numberFormat: null },
      ],
      zoneOffsetMinutes: 60,
    } as const;
    mappings.kept.set('print', remembered);
    await opening(session, [new File(['a'], 'a.csv')]);
    await importer.previews[0]?.answer(transactions());
    expect(session.candidate?.draft?.recognised).toBe(true);
    expect(session.candidate?.draft?.columns).toEqual(remembered.columns);
    session.startOver();
    expect(session.candidate?.draft?.recognised).toBe(false);
    expect(session.candidate?.draft?.columns[0]?.role).toBe('customerId');
    expect(session.candidate?.draft?.zoneOffsetMinutes).toBe(480);
  });

  it('is read in the encoding settled on then, where the encoding is only guessed', async () => {
    const { session, importer, mappings } = createSession();
    const { dialect, columns } = transactions();
    mappings.kept.set('print', { dialect: { ...dialect, encoding: 'big5' }, columns, zoneOffsetMinutes: 0 });
    await opening(session, [new File(['a'], 'a.csv')]);
    await importer.previews[0]?.answer(
      transactions({ dialect: { ...dialect, encoding: 'gb18030' }, encodingEvidence: 'guess' }),
    );
    expect(importer.previews[1]?.chosen).toEqual({ encoding: 'big5' });
    await importer.previews[1]?.answer(transactions({ dialect: { ...dialect, encoding: 'big5' } }));
    expect(session.candidate?.preview?.dialect.encoding).toBe('big5');
  });
});

describe('rebuilding after the engine has died', () => {
  it('reads the file in force again with its mapping, not the file on the screen', async () => {
    const { session, importer } = await mappingSession(transactions({ name: 'first.csv' }));
    void session.import();
    await settled(() => undefined);
    await importer.runs[0]?.answer(result);
    await opening(session, [new File(['b'], 'second.csv')]);
    const rebuilding = session.rebuild();
    await settled(() => undefined);
    expect(importer.runs[1]?.name).toBe('first.csv');
    expect(importer.runs[1]?.mapping).toEqual(importer.runs[0]?.mapping);
    await importer.runs[1]?.answer(result);
    expect((await rebuilding)?.name).toBe('first.csv');
  });

  it('does nothing when nothing was imported', async () => {
    const { session, importer } = createSession();
    expect(await session.rebuild()).toBeNull();
    expect(importer.runs).toEqual([]);
  });

  it('ends an import that was under way, so that two never fill the tables at once, and says why', async () => {
    const { session, importer } = await mappingSession(transactions({ name: 'first.csv' }));
    void session.import();
    await settled(() => undefined);
    await importer.runs[0]?.answer(result);
    await opening(session, [new File(['b'], 'second.csv')]);
    await importer.previews[1]?.answer(transactions({ name: 'second.csv' }));
    const second = session.import();
    await settled(() => undefined);
    const rebuilding = session.rebuild();
    await settled(() => undefined);
    expect(await second).toBeNull();
    expect(importer.runs.map((run) => run.name)).toEqual(['first.csv', 'second.csv', 'first.csv']);
    expect(importer.runs[1]?.signal?.aborted).toBe(true);
    await importer.runs[2]?.answer(result);
    expect((await rebuilding)?.name).toBe('first.csv');
    expect(session.error?.code).toBe('engine-lost');
    expect(session.canImport).toBe(true);
  });

  it('throws when the file has gone', async () => {
    const { session, importer } = await mappingSession(transactions());
    void session.import();
    await settled(() => undefined);
    await importer.runs[0]?.answer(result);
    const rebuilding = session.rebuild();
    await settled(() => undefined);
    const outcome = expect(rebuilding).rejects.toMatchObject({ code: 'file-unreadable' });
    await importer.runs[1]?.fail(new AppError('file-unreadable'));
    await outcome;
  });
});

describe('what is taken of the files', () => {
  it('is everything, then what the recipe at hand takes of files like these, then what a person chooses', async () => {
    const recalled = { from: null, to: null, oneIn: 10, residue: 0 };
    const preview = transactions();
    const mapping: FileMapping = {
      dialect: preview.dialect,
      columns: preview.columns.map(({ role, timeFormat, numberFormat }) => ({ role, timeFormat, numberFormat })),
      zoneOffsetMinutes: 480,
    };
    const plan = { kind: 'orders', mapping, customerRole: 'customer', people: [] } as const;
    const { session, importer } = createSession(() => ({ plan, excerpt: recalled }));
    expect(session.excerpt.oneIn).toBe(1);
    await opening(session, [new File(['x'], 'next-month.csv')]);
    await importer.previews[0]?.answer(preview);
    expect(session.excerpt).toEqual(recalled);
    session.setExcerpt({ from: '2024-05-01' });
    await settled(() => void session.import());
    await importer.runs[0]?.answer(result);
    expect(session.imported?.result.excerpt).toEqual({ ...recalled, from: '2024-05-01' });
    // Other files are other decisions.
    await opening(session, [new File(['y'], 'other.csv')]);
    expect(session.excerpt).toEqual({ from: null, to: null, oneIn: 1, residue: 0 });
  });
});

describe('what was decided about columns', () => {
  it('is taken back and done again in its order, and forgotten with its files', async () => {
    const { session } = await mappingSession(transactions());
    const roles = (): readonly string[] => session.candidate?.draft?.columns.map(({ role }) => role) ?? [];
    const before = roles();
    session.setRole(3, 'city');
    session.setRole(2, 'ignore');
    session.undo();
    expect(roles()).toEqual(['customerId', 'orderedAt', 'amount', 'city']);
    session.undo();
    expect(roles()).toEqual(before);
    session.undo();
    session.redo();
    session.redo();
    expect(roles()).toEqual(['customerId', 'orderedAt', 'ignore', 'city']);
    await opening(session, [new File(['y'], 'other.csv')]);
    session.undo();
    expect(session.candidate?.name).toBe('other.csv');
    expect(session.candidate?.draft).toBeNull();
  });

  it('is a kind as well: columns get its roles, and what is not used needs nothing', async () => {
    const { session } = await mappingSession(transactions());
    session.setKind(0, 'members');
    expect(session.candidate?.kindDraft?.kind).toBe('members');
    expect(session.isComplete).toBe(false);
    session.undo();
    expect(session.kindOf(session.candidates[0] as (typeof session.candidates)[0])).toBe('orders');
    expect(session.isComplete).toBe(true);
  });
});
