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

/** wang.xiaoming: the part of an address before the number. */
export function mailName({ family, given }: PersonName): string {
  return `${family[1].toLowerCase()}.${given.map(([, en]) => en).join('')}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
