// Loads the program: classic scripts, since browsers take no modules from file://. Each chunk says what it is made of; what it
// needs at once is loaded before it, and what it asks for later when it asks.
(() => {
  /** For each chunk that is loaded later, the ones that it needs at once; put in by scripts/build-site.mjs. */
  const NEEDS = __NEEDS__;
  const made = new Map();
  const loading = new Map();
  const makers = new Map();

  const script = (name) =>
    new Promise((done, fail) => {
      const tag = document.createElement('script');
      tag.src = `app/${name}`;
      tag.onload = done;
      tag.onerror = () => fail(new Error(`${name} is not there`));
      document.head.append(tag);
    });

  const fetchAll = (name) => {
    // What stands in the first file is there.
    if (makers.has(name)) return Promise.resolve();
    let known = loading.get(name);
    if (known === undefined) {
      known = Promise.all([script(name), ...NEEDS[name].map(fetchAll)]);
      loading.set(name, known);
    }
    return known;
  };

  const require = (path) => {
    const name = path.replace(/^.*\//, '');
    let exports = made.get(name);
    if (exports === undefined) {
      const module = { exports: {} };
      made.set(name, module.exports);
      makers.get(name)(require, module, module.exports);
      exports = module.exports;
      made.set(name, exports);
    }
    return exports;
  };

  // What the first chunk is made of, for the later ones.
  window.mountcGive = (name, exports) => made.set(name, exports);
  window.mountcChunk = (name, make) => makers.set(name, make);
  window.mountcLoad = async (path) => {
    const name = path.replace(/^.*\//, '');
    await fetchAll(name);
    return require(name);
  };
})();
