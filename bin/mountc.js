#!/usr/bin/env node
require('../dist/mountc.cjs');
