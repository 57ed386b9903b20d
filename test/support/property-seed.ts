import fc from 'fast-check';

/**
 * Property tests draw the same cases in every run, so that a failure is one of the change and can be had again. A test that names
 * a seed of its own keeps it.
 */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_260_414 });
