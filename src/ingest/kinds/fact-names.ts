import { ROLE_NAMES, weigh, type RoleNames } from '../role-names';
import type { FactRole } from './kinds';

const names = (lists: Readonly<Record<number, string>>, parts: RoleNames['parts'] = {}, never = ''): RoleNames => ({
  whole: weigh(lists),
  parts,
  never: never === '' ? [] : never.split(' '),
});

/** The names that files give to their columns, in both languages, normalised; those of orders where they are the same. */
export const FACT_NAMES: Readonly<Record<FactRole, RoleNames>> = {
  orderId: ROLE_NAMES.orderId,
  productId: names(
    {
      1: '商品id 商品编号 商品编码 商品货号 货号 sku skuid skucode sku编码 产品编号 产品id 产品编码 宝贝id productid productcode productno productkey productsku stockcode itemid itemno itemcode itemnumber articleid articleno asin upc ean barcode 条码 商品条码 款号',
      0.8: '商品 产品 product item goods article goodsid',
      0.5: 'id 编号 编码 code',
    },
    { 商品id: 0.9, 商品编: 0.9, sku: 0.8, productid: 0.9, stockcode: 0.95, itemid: 0.85 },
    'price category type count quantity amount name brand 名 价 类 数量 金额 件数 品牌 会员 客户 订单',
  ),
  productName: names(
    {
      1: '商品名称 产品名称 宝贝标题 品名 商品标题 productname itemname goodsname producttitle itemtitle',
      0.8: '商品 产品 product item goods title 标题 名称 name description productdescription 商品描述',
    },
    { 商品名: 0.9, 产品名: 0.9, productname: 0.9, itemname: 0.9 },
    'id price category type 编号 编码 价 类 品牌',
  ),
  category: ROLE_NAMES.category,
  subcategory: names({
    1: 'subcategory subcategoryname 二级类目 子类目 小类 中类 二级品类 二级分类 三级类目 subdepartment secondcategory',
  }),
  brand: names({ 1: '品牌 品牌名称 brand brandname 商品品牌', 0.6: '品牌id brandid vendor manufacturer 厂家 供应商' }),
  listPrice: names(
    {
      1: '吊牌价 原价 市场价 标价 零售价 建议零售价 listprice retailprice msrp originalprice tagprice',
      0.85: '价格 售价 单价 price unitprice 销售价 商品价格 sellingprice',
    },
    { 吊牌: 0.95, 原价: 0.9, listprice: 0.95, price: 0.6, 价格: 0.6 },
    'cost total 成本 进价 总',
  ),
  cost: names(
    { 1: '成本 成本价 进价 进货价 采购价 cost costprice unitcost purchaseprice cogs' },
    { 成本: 0.9, cost: 0.8 },
  ),
  season: names({ 1: '季节 季度款 上市季节 season seasonname', 0.8: '年份季节 collection 波段' }),
  launchedAt: names({
    1: '上市日期 上市时间 上架时间 上架日期 launchdate launchedat launchtime releasedate releasedat firstsold',
    0.7: '创建时间 创建日期 createdat createtime',
  }),
  quantity: ROLE_NAMES.quantity,
  unitPrice: ROLE_NAMES.unitPrice,
  amount: ROLE_NAMES.amount,
  refundAmount: ROLE_NAMES.refundAmount,
  payment: ROLE_NAMES.payment,
  gender: names({ 1: '性别 会员性别 客户性别 gender sex' }, { gender: 0.9, 性别: 0.95 }),
  age: names({ 1: '年龄 age 周岁 岁数', 0.8: '年龄段 agegroup ageband agerange' }, { 年龄: 0.9 }, 'days usage page'),
  city: names(
    {
      1: '城市 所在城市 常住城市 市 city cityname hometown',
      0.7: '地区 所在地 地址 区域 region address location market',
    },
    { 城市: 0.9, city: 0.75 },
    'email ip capacity 等级 邮箱',
  ),
  province: names(
    { 1: '省份 省 所在省份 province state 所属省份', 0.7: '省市 country 国家 区域' },
    { 省份: 0.9, province: 0.8 },
    'status statement',
  ),
  level: names(
    {
      1: '会员等级 会员级别 等级 级别 客户等级 vip等级 level memberlevel tier membertier grade membershiplevel loyaltytier',
      0.8: '会员类型 membertype customertype 客户类型 会员身份 卡类型 cardtype membership 会员卡类型',
    },
    { 等级: 0.85, 级别: 0.8, tier: 0.7, level: 0.75 },
    'price stock city 价 库存 城市',
  ),
  points: names(
    { 1: '积分 会员积分 当前积分 剩余积分 可用积分 积分余额 points point loyaltypoints pointbalance' },
    { 积分: 0.85, points: 0.8 },
    'time date 时间 日期',
  ),
  balance: names(
    { 1: '余额 储值余额 账户余额 卡余额 balance accountbalance storedvalue wallet' },
    { 余额: 0.85, balance: 0.8 },
    '积分 point',
  ),
  registeredAt: names(
    {
      1: '注册时间 注册日期 入会时间 入会日期 开卡时间 开卡日期 办卡时间 加入时间 registeredat registrationdate registrationtime registerdate registertime signupdate signupat joindate joinedat joinedon membersince enrollmentdate',
      0.75: '创建时间 创建日期 createdat createtime createddate 首次访问时间',
    },
    { 注册时: 0.9, 注册日: 0.9, 入会: 0.85, 开卡: 0.85, signup: 0.75, register: 0.6, joined: 0.7 },
    'channel store source city 渠道 门店 来源 城市',
  ),
  registrationChannel: names(
    {
      1: '注册渠道 注册来源 入会渠道 开卡渠道 会员来源 registeredchannel registrationchannel registersource signupchannel signupsource acquisitionchannel acquisitionsource',
      0.75: '渠道 来源 channel source',
    },
    { 注册渠道: 0.9, 注册来源: 0.9, 入会渠道: 0.9 },
    'time date 时间 日期',
  ),
  store: ROLE_NAMES.store,
  occupation: names({ 1: '职业 职业类别 occupation job profession jobtitle', 0.7: '行业 industry' }),
  income: names({ 1: '收入 年收入 月收入 收入水平 收入区间 income annualincome incomelevel salary' }, { 收入: 0.8 }),
  occurredAt: names(
    {
      1: '事件时间 发生时间 行为时间 访问时间 浏览时间 点击时间 埋点时间 操作时间 eventtime eventdate eventtimestamp occurredat actiontime visittime accesstime logtime clientime servertime eventts',
      0.9: '时间 日期 时间戳 time timestamp datetime ts dt date createdat created createtime day 上报时间',
    },
    { eventtime: 0.95, 事件时: 0.95, 行为时: 0.95, 时间: 0.7, timestamp: 0.8, time: 0.55, date: 0.5 },
    'duration birth register timeonpage spent length 时长 停留 生日 出生 注册',
  ),
  event: names(
    {
      1: '事件 事件名 事件名称 事件类型 行为 行为类型 行为名称 动作 操作类型 埋点 event eventname eventtype eventid action actiontype behavior behaviortype behaviour behaviourtype eventaction',
      0.6: 'type 类型 operation activity 操作',
    },
    { 事件: 0.75, 行为: 0.75, event: 0.7, behavior: 0.8, action: 0.7 },
    'time date transaction 时间 日期 编号 值 value',
  ),
  page: names(
    {
      1: '页面 页面名称 页面地址 page pagename pagetitle pageurl pagepath url path screen screenname',
      0.6: '路径 链接',
    },
    { 页面: 0.8, page: 0.6 },
    'time duration count views referrer 时 来源',
  ),
  channel: ROLE_NAMES.channel,
  session: names(
    {
      1: '会话 会话编号 会话id 会话号 访问id session sessionid visitid sessionkey usersession visitnumber sessionnumber',
    },
    { session: 0.85, 会话: 0.9 },
    'duration length count 时长 次数',
  ),
  campaign: names(
    {
      1: '活动 活动名称 活动编号 活动id 营销活动 推广计划 广告计划 campaign campaignid campaignname utmcampaign',
      0.7: 'utmsource utmmedium 广告 ad adid promotion 促销',
    },
    { campaign: 0.85, 活动: 0.7 },
    'time date 时间 日期 开始 结束',
  ),
  duration: names(
    {
      1: '时长 停留时长 停留时间 访问时长 浏览时长 duration durationseconds dwelltime timespent timeonpage sessionduration durationms',
    },
    { 时长: 0.9, 停留: 0.8, duration: 0.9 },
  ),
  givenAt: names(
    {
      1: '反馈时间 评价时间 评论时间 咨询时间 投诉时间 提交时间 填写时间 答题时间 调研日期 来电时间 工单时间 建单时间 feedbacktime feedbackdate feedbackat reviewdate reviewtime surveydate responsedate responsetime submittedat submittime commenttime ticketdate askedat completedate reviewcreationdate',
      0.85: '时间 日期 date time datetime timestamp createdat created createtime createddate 创建时间 创建日期 openedat',
    },
    { 时间: 0.65, 日期: 0.65, date: 0.6, time: 0.5, surveydate: 0.95 },
    'resolve close finish birth handle duration 解决 关闭 完结 处理 办结 生日 时长 响应时',
  ),
  feedbackType: names(
    {
      1: '反馈类型 工单类型 问题类型 评价类型 服务类型 来电类型 咨询类型 类型 kind feedbacktype feedbackkind tickettype surveytype requesttype casetype',
      0.8: 'type 分类 类别 tickettopic',
    },
    { 类型: 0.7, type: 0.5 },
    'customer member product 客户 会员 商品',
  ),
  score: names(
    {
      1: 'nps nps分数 nps得分 nps评分 推荐分 推荐意愿 净推荐值 评分 打分 得分 分数 满意度 满意度评分 星级 score npsscore rating ratings stars star csat csatscore satisfaction satisfactionscore reviewscore overallrating likelihoodtorecommend',
      0.7: '评价 评级 grade mark overall',
    },
    { 评分: 0.9, 得分: 0.85, 满意: 0.75, score: 0.8, rating: 0.85, nps: 0.85 },
    'time date type credit 时间 日期 类型 内容 信用 积分',
  ),
  scale: names({ 1: '满分 量表 分制 scale maxscore maxrating outof' }),
  text: names(
    {
      1: '内容 反馈内容 评价内容 评论内容 评论 投诉内容 咨询内容 问题描述 留言 意见 建议 备注 text comment comments review reviewtext feedback feedbacktext content message body description reviewbody reviewcomment verbatim 描述',
      0.6: 'note notes remark title 标题 原因 reason',
    },
    { 内容: 0.85, 评论: 0.8, 留言: 0.8, 描述: 0.75, comment: 0.8, reviewtext: 0.95, text: 0.7 },
    'time date type id score 时间 日期 类型 编号 评分 数',
  ),
  topic: names(
    { 1: '主题 话题 问题分类 标签 topic subject issue tag tags reasoncode 问题点 诉求', 0.7: '分类 类目 category' },
    { 主题: 0.85, topic: 0.9, 标签: 0.8 },
    'time date 时间',
  ),
  status: ROLE_NAMES.status,
  resolvedAt: names(
    {
      1: '解决时间 关闭时间 完结时间 处理完成时间 办结时间 结单时间 resolvedat resolveddate resolutiontime closedat closeddate closetime completedat',
    },
    { 解决时: 0.9, 关闭时: 0.9, 完结: 0.85, resolved: 0.85, closed: 0.8 },
  ),
  date: names(
    {
      1: '日期 月份 月 周 时间 date month week day period 年月 统计日期 统计月份 yearmonth ds 开始日期 开始时间 startdate start firstday startsat',
      0.7: '季度 年份 year quarter timestamp datetime',
    },
    { 日期: 0.8, 月份: 0.9, date: 0.75, month: 0.75, 开始: 0.85, start: 0.8 },
    'end last 结束 截止 birth',
  ),
  endsAt: names(
    { 1: '结束日期 结束时间 截止日期 截止时间 enddate end endtime endsat lastday 活动结束时间' },
    { 结束: 0.9, 截止: 0.85, enddate: 0.95, lastday: 0.95 },
  ),
  seriesName: names(
    {
      1: '指标 指标名称 名称 series seriesname metric metricname indicator variable variablename name 活动名称 活动 节日 节假日 campaign campaignname holiday event promotion',
    },
    { 指标: 0.9, 名称: 0.8, metric: 0.85 },
    'value id 值 数值 编号',
  ),
  value: names(
    { 1: '值 数值 指标值 取值 value y 折扣力度 percentoff discount 预算 budget 力度', 0.6: 'index 指数 amount 金额' },
    { 数值: 0.85, value: 0.8, index: 0.7, 指数: 0.8 },
  ),
};
