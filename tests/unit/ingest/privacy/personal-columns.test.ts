import { describe, expect, test } from 'vitest';
import { findPersonalData } from '../../../../src/ingest/privacy/personal-columns';

const kindsOf = (name: string, values: readonly string[]): readonly string[] =>
  findPersonalData({ name, values }).kinds.map(({ kind }) => kind);

describe('personal data in a column', () => {
  test.each([
    ['手机号', ['13812345678', '139-0000-1111', '+86 15012345678'], ['mobile']],
    ['c3', ['13812345678', '13900001111', '15012345678'], ['mobile']],
    ['联系电话', ['010-12345678', '0755-1234567', '021-87654321-801'], ['phone']],
    ['Phone', ['+44 20 7946 0958', '+1 555 867 5309'], ['phone']],
    ['contact', ['a@example.com', 'b.c@mail.example.cn'], ['email']],
    ['证件号码', ['11010519491231002X', '440524188001010014'], ['id-card']],
    ['旧证件', ['110105491231002', '440524800101001'], ['id-card']],
    ['HKID', ['A123456(3)', 'G123456(A)'], ['hong-kong-id']],
    ['國民身分證', ['A123456789', 'F131104093'], ['taiwan-id']],
    ['card', ['4111 1111 1111 1111', '5500000000000004', '6200000000000005'], ['bank-card']],
    ['姓名', ['王小明', '李雷', '欧阳娜娜'], ['chinese-name']],
    ['c1', ['王小明', '李雷', '韩梅梅', '张伟'], ['chinese-name']],
    ['First Name', ['Anna', 'Zoë'], ['latin-name']],
    ['收货地址', ['广东省深圳市南山区科技园路1号', '北京市朝阳区建国路88号院'], ['address']],
    ['shipping address', ['12 High Street, Leeds LS1 4AB', '350 Fifth Avenue, New York, NY 10118'], ['address']],
    ['生日', ['1990-05-01', '1985/12/31'], ['birthday']],
    ['车牌', ['京A12345', '沪AD12345', '粤B·88888'], ['plate']],
    ['openid', ['oXyz0123456789abcdefghijklmn', 'oAbc0123456789abcdefghijklmn'], ['wechat']],
    ['ip', ['192.168.0.1', '2001:db8::1'], ['ip']],
    ['idfa', ['6D92078A-8246-4BA4-AE5B-76104861E7DC', 'AEBE52E7-03EE-455A-B3C4-E57283966239'], ['device']],
    ['c9', ['00:1A:2B:3C:4D:5E', '00-1a-2b-3c-4d-5f'], ['device']],
    ['会员号', ['M000123', 'M000124'], ['id']],
  ] as const)('%s is told from %j', (name, values, kinds) => {
    expect(kindsOf(name, values)).toEqual(kinds);
  });

  test.each([
    ['phone', ['9-10-11', '9-10-12'], 'phone'],
    ['phone', ['13812345678', '13900001111'], 'mobile'],
    ['name', ['Cher', 'Prince'], 'latin-name'],
    ['email', ['nobody', 'no one'], 'email'],
    ['customerId', ['1', '2'], 'id'],
  ])('a column that was said to be %s holds that, whatever %j look like', (role, values, kind) => {
    const [surest] = findPersonalData({ name: 'f7', role, values }).kinds;
    expect(surest?.kind).toBe(kind);
    expect(findPersonalData({ name: 'f7', role: 'ignore', values: ['9-10-11', '9-10-12'] }).kinds).toEqual([]);
  });

  test('a role and what the values show beside it both count', () => {
    const values = ['a@example.com', 'b@example.com'];
    expect(findPersonalData({ name: 'f7', role: 'phone', values }).kinds.map(({ kind }) => kind)).toEqual([
      'email',
      'phone',
    ]);
  });

  test('a review that holds a phone number is personal text', () => {
    const reviews = ['很好，会再来', '东西坏了，请打我电话13812345678，谢谢', '物流太慢，等了一个星期', '包装不错'];
    expect(kindsOf('评价', reviews)).toEqual(['text']);
    expect(kindsOf('c7', reviews)).toEqual(['text']);
  });

  test.each([
    ['城市', ['上海市', '北京市', '广州市', '深圳市', '成都市']],
    ['品类', ['女装', '男装', '童装', '家电', '数码']],
    ['商品名称', ['纯棉短袖', '牛仔裤', '运动鞋', '保温杯']],
    ['amount', ['12.50', '1000', '13.99']],
    ['ordered_at', ['2024-01-03 08:05:00', '2024-01-03 12:30:45']],
    ['time', ['08:05:00', '12:30:45']],
    ['order no', ['20240103000000001', '20240103000000002', '20240103000000003']],
    ['product', ['Blue Mug', 'Red Lamp', 'Green Tea']],
    ['quantity', ['1', '2', '3']],
    ['status', ['paid', 'closed']],
    ['sku', ['E1234567', 'A-100', 'B-200']],
    ['version', ['1.2.3', '2.0.1']],
    ['手机品牌', ['华为', '小米', '苹果']],
    ['空', []],
  ])('%s with %j is not personal', (name, values) => {
    expect(kindsOf(name, values)).toEqual([]);
  });

  test('words that come again and again are labels, even if they begin like names', () => {
    const values = Array.from({ length: 60 }, (_, i) => ['金卡', '白金', '石材', '安防'][i % 4] ?? '');
    expect(kindsOf('等级', values)).toEqual([]);
  });

  test('the share is of the filled cells, and two slips in a thousand suffice for a sure kind', () => {
    const values = [...Array.from({ length: 98 }, (_, i) => `C${1000 + i}`), '13812345678', '13900001111', ' ', ''];
    const found = findPersonalData({ name: 'customer', values });
    expect(found.cells).toBe(100);
    expect(found.kinds.find(({ kind }) => kind === 'mobile')).toMatchObject({ share: 0.02, evidence: 'values' });
  });

  test('name and values together are surer than either alone', () => {
    const values = ['13812345678', '13900001111'];
    const [both] = findPersonalData({ name: '手机号', values }).kinds;
    const [alone] = findPersonalData({ name: 'x', values: [...values, 'none', 'none'] }).kinds;
    expect(both?.evidence).toBe('both');
    expect(both?.confidence ?? 0).toBeGreaterThan(alone?.confidence ?? 1);
  });
});
