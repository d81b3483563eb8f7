/** How names sound, so that 王雨 and 王宇, or 王小明 and Xiaoming Wang, can be told to be alike. */
export interface NameSounds {
  /** Latin words in alphabetical order with one blank between: `wang xiaoming`. */
  of(name: string): string;
}

const HAN = /^\p{Script=Han}+$/u;

/** Family names of two characters; all others are taken to have one. Source: the compound names in use today. */
const LONG_FAMILY_NAMES = new Set(
  '欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 夏侯 令狐 端木 南宫 独孤 西门 呼延 宇文 长孙 轩辕 申屠 闻人 澹台 公羊 赫连 濮阳 淳于 单于 太史 钟离 鲜于 闾丘'.split(
    ' ',
  ),
);

/** Loads the pronunciations (pinyin-pro, about 80 KB gzipped) when they are first needed. */
export async function loadNameSounds(): Promise<NameSounds> {
  const { pinyin } = await import('pinyin-pro');
  const known = new Map<string, string>();
  const sound = (han: string): string[] => pinyin(han, { toneType: 'none', type: 'array', mode: 'surname', v: true });
  const soundsOf = (name: string): string => {
    if (!HAN.test(name)) {
      const words = name
        .normalize('NFD')
        .replaceAll(/\p{M}/gu, '')
        .toLowerCase()
        .split(/[^\p{L}]+/u);
      return inOrder(words.map((word) => (/\p{Script=Han}/u.test(word) ? sound(word).join('') : word)));
    }
    const syllables = sound(name);
    const family = LONG_FAMILY_NAMES.has([...name].slice(0, 2).join('')) && syllables.length > 2 ? 2 : 1;
    return inOrder([syllables.slice(0, family).join(''), syllables.slice(family).join('')]);
  };
  return {
    of(name) {
      let sounds = known.get(name);
      if (sounds === undefined) known.set(name, (sounds = soundsOf(name)));
      return sounds;
    },
  };
}

function inOrder(words: readonly string[]): string {
  return words
    .filter((word) => word !== '')
    .sort()
    .join(' ');
}
