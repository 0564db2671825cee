// Keeps the page for use without a network: every file of the manifest, by its hash, in a cache named by the manifest's version.
// The SDK writes the manifest beside this file when the page is published, and its version into this file.

self.importScripts('./service-worker-assets.js');

const prefix = 'bekenimage-';
const cacheName = prefix + self.assetsManifest.version;
const root = new URL('./', self.location);
const start = new URL('index.html', root).href;

// This file and the manifest are the browser's own business: kept here they could never be renewed.
const assets = self.assetsManifest.assets.filter(asset => !/^service-worker.*\.js$/.test(asset.url));
const known = new Set(assets.map(asset => new URL(asset.url, root).href));

self.addEventListener('install', event => event.waitUntil(install()));
self.addEventListener('activate', event => event.waitUntil(activate()));
self.addEventListener('fetch', event => {
  if (event.request.method === 'GET' && new URL(event.request.url).origin === root.origin) {
    event.respondWith(answer(event.request));
  }
});

// Said by the page when the user wants the new version.
self.addEventListener('message', event => {
  if (event.data === 'take over') {
    self.skipWaiting();
  }
});

// All or nothing: a file that does not fit its hash fails the installation, and the version before stays.
async function install() {
  const cache = await caches.open(cacheName);
  await cache.addAll(assets.map(asset => new Request(new URL(asset.url, root), { integrity: asset.hash, cache: 'no-cache' })));
}

async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter(name => name.startsWith(prefix) && name !== cacheName).map(name => caches.delete(name)));
  await self.clients.claim();
}

async function answer(request) {
  const address = new URL(request.url);
  address.hash = address.search = '';
  const wanted = address.href === root.href ? start : address.href;
  const kept = known.has(wanted) ? await (await caches.open(cacheName)).match(wanted) : undefined;
  return kept ?? fetch(request);
}
