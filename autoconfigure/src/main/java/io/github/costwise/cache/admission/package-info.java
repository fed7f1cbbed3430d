/**
 * Which turns may use the response cache, and which answers it may keep.
 */
@NullMarked
package io.github.costwise.cache.admission;

import org.jspecify.annotations.NullMarked;
