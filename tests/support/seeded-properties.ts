import fc from 'fast-check'

/**
 * Properties draw the same examples in every run, so that what fails here fails for everybody; FC_SEED draws others.
 * A property that fails names its seed.
 */
const seed = Number(process.env.FC_SEED ?? 20_260_612)
if (!Number.isSafeInteger(seed)) throw new Error('FC_SEED must be a whole number')
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed })
