import type { WorkerScope } from './worker-scope.ts';

/**
 * Keeps the built app on the device, so that it opens without a network. It knows pages and their files only:
 * what people write goes through the outbox, and no answer of the server is kept here.
 */
declare const self: WorkerScope;

const family = 'yanxun-app-';
const build = 'yanxun-app-BUILD_NAME';
const files = 'KEPT_FILES'.split(' ');
const page = '/index.html';
/** A line slower than this opens the kept page; what is on it asks the server itself. */
const patience = 4000;
const server = ['/rpc', '/files', '/uploads', '/health'];

const keep = async (): Promise<void> => {
  const cache = await caches.open(build);
  // The page asks anew, past the browser's own cache; files with a hash in their name never change.
  await cache.addAll(files.map((file) => new Request(file, { cache: file === page ? 'reload' : 'default' })));
};

const dropFormer = async (): Promise<void> => {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(family) && name !== build).map((name) => caches.delete(name)),
  );
  await self.clients.claim();
};

const keptPage = async (): Promise<Response> => (await caches.match(page)) ?? Response.error();

const servedPage = async (request: Request): Promise<Response> => {
  try {
    const answer = await fetch(request);
    return answer.status >= 500 ? await keptPage() : answer;
  } catch {
    return keptPage();
  }
};

const afterPatience = async (): Promise<Response | undefined> => {
  await new Promise((resolve) => setTimeout(resolve, patience));
  return caches.match(page);
};

/** The server's page, which is the newest; the kept one where the server is slow, broken or away. */
const openPage = async (request: Request): Promise<Response> => {
  const served = servedPage(request);
  return (await Promise.race([served, afterPatience()])) ?? served;
};

/** Also of a build that waits to take over: a page may come from it already. */
const openFile = async (request: Request): Promise<Response> =>
  (await caches.match(request, { ignoreVary: true })) ?? fetch(request);

self.addEventListener('install', (event) => event.waitUntil(keep()));
self.addEventListener('activate', (event) => event.waitUntil(dropFormer()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (server.some((path) => pathname === path || pathname.startsWith(`${path}/`))) return;
  if (request.mode === 'navigate') event.respondWith(openPage(request));
  else if (files.includes(pathname)) event.respondWith(openFile(request));
  else if (pathname.startsWith('/assets/')) event.respondWith(openFile(request));
});
