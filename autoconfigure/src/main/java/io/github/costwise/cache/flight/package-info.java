/**
 * One call for a burst of the same question.
 */
@NullMarked
package io.github.costwise.cache.flight;

import org.jspecify.annotations.NullMarked;
