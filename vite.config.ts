import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const workerFile = 'service-worker.js';

/** Writes .br and .gz beside every text file once, so that no request pays for compressing. */
const precompressed = (): Plugin => ({
  name: 'precompressed',
  apply: 'build',
  writeBundle: ({ dir = '' }) => {
    for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(?:js|css|html|svg|webmanifest)$/.test(name)) continue;
      const bytes = readFileSync(join(dir, name));
      writeFileSync(join(dir, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      writeFileSync(
        join(dir, `${name}.br`),
        brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
      );
    }
  },
});

/**
 * Fills in what the service worker keeps: every built file and every public one, and a name that changes with any of
 * them, so that a device never mixes two builds.
 */
const keptFiles = (): Plugin => ({
  name: 'kept-files',
  apply: 'build',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler: (_options, bundle) => {
      const worker = bundle[workerFile];
      if (worker?.type !== 'chunk') throw new Error(`the build has no ${workerFile}`);
      const built = Object.keys(bundle).filter((name) => name !== workerFile);
      const files = [...built, ...readdirSync('public', { encoding: 'utf8' })].sort();
      const hash = createHash('sha256').update(worker.code);
      for (const name of files) {
        const one = bundle[name];
        hash.update(name);
        if (one === undefined) hash.update(readFileSync(join('public', name)));
        else hash.update(one.type === 'chunk' ? one.code : one.source);
      }
      worker.code = worker.code
        .replace('KEPT_FILES', files.map((name) => `/${name}`).join(' '))
        .replace('BUILD_NAME', hash.digest('hex').slice(0, 16));
    },
  },
});

/** Zod tries `new Function` for speed unless told otherwise, which the page's content security policy reports. */
const zodWithoutEval = (): Plugin => ({
  name: 'zod-without-eval',
  apply: 'build',
  transform: (code, id) =>
    id.endsWith('/zod/v4/core/core.js')
      ? { code: `globalThis.__zod_globalConfig = { jitless: true };\n${code}`, map: null }
      : null,
});

export default defineConfig({
  plugins: [react(), zodWithoutEval(), keptFiles(), precompressed()],
  build: {
    outDir: 'dist/web',
    target: 'es2022',
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    rolldownOptions: {
      input: { index: 'index.html', 'service-worker': 'src/web/service-worker.ts' },
      output: {
        // A service worker keeps its address from build to build.
        entryFileNames: ({ name }) => (name === 'service-worker' ? workerFile : 'assets/[name]-[hash].js'),
        // A slow line pays for every file: the first screen's cards are one, and so is what several pages share,
        // but for the lens tools, which few open, forms, which bring their schemas along, and the library, whose
        // parts bring the editor.
        codeSplitting: {
          groups: [
            { name: 'home', test: /-card\.tsx$/, priority: 2 },
            {
              name: 'shared',
              test: /\/src\/(?!modules\/library\/|.*(?:contract\.ts|-form\.tsx|\/(?:use-)?lens))/,
              minShareCount: 2,
              priority: 1,
            },
          ],
        },
      },
    },
    reportCompressedSize: false,
  },
  server: {
    port: 5173,
    proxy: {
      ...Object.fromEntries(
        ['/rpc', '/files', '/uploads', '/health'].map((path) => [path, 'http://127.0.0.1:3000']),
      ),
      '/co-editing': { target: 'http://127.0.0.1:3000', ws: true },
    },
  },
});
