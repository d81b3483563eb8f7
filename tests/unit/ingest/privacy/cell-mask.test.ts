import { describe, expect, test } from 'vitest';
import { cellMask } from '../../../../src/ingest/privacy/cell-mask';
import { findPersonalData } from '../../../../src/ingest/privacy/personal-columns';

const seen = (name: string, role: string | null, cell: string, values: readonly string[] = []): string =>
  cellMask({ name, role, found: findPersonalData({ name, values }).kinds })(cell);

describe('a cell that is about to be seen', () => {
  test('of a column that a person said to be somebody’s is masked, whatever its name and values', () => {
    expect(seen('f7', 'phone', '9-10-11')).toBe('9-***11');
    expect(seen('f7', 'name', 'Cher')).toBe('C**r');
    expect(seen('状态', 'email', 'nobody at home')).toBe('n*** a*** h***');
    expect(seen('x', 'customerId', 'M00001')).toBe('M****1');
    expect(seen('x', 'birthday', '1990-05-01')).toBe('1990-**-**');
  });

  test('of a column without a role is masked by the column’s name', () => {
    expect(seen('会员姓名', 'ignore', '王小明')).toBe('王**');
    expect(seen('收货地址', null, '广东省深圳市南山区科技园路1号')).toBe('广东省深圳市****');
  });

  test('of a column without a telling name is masked by what the first rows look like', () => {
    const names = ['王小明', '李雷', '韩梅梅', '张伟'];
    expect(seen('f3', 'ignore', '陈静', names)).toBe('陈*');
    expect(seen('f3', 'ignore', '很好', ['很好', '不错', '一般', '太差'])).toBe('很好');
  });

  test('of any other column hides what is evidently somebody’s within it', () => {
    expect(seen('f5', 'ignore', '请打１３８１２３４５６７８，谢谢')).toBe('请打138****5678，谢谢');
    expect(seen('f5', 'ignore', ' 卡号4111 1111 1111 1111 ')).toBe(' 卡号****1111 ');
    expect(seen('f5', 'text', 'write to zoe@example.com')).toBe('write to z***@example.com');
    expect(seen('f5', 'text', '身份证11010519491231002X')).toBe('身份证110****2X');
  });

  test('of numbers of orders and goods stays, though its digits look like those of a card', () => {
    expect(seen('f1', 'orderId', '4111111111111111')).toBe('4111111111111111');
    expect(seen('f1', 'productId', '13812345678')).toBe('13812345678');
  });
});
