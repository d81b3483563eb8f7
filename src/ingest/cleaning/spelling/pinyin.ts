import type { PinyinOf } from './clusters';

const HAN = /^\p{Script=Han}{1,8}$/u;

/** Loads the table of sounds, which is large and seldom needed. Rejects when it cannot be fetched. */
export async function loadPinyin(): Promise<PinyinOf> {
  const { pinyin } = await import('pinyin-pro');
  return (text) => {
    // The rank of a place is not part of its name in letters: 上海市 is Shanghai.
    const name = text.replace(/[省市]$/u, '');
    if (!HAN.test(name)) return null;
    return pinyin(name, { toneType: 'none', type: 'array', v: true }).join('');
  };
}
