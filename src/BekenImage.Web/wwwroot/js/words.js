// How numbers and the words of the documents are said. A word that is not known here is shown as it is.

const kinds = {
  dump: 'dump of a device',
  qio: 'firmware file (QIO)',
  ua: 'packed app (UA)',
  app: 'plain app',
  bootloader: 'bootloader',
  ota: 'update package (OTA)',
  ug: 'update file (UG)',
  piece: 'piece of a dump',
  package: 'firmware package',
  unknown: 'nothing known',
};

const flavors = {
  tuya: 'Tuya',
  openbeken: 'OpenBeken',
  'beken-freertos': 'Beken FreeRTOS',
  libretiny: 'LibreTiny',
  'beken-armino': 'Beken Armino',
};

export const origins = {
  factory: 'from the device',
  firmware: 'from the firmware',
  built: 'made anew',
  moved: 'moved',
  erased: 'erased',
};

const states = {
  boots: 'it boots',
  recoverable: 'its bootloader takes a new write',
  'needs-bootloader': 'only the chip\'s ROM or a programmer helps',
};

export const stateWord = word => states[word] ?? word;

export const kindWord = kind => kinds[kind] ?? kind;

/** The firmware a document names, with its version; null where it names none. */
export function firmwareWord(document) {
  if (!document.flavor || document.flavor === 'unknown') {
    return null;
  }
  const name = flavors[document.flavor] ?? document.flavor;
  return document.appVersion ? `${name} ${document.appVersion}` : name;
}

export function hex(value) {
  return '0x' + value.toString(16).padStart(6, '0');
}

const short = value => String(Math.round(value * 10) / 10);

export function size(bytes) {
  return bytes < 1024 ? count(bytes, 'byte')
    : bytes < 1024 * 1024 ? `${short(bytes / 1024)} KiB`
    : `${short(bytes / 1024 / 1024)} MiB`;
}

export function count(number, one, many = one + 's') {
  return `${number} ${number === 1 ? one : many}`;
}

// A message may begin with a value, such as a MAC: that is no word to begin a sentence with.
const wordFirst = /^\p{L}[\p{L}'-]*(?=[,;:.]?(?:\s|$))/u;

export function sentence(text) {
  return !text ? '' : text.replace(wordFirst, word => word[0].toUpperCase() + word.slice(1)) + (/[.!?:]$/.test(text) ? '' : '.');
}

/** yes, no or not known, with its tone. */
export function answer(value) {
  return value === true ? { tone: 'good', text: 'yes' } : value === false ? { tone: 'bad', text: 'no' } : { tone: 'muted', text: 'not known' };
}

/** The answer of `verify` in two words, and how glad one may be of it. */
export function verdict(inspected, verified) {
  if (verified?.backup === true && verified.boots) {
    return { tone: 'good', text: 'good backup' };
  }
  if (verified?.boots) {
    return verified.backup === false ? { tone: 'warn', text: 'boots, no backup' }
      : { tone: verified.checks.some(check => check.status === 'warn') ? 'warn' : 'good', text: 'boots' };
  }
  if (verified && (verified.backup !== null || inspected.kind === 'dump' || inspected.kind === 'qio')) {
    return { tone: 'bad', text: 'would not boot' };
  }
  const worst = inspected.findings.reduce((rank, finding) => Math.max(rank, ['info', 'warning', 'error'].indexOf(finding.severity)), 0);
  return inspected.kind === 'unknown' ? { tone: 'muted', text: 'unknown' }
    : [{ tone: 'good', text: 'sound' }, { tone: 'warn', text: 'with warnings' }, { tone: 'bad', text: 'errors' }][worst];
}
