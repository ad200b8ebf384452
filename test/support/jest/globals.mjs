/** What tests import as `@jest/globals`: of the test file that is running. */

/** @typedef {typeof import('@jest/globals')} Globals */

/** @type {Globals['afterAll']} */ export let afterAll
/** @type {Globals['afterEach']} */ export let afterEach
/** @type {Globals['beforeAll']} */ export let beforeAll
/** @type {Globals['beforeEach']} */ export let beforeEach
/** @type {Globals['describe']} */ export let describe
/** @type {Globals['expect']} */ export let expect
/** @type {Globals['it']} */ export let it
/** @type {Globals['test']} */ export let test

/** @param {Globals} globals */
export function setGlobals(globals) {
  ;({afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test} = globals)
}
