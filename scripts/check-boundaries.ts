/**
 * What linters cannot say: the closed set of file names, arrows between modules, and who writes which schema.
 * Prints every breach and exits 1; there is no list of exceptions.
 */
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';

const mayUse: Readonly<Record<string, readonly string[]>> = {
  organisation: [],
  accounts: ['organisation'],
  plans: ['organisation'],
  library: ['organisation', 'plans'],
  activities: ['organisation', 'plans', 'library'],
  classroom: ['organisation', 'plans', 'library'],
  exams: ['organisation', 'library'],
  insight: ['organisation', 'plans', 'library', 'activities', 'classroom', 'exams'],
  evaluation: ['organisation', 'accounts', 'plans', 'library', 'activities', 'classroom', 'exams', 'insight'],
  circulars: ['organisation', 'plans', 'classroom', 'insight', 'evaluation'],
};

const moduleFiles = new Set([
  'README.md',
  'contract.ts',
  'rules.ts',
  'policy.ts',
  'store.ts',
  'actions.ts',
  'routes.ts',
  'demo.ts',
  'testing.ts',
]);
const shownToNeighbours = new Set(['contract.ts', 'rules.ts', 'store.ts', 'web']);
/** Which files of the same module each kind may import. */
const layers: Readonly<Record<string, readonly string[]>> = {
  'contract.ts': ['contract.ts'],
  'rules.ts': ['contract.ts', 'rules.ts'],
  'policy.ts': ['contract.ts', 'rules.ts', 'policy.ts'],
  'store.ts': ['contract.ts', 'rules.ts', 'policy.ts', 'store.ts'],
  'actions.ts': ['contract.ts', 'rules.ts', 'policy.ts', 'store.ts', 'actions.ts'],
  'routes.ts': ['contract.ts', 'rules.ts', 'policy.ts', 'actions.ts', 'routes.ts'],
};
/** Pure files take plain values: no database, no clock, no request. */
const pureFiles = new Set(['contract.ts', 'rules.ts', 'policy.ts']);
const pureFromPlatform = new Set([
  'dates.ts',
  'is-record.ts',
  'refusal.ts',
  'word/document.ts',
  'text-search/grams.ts',
  'text-search/query.ts',
]);

const breaches: string[] = [];
const breach = (file: string, sentence: string): void => {
  breaches.push(`${file}: ${sentence}`);
};

interface Place {
  readonly module: string;
  /** Path inside the module. */
  readonly inside: string;
  /** Its role: a file name of the closed set, `web`, or `test`. */
  readonly role: string;
}

const placeOf = (file: string): Place | null => {
  const match = /^src\/modules\/([^/]+)\/(.+)$/.exec(file);
  if (match === null) return null;
  const [, module = '', inside = ''] = match;
  const role = inside.endsWith('.test.ts') ? 'test' : /(?:^|\/)web\//.test(inside) ? 'web' : basename(inside);
  return { module, inside, role };
};

/** `#modules/x/y.ts` and `./y.ts` as paths from the root; packages stay as they are. */
const resolveImport = (from: string, specifier: string): string => {
  if (specifier.startsWith('#')) return `src/${specifier.slice(1)}`;
  return specifier.startsWith('.') ? normalize(join(dirname(from), specifier)) : specifier;
};

const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, specifier = '']) => specifier);

const checkNames = (file: string, { inside, role, module }: Place): void => {
  if (!(module in mayUse)) breach(file, `no module "${module}" is planned`);
  if (!/^[a-z0-9-]+(?:\.test)?(?:\.[a-z]+)$/.test(basename(file)) && basename(file) !== 'README.md')
    breach(file, 'file names are kebab-case');
  if (role === 'web') {
    const rest = inside.slice(inside.indexOf('web/') + 4);
    if (!/^(?:nav\.tsx|[a-z-]+-page\.tsx|parts\/[a-z-]+\.(?:tsx?|css)|[a-z-]+\.css)$/.test(rest))
      breach(file, 'web/ holds nav.tsx, <what-you-see>-page.tsx and parts/');
  } else if (role !== 'test' && !moduleFiles.has(role))
    breach(file, `"${role}" is not in the closed set of file names`);
};

