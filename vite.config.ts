import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Writes .br and .gz beside every text file once, so that no request pays for compressing. */
const precompressed = (): Plugin => ({
  name: 'precompressed',
  apply: 'build',
  writeBundle: ({ dir = '' }) => {
    for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(?:js|css|html|svg)$/.test(name)) continue;
      const bytes = readFileSync(join(dir, name));
      writeFileSync(join(dir, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      writeFileSync(
        join(dir, `${name}.br`),
        brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
      );
    }
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
  plugins: [react(), zodWithoutEval(), precompressed()],
  build: {
    outDir: 'dist/web',
    target: 'es2022',
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        // A slow line pays for every file: the first screen's cards are one, and so is what several pages share,
        // but for the lens tools, which few open.
        codeSplitting: {
          groups: [
            { name: 'home', test: /-card\.tsx$/, priority: 2 },
            {
              name: 'shared',
              test: /\/src\/(?!.*(?:contract\.ts|\/(?:use-)?lens))/,
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
    proxy: Object.fromEntries(
      ['/rpc', '/files', '/uploads', '/health'].map((path) => [path, 'http://127.0.0.1:3000']),
    ),
  },
});
