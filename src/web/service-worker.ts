/**
 * Keeps the built app on the device, so that it opens without a network. It knows pages and their files only:
 * what people write goes through the outbox, and no answer of the server is kept here.
 */
interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
declare const self: {
  addEventListener(kind: 'install' | 'activate', listen: (event: Lasting) => void): void;
  addEventListener(kind: 'fetch', listen: (event: Asked) => void): void;
  readonly clients: { claim(): Promise<void> };
  readonly location: Location;
};

const family = 'yanxun-app-';
const build = `${family}${'BUILD_NAME'}`;
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

/** The server's page, which is the newest; the kept one where the server is slow, broken or away. */
const openPage = (request: Request): Promise<Response> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => {
      void caches.match(page).then((kept) => {
        if (kept !== undefined) resolve(kept);
      });
    }, patience);
    fetch(request).then(
      (answer) => {
        clearTimeout(timer);
        resolve(answer.status >= 500 ? keptPage() : answer);
      },
      () => {
        clearTimeout(timer);
        resolve(keptPage());
      },
    );
  });

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

export {};
