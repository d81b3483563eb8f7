/**
 * How the city of an address is found, in the order of trying. The same patterns serve JavaScript and
 * DuckDB (RE2): no look-around, only characters of the basic plane.
 */
export const CITY_PATTERNS: readonly string[] = [
  '^[ \u3000]*(?:中国)?((?:北京|上海|天津|重庆)市)',
  '^[ \u3000]*(?:中国)?(北京|上海|天津|重庆)[ \u3000]*[一-龥]{1,6}区',
  '^[ \u3000]*(?:中国)?((?:香港|澳门)特别行政区)',
  '^[ \u3000]*(?:中国)?((?:香港|澳门))[一-龥 ]',
  // A province or autonomous region, then a city, prefecture or league.
  '^[ \u3000]*(?:中国)?([一-龥]{2,7}(?:省|自治区)[一-龥]{2,10}?(?:市|自治州|地区|盟))',
  // A city alone in front, then a province that no city follows.
  '^[ \u3000]*(?:中国)?([一-龥]{2,10}?(?:市|自治州|地区|盟))',
  '^[ \u3000]*(?:中国)?([一-龥]{2,7}(?:省|自治区))',
  // Of an English address the part after the last comma, but for state, post code and country.
  ",[ ]*([A-Z][A-Za-z .'-]*[a-z])(?:[ ]*,[ ]*|[ ]+)(?:[A-Z]{2}[ ]+[0-9]{5}(?:-[0-9]{4})?|[A-Z]{1,2}[0-9][A-Z0-9]?[ ]*[0-9][A-Z]{2}|[A-Z]{2,3}[ ]+[0-9]{4}|[0-9]{4,6})[ ]*(?:,[ ]*(?:USA|US|UK|United States|United Kingdom|Canada|Australia|New Zealand))?[ ]*$",
];

/** In characters; a longer text is no address, and would make the search slow. */
export const LONGEST_ADDRESS = 300;

const COMPILED = CITY_PATTERNS.map((pattern) => new RegExp(pattern));

/** The city of an address, with its province where that is written; null where none can be told. */
export function cityOf(address: string): string | null {
  if (address.length > 2 * LONGEST_ADDRESS || Array.from(address).length > LONGEST_ADDRESS) return null;
  for (const pattern of COMPILED) {
    const city = pattern.exec(address)?.[1];
    if (city !== undefined && city !== '') return city;
  }
  return null;
}
