// The bytes of a file, or the reason why there are none.

import { PageProblem } from './problems.js';
import { size } from './words.js';

/** Reads a file; one that is longer than the library takes is not read at all. */
export async function readFile(file, maximumLength) {
  if (file.size > maximumLength) {
    throw new PageProblem(`the file is longer than the ${size(maximumLength)} that are taken, and was not read`,
      'A read of a whole chip is far shorter. Of a large archive, choose the files that matter.');
  }
  try {
    return await file.arrayBuffer();
  } catch (thrown) {
    throw new PageProblem(unreadable(thrown), 'Choose the file again.');
  }
}

function unreadable(thrown) {
  switch (thrown?.name) {
    case 'NotFoundError':
      return 'the file is not there any more: it was moved, renamed or deleted after it was chosen';
    case 'NotReadableError':
      return 'the file cannot be read: it was changed or taken away after it was chosen, or the browser may not open it';
    case 'NotAllowedError':
    case 'SecurityError':
      return 'the browser may not read the file';
    default:
      return thrown instanceof RangeError ? 'there is not enough memory to read the file' : `the file cannot be read: ${thrown?.message ?? thrown}`;
  }
}
