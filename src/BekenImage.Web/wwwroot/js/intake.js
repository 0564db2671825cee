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

// Before the page is ready a file dropped on it would take its place.
for (const type of ['dragover', 'drop']) {
  addEventListener(type, event => hasFiles(event) && event.preventDefault());
}

/** The whole window takes files; `over` is called with true while some hang above it. */
export function dropTarget(take, over) {
  let depth = 0;
  const leave = () => {
    depth = 0;
    over(false);
  };
  addEventListener('dragenter', event => {
    if (hasFiles(event)) {
      event.preventDefault();
      depth++;
      over(true);
    }
  });
  addEventListener('dragover', event => {
    if (hasFiles(event)) {
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    }
  });
  addEventListener('dragleave', event => {
    if (hasFiles(event) && --depth <= 0) {
      leave();
    }
  });
  addEventListener('drop', async event => {
    if (!hasFiles(event)) {
      return;
    }
    event.preventDefault();
    leave();
    const files = await filesOf(event.dataTransfer);
    if (files.length > 0) {
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
  if (entry instanceof File) {
    files.push(entry);
  } else if (entry?.isFile) {
    files.push(await new Promise((resolve, reject) => entry.file(resolve, reject)).catch(thrown => gone(entry, thrown)));
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
