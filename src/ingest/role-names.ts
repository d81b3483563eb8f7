import type { Role } from './file-preview';

/** How strongly a name speaks for a role: names by their weight, 0..1, and parts of names likewise. */
export interface RoleNames {
  readonly whole: Readonly<Record<string, number>>;
  readonly parts: Readonly<Record<string, number>>;
  /** Parts that speak against the role, whatever else stands in the name. */
  readonly never: readonly string[];
}

/** A role that a column can be guessed to have. */
export type Meaning = Exclude<Role, 'ignore'>;

/** The names that shops, tills and platforms give their columns, in both languages, normalised. */
export const ROLE_NAMES: Readonly<Record<Meaning, RoleNames>> = {
  // Names of persons are left to the reader's choice: two customers may share one.
  customerId: {
    whole: weigh({
      1: 'customerid customerno customernumber customercode custid custno cumid cid 客户编号 客户id 客户号 客户编码 客户代码 顾客编号 顾客id 会员编号 会员号 会员id 会员卡号 会员编码',
      0.95: 'memberid memberno membercode membernumber userid uid 用户id 用户编号 用户号 买家id buyerid unionid masterid clientid clientno shopperid accountid accountno householdid householdkey',
      0.9: 'openid customer 客户 顾客 会员 用户 buyer member user client customerkey userkey visitorid personid panelistid loyaltyid cardno 卡号',
      0.85: '下单帐号 下单账号 买家账户 会员账号 会员帐号 用户账号 账号 帐号',
      0.8: '手机号 手机号码 买家手机号 客户手机号 下单手机号 手机 电话 联系电话 会员手机号 收货人手机 phone mobile phonenumber mobilephone tel 买家昵称 买家会员名 买家账号 旺旺号 淘宝昵称',
      0.7: 'email mail 邮箱 电子邮箱 customeremail deviceid cookieid 设备id',
      0.6: '买家 用户名 用户昵称 会员名 会员名称 会员昵称 客户名称 username membername',
    }),
    parts: {
      customerid: 0.85,
      memberid: 0.85,
      userid: 0.8,
      客户编号: 0.9,
      会员号: 0.9,
      会员卡: 0.8,
      会员id: 0.9,
      用户id: 0.85,
      手机号: 0.7,
      openid: 0.85,
      unionid: 0.9,
    },
    never: [
      'type',
      'level',
      'group',
      'segment',
      'count',
      'age',
      'gender',
      '类型',
      '等级',
      '级别',
      '性别',
      '年龄',
      '人数',
      '分组',
      '数量',
      '积分',
    ],
  },
  orderedAt: {
    whole: weigh({
      1: '下单时间 下单日期 订单时间 订单日期 订单创建时间 订单提交时间 购买时间 购买日期 交易时间 交易日期 消费时间 消费日期 orderdate ordertime orderedat orderdatetime orderpurchasetimestamp invoicedate purchasedate purchasetime purchasedat transactiondate transactiontime transdate transtime txndate txntime txndt trandate trandt saledate salesdate datepurchased',
      0.95: '付款时间 付款日期 支付时间 支付日期 订单付款时间 成交时间 成交日期 销售日期 销售时间 paidat paymentdate paymenttime paytime 记账日期 bookingdate',
      0.85: '时间 日期 date time datetime timestamp 时间戳 created createdat createtime createdtime createddate createdate creationdate 创建时间 创建日期 day eventtime ts dt',
    }),
    parts: {
      orderdate: 0.95,
      ordertime: 0.95,
      下单: 0.9,
      付款时间: 0.9,
      支付时间: 0.9,
      交易时间: 0.95,
      购买: 0.6,
      date: 0.55,
      time: 0.5,
      时间: 0.6,
      日期: 0.6,
    },
    never: [
      'birth',
      'register',
      'registration',
      'signup',
      'update',
      'modified',
      'deliver',
      'ship',
      'refund',
      'return',
      'due',
      'expire',
      'month',
      'week',
      'times',
      'duration',
      '生日',
      '出生',
      '注册',
      '更新',
      '修改',
      '发货',
      '收货',
      '退款',
      '到期',
      '月份',
      '时长',
      '次数',
      '入会',
    ],
  },
  amount: {
    whole: weigh({
      1: '实付金额 实付款 实付 实收金额 实收 买家实际支付金额 买家实付金额 实际支付金额 实际付款 支付金额 付款金额 paidamount amountpaid paid paidtotal paymentvalue paymentamount netamount netsales netrevenue actualpayment actualamount',
      0.9: 'amount revenue sales 金额 销售额 销售金额 成交金额 成交额 交易金额 消费金额 消费额 spend spent gmv linetotal lineamount salesamount saleamount amountusd amt txnamt txnamount tranamt transamt',
      0.85: 'total totalamount totalprice totalsales totalpaid totalspent ordertotal ordervalue orderamount grandtotal invoicetotal 总金额 总额 总价 订单金额 订单总额 合计 应付金额 应收金额 dollars dollar value money turnover',
      0.7: 'subtotal 小计 商品总价 商品金额 payment payments 总计',
    }),
    parts: {
      实付: 0.95,
      实收: 0.95,
      支付金额: 0.9,
      付款金额: 0.9,
      金额: 0.65,
      销售额: 0.85,
      amount: 0.65,
      revenue: 0.8,
      paid: 0.6,
      sales: 0.5,
      spend: 0.6,
      total: 0.45,
    },
    never: [
      'refund',
      'return',
      'discount',
      'coupon',
      'tax',
      'shipping',
      'freight',
      'balance',
      'point',
      'qty',
      'quantity',
      'count',
      'cost',
      'profit',
      'salesperson',
      'salesrep',
      'salesid',
      'name',
      'date',
      'time',
      '退款',
      '退货',
      '优惠',
      '折扣',
      '税',
      '运费',
      '邮费',
      '余额',
      '积分',
      '成本',
      '毛利',
      '利润',
      '数量',
      '件数',
      '时间',
      '日期',
      '人员',
    ],
  },
  quantity: {
    whole: weigh({
      1: '数量 购买数量 商品数量 件数 销售数量 销量 宝贝总数量 quantity qty quantityordered orderqty orderquantity itemquantity unitsold units itemcount numberofitems',
      0.8: '个数 份数 pieces pcs items cds volume num count 购买件数',
    }),
    parts: { quantity: 0.8, qty: 0.8, 数量: 0.7, 件数: 0.7, units: 0.6 },
    never: ['price', 'stock', 'view', 'click', '单价', '库存', '浏览', '点击', '订单数'],
  },
  unitPrice: {
    whole: weigh({
      1: '单价 商品单价 unitprice priceperunit pricepaid priceeach 销售单价 成交单价',
      0.85: 'price 价格 售价 商品价格 商品售价 itemprice sellingprice saleprice salesprice productprice 成交价 成交价格',
    }),
    parts: { unitprice: 0.9, 单价: 0.85, price: 0.6, 售价: 0.7, 价格: 0.6 },
    never: ['total', 'sum', 'range', 'list', 'original', '总', '原价', '吊牌', '市场价'],
  },
  refundAmount: {
    whole: weigh({
      1: '退款金额 退款总额 退款 退货金额 已退款金额 实际退款金额 refundamount refund refunded refundedamount refundtotal amountrefunded returnamount returnedamount',
    }),
    parts: { 退款金额: 0.95, 退货金额: 0.9, refundamount: 0.95, refund: 0.6 },
    never: ['status', 'reason', 'date', 'time', 'id', '状态', '原因', '时间', '日期', '编号', '单号'],
  },
  orderId: {
    whole: weigh({
      1: '订单号 订单编号 订单id 主订单编号 主订单号 orderid orderno ordernumber ordercode ordersn orderkey order invoiceno invoice invoiceid invoicenumber transactionid transactionno transid transno txnid txnno tranid tranno transactionkey basketid receiptid receiptno receiptnumber billno ticketno',
      0.9: '交易号 交易编号 交易单号 单号 流水号 小票号 小票编号 销售单号 单据编号 单据号 凭证号 商户订单号 平台订单号 tradeno tradeid salesid saleid purchaseid checkid tid',
      0.6: '子订单编号 子订单号 suborderid orderlineid bill receipt ticket',
    }),
    parts: {
      订单号: 0.9,
      订单编号: 0.9,
      交易号: 0.85,
      单号: 0.7,
      orderid: 0.85,
      orderno: 0.85,
      ordernumber: 0.85,
      invoice: 0.6,
      transactionid: 0.85,
      transid: 0.85,
    },
    never: ['date', 'time', 'status', 'amount', 'total', '时间', '日期', '状态', '金额', '快递', '运单', '物流'],
  },
  productId: {
    whole: weigh({
      1: '商品id 商品编号 商品编码 商品货号 货号 sku skuid skucode sku编码 产品编号 产品id 产品编码 宝贝id productid productcode productno productkey productsku stockcode itemid itemno itemcode itemnumber articleid articleno asin upc ean barcode 条码 商品条码 款号',
      0.7: '商品 商品名称 产品 产品名称 宝贝标题 品名 product productname item itemname goods goodsname goodsid title article',
      0.45: 'description productdescription 商品描述 商品标题 规格',
    }),
    parts: { 商品id: 0.9, 商品编: 0.9, sku: 0.8, productid: 0.9, stockcode: 0.95, itemid: 0.85, 商品名: 0.6 },
    never: ['price', 'category', 'type', 'count', 'quantity', 'amount', '价', '类', '数量', '金额', '件数', '品牌'],
  },
  category: {
    whole: weigh({
      1: '品类 类目 商品类目 商品类别 商品品类 商品分类 产品类别 产品分类 品类名称 类目名称 类别 分类 一级类目 大类 category categoryname productcategory itemcategory subcategory department maincategory',
      0.7: '商品类目id 类目id 品类id categoryid categorycode productline producttype 中类 小类 二级类目 segment brandcategory',
    }),
    parts: { 品类: 0.8, 类目: 0.8, 商品类: 0.8, category: 0.75 },
    never: ['customer', 'member', 'user', '客户', '会员', '用户'],
  },
  channel: {
    whole: weigh({
      1: '渠道 销售渠道 订单渠道 购买渠道 下单渠道 来源渠道 channel saleschannel orderchannel purchasechannel channelname',
      0.85: '来源 订单来源 平台 下单平台 platform ordersource source sourcename medium 终端',
    }),
    parts: { 渠道: 0.8, channel: 0.8 },
    never: ['支付', 'payment', 'pay'],
  },
  store: {
    whole: weigh({
      1: '门店 门店名称 门店编号 门店id 店铺 店铺名称 店铺id 分店 网点 store storeid storename storecode storeno storenumber shop shopid shopname branch branchid branchcd branchcode outlet outletid',
      0.6: '商家 店名 仓库 柜台 merchant seller sellerid vendor warehouse location site',
    }),
    parts: { 门店: 0.85, 店铺: 0.8, store: 0.7, shop: 0.6 },
    never: ['amount', '金额', '优惠', '类型', 'type', '城市', 'city'],
  },
  payment: {
    whole: weigh({
      1: '支付方式 付款方式 收款方式 支付渠道 支付类型 结算方式 paymentmethod paymenttype paymentmode paymethod paytype tendertype modeofpayment',
      0.7: '支付 付款 payment tender',
    }),
    parts: { 支付方式: 0.95, 付款方式: 0.95, 支付渠道: 0.9, paymentmethod: 0.95, paymenttype: 0.95 },
    never: ['amount', 'value', 'date', 'time', 'status', '金额', '时间', '日期', '状态'],
  },
  city: {
    whole: weigh({
      1: '城市 所在城市 收货城市 市 city cityname customercity shippingcity town',
      0.85: '省份 省 收货省份 收货地址 地址 收件地址 省市 地区 所在地 区域 province region customerstate shippingaddress address',
      0.6: 'state country area 国家 zip zipcode postcode territory',
    }),
    parts: { 城市: 0.9, 省份: 0.8, 地址: 0.65, city: 0.75, province: 0.75, region: 0.6 },
    never: ['electricity', 'capacity', 'velocity', 'email', 'ip', '邮箱', '等级'],
  },
  status: {
    whole: weigh({
      1: '订单状态 交易状态 状态 orderstatus status transactionstatus paymentstatus',
      0.85: '交易类型 订单类型 类型 业务类型 销售类型 单据类型 行为类型 type transactiontype ordertype transtype saletype behaviortype eventtype event action',
      0.7: '退款状态 是否退款 是否退货 isreturn isrefund isrefunded iscancelled iscanceled cancelled returned refundstatus flag',
    }),
    parts: { 状态: 0.75, status: 0.75, 类型: 0.45, type: 0.4 },
    never: [
      'customer',
      'member',
      'user',
      'product',
      'payment',
      'pay',
      'item',
      'marital',
      '客户',
      '会员',
      '用户',
      '商品',
      '支付',
      '付款',
      '婚姻',
      '物流',
    ],
  },
};

/** From lists of words by weight to a weight by word. */
export function weigh(lists: Readonly<Record<number, string>>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(lists).flatMap(([weight, words]) => words.split(' ').map((word) => [word, Number(weight)] as const)),
  );
}
