import type { Random } from '../../core/random';
import { weighted } from '../distributions';
import { words, type Words } from './words';

export const CATEGORIES = {
  tea: words('Tea', '茶饮'),
  snacks: words('Snacks', '零食'),
  kitchen: words('Kitchen', '餐厨'),
  bedding: words('Bed and bath', '床品卫浴'),
  care: words('Personal care', '个护清洁'),
  clothes: words('Clothes', '服饰'),
  digital: words('Digital', '数码配件'),
  stationery: words('Stationery', '文具'),
} as const;
export type CategoryId = keyof typeof CATEGORIES;
export const CATEGORY_IDS = Object.keys(CATEGORIES) as readonly CategoryId[];

const BRANDS = {
  lantern: words('Lantern', '灯笼'),
  hill: words('Clear Hill', '清山'),
  sparrow: words('Sparrow', '小雀'),
  mill: words('Old Mill', '老磨坊'),
  tide: words('Low Tide', '浅潮'),
  cotton: words('Cotton Field', '棉田'),
} as const;
type BrandId = keyof typeof BRANDS;

export interface Product {
  readonly sku: string;
  readonly name: Words;
  readonly category: CategoryId;
  readonly brand: Words;
  readonly priceCents: number;
}

type Shelf = readonly (readonly [en: string, zh: string, brand: BrandId, priceCents: number])[];

/** Within a category the first is the most wanted: the n-th has the weight 1 / n. */
const SHELVES: Readonly<Record<CategoryId, Shelf>> = {
  tea: [
    ['Jasmine green tea, 100 g', '茉莉绿茶 100克', 'hill', 4_900],
    ['Tieguanyin oolong, 125 g', '铁观音 125克', 'hill', 8_800],
    ['Aged white tea cake', '老白茶饼', 'hill', 19_800],
    ['Cold brew tea bags, 20 pcs', '冷泡茶包 20袋', 'lantern', 3_990],
    ['Chrysanthemum tea', '菊花茶', 'lantern', 2_590],
    ['Osmanthus black tea', '桂花红茶', 'hill', 6_900],
  ],
  snacks: [
    ['Salted almonds, 250 g', '盐焗巴旦木 250克', 'mill', 3_590],
    ['Egg roll biscuits', '手工蛋卷', 'mill', 2_680],
    ['Dried mango', '芒果干', 'sparrow', 1_990],
    ['Seaweed crisps', '海苔脆片', 'sparrow', 1_290],
    ['Red bean pastry, box of 8', '红豆酥 8枚装', 'mill', 4_280],
    ['Dark chocolate 72%', '黑巧克力 72%', 'sparrow', 3_190],
    ['New Year nut gift box', '年货坚果礼盒', 'mill', 12_800],
  ],
  kitchen: [
    ['Glass teapot "Morning", 600 ml', '玻璃茶壶“清晨” 600毫升', 'lantern', 12_900],
    ['Stoneware mug', '粗陶马克杯', 'lantern', 5_900],
    ['Cast iron pan, 26 cm', '铸铁煎锅 26厘米', 'mill', 23_900],
    ['Bamboo chopsticks, 10 pairs', '竹筷 10双', 'lantern', 2_990],
    ['Lunch box, two tiers', '双层便当盒', 'sparrow', 7_900],
    ['Kitchen scale', '厨房电子秤', 'tide', 9_900],
  ],
  bedding: [
    ['Cotton bed set, double', '全棉四件套 双人', 'cotton', 39_900],
    ['Bath towel', '纯棉浴巾', 'cotton', 7_900],
    ['Latex pillow', '乳胶枕', 'cotton', 18_900],
    ['Summer quilt', '夏凉被', 'cotton', 25_900],
    ['Face cloths, 100 pcs', '洗脸巾 100抽', 'tide', 1_990],
  ],
  care: [
    ['Hand cream, 50 g', '护手霜 50克', 'tide', 2_990],
    ['Shampoo, 500 ml', '洗发水 500毫升', 'tide', 5_990],
    ['Sunscreen SPF 50', '防晒霜 SPF50', 'tide', 8_900],
    ['Laundry liquid, 2 l', '洗衣液 2升', 'sparrow', 3_990],
    ['Electric toothbrush', '电动牙刷', 'tide', 19_900],
    ['Sheet masks, 5 pcs', '面膜 5片装', 'tide', 6_900],
  ],
  clothes: [
    ['Crew socks, 3 pairs', '中筒袜 3双', 'cotton', 2_990],
    ['Cotton T-shirt', '纯棉T恤', 'cotton', 7_900],
    ['Linen shirt', '亚麻衬衫', 'cotton', 19_900],
    ['Light down jacket', '轻薄羽绒服', 'cotton', 49_900],
    ['Pyjamas', '家居服套装', 'cotton', 15_900],
    ['Wool scarf', '羊毛围巾', 'cotton', 16_900],
  ],
  digital: [
    ['USB-C cable, 1 m', 'USB-C数据线 1米', 'sparrow', 2_990],
    ['Power bank, 10 000 mAh', '充电宝 10000毫安', 'sparrow', 12_900],
    ['Desk lamp', '护眼台灯', 'lantern', 22_900],
    ['Wireless earphones', '无线耳机', 'sparrow', 29_900],
    ['Phone stand', '手机支架', 'lantern', 2_490],
  ],
  stationery: [
    ['Gel pens, 6 pcs', '中性笔 6支', 'lantern', 1_490],
    ['Notebook A5', 'A5笔记本', 'lantern', 1_990],
    ['Desk calendar', '台历', 'lantern', 3_290],
    ['Sticky notes', '便利贴', 'sparrow', 990],
    ['Fountain pen', '钢笔', 'lantern', 8_900],
  ],
};

export const PRODUCTS: readonly Product[] = CATEGORY_IDS.flatMap((category, shelf) =>
  SHELVES[category].map(([en, zh, brand, priceCents], position) => ({
    sku: `LS${shelf + 1}${String(position + 1).padStart(3, '0')}`,
    name: words(en, zh),
    category,
    brand: BRANDS[brand],
    priceCents,
  })),
);

/** Bought together on purpose, so that a basket analysis has something true to find. */
export const COMPANIONS: ReadonlyMap<string, string> = new Map([
  ['LS1001', 'LS3001'],
  ['LS1002', 'LS3002'],
  ['LS4001', 'LS4003'],
  ['LS8001', 'LS8002'],
]);
export const COMPANION_SHARE = 0.3;

const BY_SKU: ReadonlyMap<string, Product> = new Map(PRODUCTS.map((product) => [product.sku, product]));

/** Throws RangeError for a number that is not in the catalogue. */
export function productOf(sku: string): Product {
  const product = BY_SKU.get(sku);
  if (product === undefined) throw new RangeError(`invalid sku: ${sku}`);
  return product;
}

/** Draws a product: the category by `mix`, then the product by its rank on the shelf. */
export function productPicker(mix: Readonly<Record<CategoryId, number>>): (random: Random) => Product {
  const weights = PRODUCTS.map((product) => mix[product.category] * shelfShare(product));
  const pick = weighted(weights);
  return (random) => productAt(pick(random));
}

function shelfShare(product: Product): number {
  const rank = Number(product.sku.slice(3));
  const all = SHELVES[product.category].reduce((sum, _, position) => sum + 1 / (position + 1), 0);
  return 1 / rank / all;
}

function productAt(position: number): Product {
  const product = PRODUCTS[position];
  if (product === undefined) throw new RangeError(`invalid product: ${position}`);
  return product;
}
