'use strict';
// Read by whatever Node there is, so in old words: one that is too old leaves docker alone.
if (parseInt(process.versions.node, 10) >= 20) require('../dist/check.cjs');
