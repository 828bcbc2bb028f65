'use strict'
// Entry of the threads for long reads: registers the TypeScript loader first, as the sources are not compiled.
require('tsx/cjs')
require('./long-reads-thread.ts')
