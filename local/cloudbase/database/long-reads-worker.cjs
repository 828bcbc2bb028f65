'use strict'
// A thread of its own for reads that go through a lot; the sources are TypeScript.
require('tsx/cjs')
require('./long-reads-thread.ts')
