/**
 * Counts what went wrong inside, so that it harms nobody.
 */
@NullMarked
package io.github.costwise.faults;

import org.jspecify.annotations.NullMarked;
