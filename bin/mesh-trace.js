#!/usr/bin/env node
import module from 'node:module';

// Node has a compile cache from 22.1 on.
module.enableCompileCache?.();
await import('../dist/bin/main.js');
