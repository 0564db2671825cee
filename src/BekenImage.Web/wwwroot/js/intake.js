// Files as they come: from the choosers, and dropped anywhere in the window, folders with all that is in them.

/** Waits for files from a button: it opens the hidden chooser beside it. */
export function chooser(button, input, take) {
  button.addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    const files = [...input.files];
    // The same file may be chosen again.
    input.value = '';
    if (files.length > 0) {
      take(files);
    }
  });
}

const hasFiles = event => [...(event.dataTransfer?.types ?? [])].includes('Files');

// Before the page is ready a file dropped on it would take its place: it waits.
let take = null;
let early = [];
let over = () => {};
let depth = 0;
listen(window);

/** The whole window takes files; `over` is called with true while some hang above it. */
export function dropTarget(takeFiles, showOver) {
  take = takeFiles;
  over = showOver;
  if (early.length > 0) {
    take(early);
  }
}

/** So does the page in a frame, whose events never come to the window. */
export const takeDropsIn = page => listen(page);

function listen(target) {
  const on = (type, react) => target.addEventListener(type, event => {
    if (hasFiles(event)) {
      event.preventDefault();
      react(event);
    }
  });
  const leave = () => {
    depth = 0;
    over(false);
  };
  on('dragenter', () => {
    depth++;
    over(true);
  });
  on('dragover', event => event.dataTransfer.dropEffect = 'copy');
  on('dragleave', () => --depth <= 0 && leave());
  on('drop', async event => {
    leave();
    let files = await filesOf(event.dataTransfer);
    if (target !== window) {
      // What came from a frame would go with it.
      files = files.map(file => file.slice ? Object.assign(new File([file], file.name), { fullPath: file.fullPath }) : file);
    }
    if (!take) {
      early.push(...files);
    } else if (files.length > 0) {
      take(files);
    }
  });
}

// The entries must be asked for before the first await: the list is emptied when the event is over.
async function filesOf(transfer) {
  const entries = [...transfer.items].filter(item => item.kind === 'file').map(item => item.webkitGetAsEntry?.() ?? item.getAsFile());
  const files = [];
  for (const entry of entries) {
    await collect(entry, files);
  }
  return files;
}

async function collect(entry, files) {
  if (typeof entry?.arrayBuffer === 'function') {
    files.push(entry);
  } else if (entry?.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject)).catch(thrown => gone(entry, thrown));
    files.push(Object.assign(file, { fullPath: entry.fullPath.slice(1) }));
  } else if (entry?.isDirectory) {
    const reader = entry.createReader();
    // A reader gives a hundred at a time.
    for (;;) {
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject)).catch(() => []);
      if (some.length === 0) {
        break;
      }
      for (const child of some) {
        await collect(child, files);
      }
    }
  }
}

// A file that vanished between the drop and the look at it: whoever reads it learns why there is nothing.
const gone = (entry, thrown) => ({ name: entry.name, size: 0, arrayBuffer: () => Promise.reject(thrown) });
