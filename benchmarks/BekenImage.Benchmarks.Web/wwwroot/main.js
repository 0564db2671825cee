// The first line says which browser it was.
import { dotnet } from './_framework/dotnet.js';

const runtime = await dotnet.create();
const { BekenImage } = await runtime.getAssemblyExports(runtime.getConfig().mainAssemblyName);
const output = document.querySelector('pre');
output.textContent = navigator.userAgent;
await new Promise(resolve => setTimeout(resolve, 100));
output.textContent += '\n' + BekenImage.Benchmarks.Web.Program.Measure();
document.title = 'Done';
