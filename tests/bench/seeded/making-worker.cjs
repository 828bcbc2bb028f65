'use strict'
// Entry of the threads that make documents: registers the TypeScript loader first, as the sources are not compiled.
require('tsx/cjs')
require('./making-thread.ts')
