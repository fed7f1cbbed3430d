/**
 * What must be equal before an answer is shared.
 */
@NullMarked
package io.github.costwise.cache.partition;

import org.jspecify.annotations.NullMarked;
