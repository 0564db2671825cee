// Keeps the page for use without a network.
self.importScripts('./service-worker-assets.js');
