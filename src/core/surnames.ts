/** The surnames of four in five Chinese. */
const COMMON =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文';
/** Of nine in ten with these; many are words as well. */
const RARER =
  '庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶瞿戚丘古米池滕晋苑邬臧畅宫来苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙伏岑习胥保和蔺水云昌凤酆皮元平湛禹狄贝茅危';
const COMPOUND =
  '欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 令狐 宇文 长孙 夏侯 南宫 独孤 端木 百里 东郭 轩辕 闻人 澹台 呼延 申屠 太史 完颜 拓跋 赫连 西门'.split(
    ' ',
  );
const single = new Set(COMMON + RARER);
const compound = new Set(COMPOUND);

/** A surname as a part of a regular expression: those that are hardly words, for names within a text. */
export const SURNAME_PATTERN = `(?:${COMPOUND.join('|')}|[${COMMON}])`;

/** True for two to four Chinese characters that begin with a surname and leave one or two for the given name, or a name with a dot. */
export function startsWithSurname(name: string): boolean {
  if (name.includes('·')) return true;
  const points = Array.from(name);
  if (compound.has(points.slice(0, 2).join(''))) return points.length >= 3;
  return points.length >= 2 && points.length <= 3 && single.has(points[0] ?? '');
}
