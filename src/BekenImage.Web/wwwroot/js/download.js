// Files for the user: a download with a name that tells what it is.

/** The name of a file without folders and without its ending. */
export function stem(name) {
  const last = name.split(/[\\/]/).pop();
  return last.replace(/(\.(bin|gz|zip|rbl|uf2|img|json))+$/i, '') || last || 'image';
}

/** A part of a name that stands in lines for a shell: it has nothing a shell would read. */
export const plainName = text => text.replace(/[^A-Za-z0-9._+-]+/g, '-').replace(/^[-.]+/, '').slice(0, 60).replace(/-+$/, '') || 'image';

export function save(name, content, type = 'application/octet-stream') {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser may still be reading it; a minute is enough for what is in memory.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export const saveText = (name, text, type = 'text/plain') => save(name, text, `${type};charset=utf-8`);

export const saveJson = (name, document) =>
  saveText(name, (typeof document === 'string' ? document : JSON.stringify(document, null, 2)) + '\n', 'application/json');

/** Puts text on the clipboard; false where the browser does not allow it. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
