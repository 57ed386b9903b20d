import { normalProbability, normalQuantile } from './normal.js';
import { studentCritical, studentTwoSided } from './student.js';

/** The standard normal value, >= 0, that |Z| reaches as rarely as |T| of Student's t reaches |t|. */
export function normalAsRare(t: number, freedom: number): number {
  return t === 0 ? 0 : -normalQuantile(studentTwoSided(t, freedom) / 2);
}

/** The value of Student's t, of the sign of z, that |T| reaches as rarely as |Z| reaches |z|. */
export function studentAsRare(z: number, freedom: number): number {
  return z === 0 ? 0 : Math.sign(z) * studentCritical(1 - 2 * normalProbability(-Math.abs(z)), freedom);
}
