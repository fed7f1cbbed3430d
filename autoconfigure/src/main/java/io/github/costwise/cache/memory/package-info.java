/**
 * The store in this process, with an optional file that survives it.
 */
@NullMarked
package io.github.costwise.cache.memory;

import org.jspecify.annotations.NullMarked;
