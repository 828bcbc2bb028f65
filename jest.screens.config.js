const { availableParallelism } = require('node:os')

/** @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.js'),
  // A page waits for its pictures and its animations: with one worker a core a third of the machine would idle.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
}
