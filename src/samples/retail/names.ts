import type { Random } from '../../core/random';
import type { Locale } from '../../i18n/format';
import { oneOf } from '../distributions';

/** A name in parts, so that a till can write it in its own way. */
export interface PersonName {
  readonly family: Syllables;
  readonly given: readonly Syllables[];
}

type Syllables = readonly [zh: string, en: string];

const FAMILY: readonly Syllables[] = [
  ['王', 'Wang'],
  ['李', 'Li'],
  ['张', 'Zhang'],
  ['刘', 'Liu'],
  ['陈', 'Chen'],
  ['杨', 'Yang'],
  ['赵', 'Zhao'],
  ['黄', 'Huang'],
  ['周', 'Zhou'],
  ['吴', 'Wu'],
  ['徐', 'Xu'],
  ['孙', 'Sun'],
  ['胡', 'Hu'],
  ['朱', 'Zhu'],
  ['高', 'Gao'],
  ['林', 'Lin'],
  ['何', 'He'],
  ['郭', 'Guo'],
  ['马', 'Ma'],
  ['罗', 'Luo'],
  ['梁', 'Liang'],
  ['宋', 'Song'],
  ['郑', 'Zheng'],
  ['谢', 'Xie'],
  ['韩', 'Han'],
  ['唐', 'Tang'],
  ['冯', 'Feng'],
  ['于', 'Yu'],
  ['董', 'Dong'],
  ['萧', 'Xiao'],
  ['欧阳', 'Ouyang'],
  ['司马', 'Sima'],
];

const GIVEN: readonly Syllables[] = [
  ['伟', 'wei'],
  ['芳', 'fang'],
  ['娜', 'na'],
  ['敏', 'min'],
  ['静', 'jing'],
  ['丽', 'li'],
  ['强', 'qiang'],
  ['磊', 'lei'],
  ['军', 'jun'],
  ['洋', 'yang'],
  ['勇', 'yong'],
  ['艳', 'yan'],
  ['杰', 'jie'],
  ['涛', 'tao'],
  ['明', 'ming'],
  ['超', 'chao'],
  ['秀', 'xiu'],
  ['霞', 'xia'],
  ['平', 'ping'],
  ['刚', 'gang'],
  ['桂', 'gui'],
  ['英', 'ying'],
  ['华', 'hua'],
  ['玉', 'yu'],
  ['文', 'wen'],
  ['子', 'zi'],
  ['涵', 'han'],
  ['雨', 'yu'],
  ['欣', 'xin'],
  ['怡', 'yi'],
  ['浩', 'hao'],
  ['宇', 'yu'],
  ['轩', 'xuan'],
  ['晨', 'chen'],
  ['思', 'si'],
  ['梦', 'meng'],
  ['琪', 'qi'],
  ['嘉', 'jia'],
  ['悦', 'yue'],
  ['安', 'an'],
];

/** What is typed in place of a character of GIVEN, because it sounds the same. */
const HOMOPHONES: Readonly<Record<string, string>> = {
  伟: '玮',
  芳: '方',
  娜: '那',
  敏: '闵',
  静: '婧',
  丽: '莉',
  强: '蔷',
  磊: '蕾',
  军: '君',
  洋: '阳',
  勇: '永',
  艳: '燕',
  杰: '洁',
  涛: '滔',
  明: '铭',
  超: '朝',
  秀: '绣',
  霞: '侠',
  平: '萍',
  刚: '钢',
  桂: '贵',
  英: '瑛',
  华: '桦',
  玉: '钰',
  文: '雯',
  子: '梓',
  涵: '晗',
  雨: '羽',
  欣: '心',
  怡: '宜',
  浩: '昊',
  宇: '禹',
  轩: '萱',
  晨: '辰',
  思: '斯',
  梦: '孟',
  琪: '祺',
  嘉: '佳',
  悦: '月',
  安: '鞍',
};

const TWO_SYLLABLES_SHARE = 0.75;

export function drawName(random: Random): PersonName {
  const family = oneOf(random, FAMILY);
  const first = oneOf(random, GIVEN);
  return { family, given: random() < TWO_SYLLABLES_SHARE ? [first, oneOf(random, GIVEN)] : [first] };
}

/** 王小明; Wang Xiaoming. */
export function writeName({ family, given }: PersonName, locale: Locale): string {
  if (locale === 'zh') return family[0] + given.map(([zh]) => zh).join('');
  return `${family[1]} ${capital(given.map(([, en]) => en).join(''))}`;
}

/** The same name as another till wrote it: 王 小明; Xiaoming Wang. */
export function writeNameOtherwise({ family, given }: PersonName, locale: Locale): string {
  if (locale === 'zh') return `${family[0]} ${given.map(([zh]) => zh).join('')}`;
  return `${capital(given.map(([, en]) => en).join(''))} ${family[1]}`;
}

/** The same name with a slip in its last syllable: a character of the same sound; a letter left out. */
export function writeNameWrong(name: PersonName, locale: Locale): string {
  const written = writeName(name, locale);
  const last = name.given.at(-1)?.[0] ?? '';
  if (locale === 'zh') return written.slice(0, -last.length) + (HOMOPHONES[last] ?? last);
  return written.slice(0, -2) + written.slice(-1);
}

/** wang.xiaoming: the part of an address before the number. */
export function mailName({ family, given }: PersonName): string {
  return `${family[1].toLowerCase()}.${given.map(([, en]) => en).join('')}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
