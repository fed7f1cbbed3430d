/**
 * Decides whether a stored answer fits a new request, and learns from the answers that
 * the model gives instead. Pure: no input or output, no clock, and randomness from a
 * seed.
 */
@NullMarked
package io.github.costwise.cache.verify;

import org.jspecify.annotations.NullMarked;
