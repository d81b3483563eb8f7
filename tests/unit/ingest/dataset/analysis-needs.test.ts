import { describe, expect, it } from 'vitest';
import { analysisNeeds, type AnalysisId, type FileRoles } from '../../../../src/ingest/dataset/analysis-needs';

const ORDERS: FileRoles = { kind: 'orders', roles: ['customerId', 'orderedAt', 'amount', 'ignore'] };

function lacksOf(files: readonly FileRoles[], analysis: AnalysisId): readonly string[] | undefined {
  return analysisNeeds(files).find((each) => each.analysis === analysis)?.lacks;
}

describe('what an analysis lacks', () => {
  it('is every need where there are no files', () => {
    expect(lacksOf([], 'rfm')).toEqual(['orders', 'customer']);
    expect(lacksOf([], 'satisfaction')).toEqual(['feedback', 'score']);
  });

  it('is nothing for RFM once orders name their customer, and a product and order number for baskets', () => {
    expect(lacksOf([ORDERS], 'rfm')).toEqual([]);
    expect(lacksOf([ORDERS], 'baskets')).toEqual(['order-number', 'product']);
  });

  it('is met by lines in a file of their own', () => {
    const heads: FileRoles = { kind: 'orders', roles: ['orderId', 'customerId', 'orderedAt'] };
    const lines: FileRoles = { kind: 'order-lines', roles: ['orderId', 'productName'] };
    expect(lacksOf([heads, lines], 'baskets')).toEqual([]);
  });

  it('is a second identity until people are known by two columns, in one file or in two', () => {
    expect(lacksOf([ORDERS], 'identity')).toEqual(['second-identity']);
    expect(lacksOf([{ ...ORDERS, people: 1 }], 'identity')).toEqual([]);
    expect(lacksOf([ORDERS, { kind: 'members', roles: ['member'] }], 'identity')).toEqual([]);
  });

  it('counts no column that is left out, nor one of a file of another kind', () => {
    expect(lacksOf([{ kind: 'events', roles: ['occurredAt', 'event', 'session'] }], 'journeys')).toEqual([
      'event-person',
    ]);
    expect(lacksOf([{ kind: 'unused', roles: ['score'] }], 'satisfaction')).toEqual(['feedback', 'score']);
  });
});
