// Zod tries `new Function` for speed unless told otherwise, which the page's content security policy forbids and
// reports. Set without importing zod, so that first screens stay without it.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
