// Runs the library beside the window, which therefore never waits. A message is { id, call, values }; the answer { id, value } or { id, error },
// where error is the command's error document as text, or whatever else was thrown.
import { dotnet } from '../_framework/dotnet.js';

async function start() {
  const runtime = await dotnet.create();
  const assembly = await runtime.getAssemblyExports(runtime.getConfig().mainAssemblyName);
  return assembly.BekenImage.Web.Exports;
}

const starting = start();

// Before the runtime is there messages wait for it.
self.addEventListener('message', async ({ data: { id, call, values } }) => {
  try {
    const exports = await starting;
    const value = exports[call](...values);
    self.postMessage({ id, value }, value instanceof Uint8Array ? [value.buffer] : []);
  } catch (error) {
    self.postMessage({ id, error: String(error?.message ?? error) });
  }
});

starting.then(() => self.postMessage({ id: 0, value: true }), error => self.postMessage({ id: 0, error: String(error?.message ?? error) }));
