import { weigh, type RoleNames } from '../role-names';
import type { PersonRole } from './kinds';

/** Words that make of a name for a person the name of something else. */
const NOT_A_PERSON = [
  'type',
  'level',
  'group',
  'count',
  'status',
  'time',
  'date',
  '类型',
  '等级',
  '级别',
  '人数',
  '分组',
  '数量',
  '积分',
  '时间',
  '日期',
  '余额',
  '状态',
];

/** The names that files give to what says who a row is about, in both languages, normalised. */
export const PERSON_NAMES: Readonly<Record<PersonRole, RoleNames>> = {
  customer: {
    whole: weigh({
      1: 'customerid customerno customernumber customercode custid custno cumid cid 客户编号 客户id 客户号 客户编码 客户代码 顾客编号 顾客id 用户id 用户编号 用户号 userid uid',
      0.95: 'buyerid masterid clientid clientno shopperid accountid accountno householdid householdkey 买家id 买家编号 userkey customerkey',
      0.85: 'customer 客户 顾客 用户 buyer user client visitorid personid panelistid 下单帐号 下单账号 买家账户 用户账号 账号 帐号 买家会员名 买家账号',
      0.6: '买家 用户名 username 买家昵称 旺旺号 淘宝昵称 id',
    }),
    parts: { customerid: 0.85, userid: 0.8, 客户编号: 0.9, 用户id: 0.85 },
    never: [...NOT_A_PERSON, 'name', 'phone', 'mail', 'age', 'gender', '姓名', '手机', '电话', '邮箱', '性别', '年龄'],
  },
  member: {
    whole: weigh({
      1: '会员编号 会员号 会员id 会员卡号 会员编码 memberid memberno membernumber membercode membercard loyaltyid loyaltyno',
      0.9: '卡号 cardno cardnumber 会员 member 会员账号 会员帐号 vip号 vip卡号 vipno',
      0.5: 'id',
    }),
    parts: { 会员号: 0.9, 会员卡: 0.85, 会员id: 0.9, memberid: 0.85, memberno: 0.85 },
    never: [...NOT_A_PERSON, 'name', 'phone', 'mail', 'bank', '银行', '姓名', '名称', '昵称', '手机', '电话', '邮箱'],
  },
  phone: {
    whole: weigh({
      1: '手机号 手机号码 手机 电话 电话号码 联系电话 会员手机号 客户手机号 买家手机号 下单手机号 phone mobile phonenumber mobilephone mobilenumber tel telephone cellphone',
      0.8: '收货人手机 收货电话 联系方式 contact contactnumber',
    }),
    parts: { 手机: 0.85, 电话: 0.8, phone: 0.8, mobile: 0.8 },
    never: [...NOT_A_PERSON, 'model', 'os', 'brand', '品牌', '型号'],
  },
  openid: {
    whole: weigh({ 1: 'openid wxopenid wechatopenid 微信openid', 0.85: 'wechatid wechat 微信号 微信' }),
    parts: { openid: 0.95 },
    never: NOT_A_PERSON,
  },
  unionid: { whole: weigh({ 1: 'unionid wxunionid 微信unionid' }), parts: { unionid: 0.95 }, never: NOT_A_PERSON },
  email: {
    whole: weigh({ 1: 'email emailaddress mail 邮箱 电子邮箱 邮件 邮箱地址 电子邮件 customeremail' }),
    parts: { email: 0.85, 邮箱: 0.9 },
    never: [...NOT_A_PERSON, 'open', 'click', 'subject', '主题'],
  },
  device: {
    whole: weigh({
      1: 'deviceid cookieid distinctid anonymousid imei idfa oaid androidid clientuuid fullvisitorid 设备id 设备号 设备编号 匿名id',
      0.8: 'cookie device uuid visitor 设备 访客id 访客',
    }),
    parts: { deviceid: 0.9, cookie: 0.7, 设备: 0.7 },
    never: [...NOT_A_PERSON, 'model', 'os', 'brand', 'category', '品牌', '型号', '系统'],
  },
  'id-card': {
    whole: weigh({ 1: '身份证 身份证号 身份证号码 证件号 证件号码 idcard idcardno idnumber nationalid citizenid ssn' }),
    parts: { 身份证: 0.95, 证件号: 0.9, idcard: 0.9 },
    never: ['type', '类型', '地址', 'address'],
  },
  name: {
    whole: weigh({
      1: '姓名 会员姓名 客户姓名 顾客姓名 客户名称 customername membername fullname clientname buyername',
      0.8: 'name 名字 名称 会员名称 会员名 称呼 收货人 收件人 收货人姓名 username nickname 昵称 用户昵称 会员昵称 联系人 lastname surname',
    }),
    parts: { 姓名: 0.9, customername: 0.9, membername: 0.9, 昵称: 0.7 },
    never: ['product', 'item', 'store', 'shop', 'event', 'campaign', '商品', '产品', '门店', '店铺', '事件', '活动'],
  },
  birthday: {
    whole: weigh({ 1: '生日 出生日期 出生年月 出生年月日 birthday birthdate dateofbirth dob birth 会员生日 客户生日' }),
    parts: { birth: 0.85, 生日: 0.9, 出生: 0.9 },
    never: ['place', 'city', '地', '月份', 'month', '券'],
  },
};
