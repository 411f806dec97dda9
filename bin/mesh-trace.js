#!/usr/bin/env node
'use strict';

const { cachedRequire } = require('./cached-require.js');

cachedRequire(`${__dirname}/../dist/bin`)('./main.js').main();
