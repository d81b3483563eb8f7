/** The house rules that no linter knows, as a pure function of the files so that a seeded violation can prove each. */

export interface SourceFile {
  /** From the top of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface Violation {
  readonly rule: string;
  readonly path: string;
  readonly detail: string;
}

type Rule = (file: SourceFile) => readonly string[];

const MAX_LINES = 320;
const VAGUE_NAMES = /^(utils?|helpers?|common|misc|shared)$/;
const LINE_COMMENT = /^\s*(\/\/|\/?\*)|<!--/;
/** Namespaces are names, not addresses; nothing is fetched from them. */
const NAMESPACES = ['http://www.w3.org/', 'http://schemas.openxmlformats.org/'];

const RULES: Readonly<Record<string, Rule>> = {
  'a file has one idea': ({ text }) => {
    const lines = text.trimEnd().split('\n').length;
    return lines > MAX_LINES ? [`${lines} lines (at most ${MAX_LINES})`] : [];
  },
  'a name says the idea': ({ path }) => path.split('/').filter((part) => VAGUE_NAMES.test(part.replace(/\..*$/, ''))),
  'a module is kebab-case, a component PascalCase': ({ path }) => {
    const name = path.split('/').at(-1) ?? '';
    const fits = name.endsWith('.svelte') ? /^[A-Z][A-Za-z0-9]*\.svelte$/ : /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)+$/;
    return fits.test(name) ? [] : [name];
  },
  'no barrels': ({ path, text }) => {
    const reexports = text.split('\n').filter((line) => /^export (type )?(\*|\{[^}]*\}) from/.test(line));
    const isIndex = /(^|\/)index\.(ts|js)$/.test(path);
    return isIndex || reexports.some((line) => line.includes('*')) || reexports.length > 1
      ? ['re-exports other modules']
      : [];
  },
  'no raw HTML': ({ text }) =>
    matches(text, /\{@html|\.innerHTML\b|\.outerHTML\b|insertAdjacentHTML|document\.write\b/),
  'no foreign addresses': ({ text }) =>
    codeLines(text).flatMap((line) =>
      [...line.matchAll(/(?:https?|wss?|ftp|s3|hf):\/\/[^\s'"`<>)]*/g)]
        .map(([address]) => address)
        .filter((address) => !NAMESPACES.some((namespace) => address.startsWith(namespace))),
    ),
  'no escape from the types': ({ text }) => matches(text, /@ts-(ignore|nocheck|expect-error)|\bas any\b/),
  'Chinese is set with its own punctuation': ({ path, text }) =>
    /messages\.ts$/.test(path)
      ? codeLines(text).flatMap((line) => matches(line, /[\u4e00-\u9fff][,:;?!]|[,;?!][\u4e00-\u9fff]/))
      : [],
  'nothing unfinished': ({ text }) => matches(text, /\b(TODO|FIXME|XXX|HACK)\b/),
  'no hidden switches on tests': ({ path, text }) =>
    path.startsWith('tests/') ? matches(text, /\b(test|it|describe)\.(only|skip|todo|fixme|fails)\b/) : [],
};

/** Markdown and text beside the code are prose: only their place and name are of interest. */
const PROSE = /\.(md|txt|json|css)$/;

export function findViolations(files: readonly SourceFile[]): readonly Violation[] {
  return files.flatMap((file) =>
    Object.entries(RULES)
      .filter(([rule]) => !PROSE.test(file.path) || rule === 'a name says the idea')
      .flatMap(([rule, find]) => find(file).map((detail) => ({ rule, path: file.path, detail }))),
  );
}

function matches(text: string, pattern: RegExp): readonly string[] {
  const found = pattern.exec(text);
  return found === null ? [] : [found[0]];
}

function codeLines(text: string): readonly string[] {
  return text.split('\n').filter((line) => !LINE_COMMENT.test(line));
}
