/**
 * The response cache as a whole: looks up, verifies, stores and learns.
 */
@NullMarked
package io.github.costwise.cache.response;

import org.jspecify.annotations.NullMarked;
