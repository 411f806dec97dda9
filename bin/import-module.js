'use strict';

/** `import()` for the bundled files: V8 forgets of what runs from a code cache where its imports come from. */
module.exports = id => import(id);
