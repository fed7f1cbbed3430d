/**
 * The response cache: what is stored of an answer, and the stores that keep it.
 */
@NullMarked
package io.github.costwise.cache;

import org.jspecify.annotations.NullMarked;
