import { Engine, EngineError } from './engine.js';

globalThis.engine = await Engine.start();
document.documentElement.dataset.state = 'ready';
