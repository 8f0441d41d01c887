#!/usr/bin/env node
// mountc-launcher: known by this line when it is linked or copied under the name of docker
require('../dist/mountc.cjs');
