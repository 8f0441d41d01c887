#!/usr/bin/env node
// mountc-launcher: known by this line when it is linked or copied under the name of docker
'use strict';
// Read by whatever Node there is, so in old words.
if (parseInt(process.versions.node, 10) >= 20) require('../dist/mountc.cjs');
else require('./old-node.js');