const checkImport = (file: string, from: Place, target: string): void => {
  const to = placeOf(target);
  if (to === null) {
    if (pureFiles.has(from.role) && target.startsWith('src/platform/')) {
      if (!pureFromPlatform.has(target.slice('src/platform/'.length)))
        breach(file, `${from.role} is pure and may not import ${target}`);
    }
    if (from.role !== 'web' && target.startsWith('src/web/')) breach(file, 'only web/ imports #web/');
    return;
  }
  if (from.role === 'web' && !['contract.ts', 'rules.ts', 'web'].includes(to.role))
    breach(file, `a page may not import ${target}`);
  if (to.module === from.module) {
    const allowed = layers[from.role];
    if (allowed !== undefined && !allowed.includes(to.role))
      breach(file, `${from.role} may not import ${to.role}`);
    return;
  }
  if (mayUse[from.module]?.includes(to.module) !== true)
    breach(file, `${from.module} may not use ${to.module}`);
  const testing =
    (from.role === 'test' || from.role === 'testing.ts') && ['testing.ts', 'actions.ts'].includes(to.role);
  if (!shownToNeighbours.has(to.role) && !testing)
    breach(file, `${to.module} shows its neighbours contract, rules, store and web, not ${to.role}`);
};

const holdsSql = new Set(['store.ts', 'testing.ts', 'demo.ts', 'test']);

const checkSql = (file: string, place: Place, text: string): void => {
  const touches = /\.(?:selectFrom|insertInto|updateTable|deleteFrom)\(|\bsql(?:<[^>]*>)?`/.test(text);
  if (touches && !holdsSql.has(place.role)) breach(file, 'store.ts is the only file with SQL');
  if (place.role === 'test' || place.role === 'testing.ts') return;
  const written = text.matchAll(
    /(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*'([a-z]+)\.|(?:insert into|update|delete from)\s+([a-z]+)\.[a-z_]+/g,
  );
  for (const [, built, raw] of written) {
    const schema = built ?? raw ?? '';
    if (schema in mayUse && schema !== place.module)
      breach(file, `${place.module} may not write ${schema}'s tables`);
  }
  const readSchemas = text.matchAll(
    /(?:selectFrom|[jJ]oin)\(\s*(?:\(?\w*\)?\s*)'([a-z]+)\.|\b(?:from|join)\s+([a-z]+)\.[a-z_]+/g,
  );
  for (const [, built, raw] of readSchemas) {
    const schema = built ?? raw ?? '';
    if (schema in mayUse && schema !== place.module && mayUse[place.module]?.includes(schema) !== true)
      breach(file, `${place.module} may not read ${schema}'s tables`);
  }
  if (/'(?:=|!=|<>)',\s*null\b/.test(text)) breach(file, "compare with null by 'is' or 'is not'");
};

const checkRoutes = (file: string, text: string): void => {
  for (const [, guard] of text.matchAll(/\.handler\(\s*([a-zA-Z]+)/g))
    if (!['read', 'write', 'preparedWrite', 'open'].includes(guard ?? ''))
      breach(
        file,
        'every handler goes through read(), write(), preparedWrite() or open(), so that it names its permission',
      );
};

const knowsAllModules = new Set(['src/app.ts', 'src/web/router.tsx']);
/** The shell asks who is signed in and lets people sign in again; that much of accounts it knows. */
const shellKnows = /^src\/modules\/(?:accounts\/(?:contract\.ts|web\/)|organisation\/contract\.ts)/;

for (const raw of globSync('src/**/*.{ts,tsx,md,css}')) {
  const file = raw.replaceAll('\\', '/');
  const text = readFileSync(file, 'utf8');
  const place = placeOf(file);
  const targets = importsOf(text).map((specifier) => resolveImport(file, specifier));
  if (place !== null) {
    checkNames(file, place);
    for (const target of targets) checkImport(file, place, target);
    checkSql(file, place, text);
    if (place.role === 'routes.ts') checkRoutes(file, text);
    continue;
  }
  for (const target of targets) {
    if (!target.startsWith('src/modules/') || knowsAllModules.has(file)) continue;
    if (file.startsWith('src/platform/')) breach(file, 'platform knows nothing of schools');
    if (file.startsWith('src/web/') && !shellKnows.test(target))
      breach(file, 'of the modules, the shell knows sign-in only');
  }
  if (file.startsWith('src/platform/') && targets.some((target) => target.startsWith('src/web/')))
    breach(file, 'platform may not import the web app');
}

if (breaches.length > 0) {
  console.error(breaches.sort().join('\n'));
  process.exit(1);
}
console.log('boundaries: 0 breaches');
