// Starts the engine and puts the page's parts together.

import { CollectionView } from './collection-view.js';
import { CombineView } from './combine-view.js';
import { CompareView } from './compare-view.js';
import { byId } from './dom.js';
import { chooser, dropTarget } from './intake.js';
import { announce, setState } from './live.js';
import { keepOffline } from './offline.js';
import { problemBox, problemOf } from './problems.js';
import { ReportView } from './report-view.js';
import { current, go, onView, startRouter } from './router.js';
import { Session } from './session.js';
import { ShelfStore } from './shelf-store.js';
import { ShelfView } from './shelf-view.js';
import { size } from './words.js';

// More than this is a collection: each file on the shelf stays in memory.
const shelfLimit = 30;

startRouter();
try {
  await start();
} catch (problem) {
  setState('failed');
  announce('The page could not start.');
  const cure = 'Load the page again. Where that does not help, take a browser of the last years, and no blocker for this page.';
  byId('failed').replaceChildren(problemBox({ message: problemOf(problem).message, cure }, { heading: 'The page could not start', level: 2 }));
  byId('failed').hidden = false;
}

async function start() {
  const session = await Session.start();
  const about = await session.call('about');
  byId('version').textContent = about.version;
  byId('maximum-length').textContent = size(about.maximumLength);

  const store = new ShelfStore(session, about.maximumLength);
  const collection = new CollectionView(session, about.maximumLength);
  const report = new ReportView(session, store);
  const look = entry => {
    report.show(entry);
    go('report');
  };
  const combine = new CombineView(session, store, about, look);
  const shelf = new ShelfView(store, look);
  new CompareView(session, store);

  const collect = files => {
    go('collection');
    return collection.add(files);
  };
  const open = async files => {
    if (files.length > shelfLimit) {
      return collect(files);
    }
    const [first] = await store.open(files);
    if (first && current() === 'files') {
      shelf.focus(first);
    }
  };
  chooser(byId('choose-files'), byId('files-input'), open);
  chooser(byId('choose-folder'), byId('folder-input'), open);
  chooser(byId('collection-files'), byId('collection-files-input'), collect);
  chooser(byId('collection-folder'), byId('collection-folder-input'), collect);
  dropTarget(files => current() === 'collection' ? collect(files) : open(files), isOver => byId('drop-hint').hidden = !isOver);

  onView(name => {
    combine.open(name === 'combine');
    if (name === 'report') {
      report.open();
    }
  });
  combine.open(current() === 'combine');
  byId('start').disabled = false;
  announce('Ready. Files stay on this machine.');
  setState('ready');
  await keepOffline();
}
